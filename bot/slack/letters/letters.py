"""What the outbox says: for each kind of message, what is true now and the screen that shows it.

A letter is written at the moment it is sent, for the one who will read it. None means: no longer true, or
no longer for their eyes; it is then not sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.db.claims import BROKEN
from bot.db.outbox import MessageRow
from bot.db.transaction import Gone, Transaction
from bot.domain.messages import MessageKind, Verb
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters import (
    agreements,
    checkins,
    closings,
    enrolments,
    fits,
    follow_ups,
    goals,
    introductions,
    listening,
    meetings,
    milestones,
    notes,
    offers,
    pairings,
    programmes,
    replies,
    rounds,
    silence,
    summaries,
)
from bot.slack.letters.letter import Writer, reader_words
from bot.slack.screens import catch_up as screens
from bot.slack.screens.catch_up import News
from bot.usecases import catch_up


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes letters in the reader's language."""

    texts: Texts

    def write(self, tx: Transaction, row: MessageRow) -> Message | None:
        """Return the message of an outbox row as it is to be posted (or posted anew) now; None to let it go."""
        try:
            return _WRITERS[row.kind](tx, row, self.texts)
        except Gone:
            return None


def _catch_up(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    words = reader_words(tx, row, texts)
    parts = {part: drawn for part in tx.catch_up.parts(row.of_id or row.id) if (drawn := _part(tx, part, texts))}
    news = [News(part.dedupe_key, drawn) for part, drawn in parts.items()]
    room = screens.fitting(news, words)
    for part in list(parts)[room:]:
        catch_up.release(tx, part)
    if news:
        return screens.in_the_meantime(news[:room], words)
    return screens.nothing_left(words) if row.verb is Verb.UPDATE else None


def _part(tx: Transaction, part: MessageRow, texts: Texts) -> Message | None:
    try:
        return _WRITERS[part.kind](tx, part, texts)
    except Gone:
        return None
    except BROKEN:
        catch_up.release_broken(tx, part)
        return None


_NOUNS = (
    *(agreements, checkins, closings, enrolments, fits, goals, introductions, meetings, milestones, notes, offers),
    *(pairings, programmes, rounds, replies, silence, summaries, follow_ups, listening),
)
_WRITERS: Mapping[MessageKind, Writer] = MappingProxyType(
    {kind: writer for noun in _NOUNS for kind, writer in noun.WRITERS.items()} | {MessageKind.CATCH_UP: _catch_up}
)
