"""What a partner reads of a check-in, and their cheer."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import postponements as postponed_screens
from bot.slack.screens import summaries as screens
from bot.usecases import postponements, summaries


def _summary(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    reader, words = PersonId(row.target_id), reader_words(tx, row, texts)
    aside = postponements.told_aside(tx, subject(row), reader)
    if aside:
        return postponed_screens.told_aside(aside, words)
    read = summaries.summary(tx, subject(row), reader)
    return screens.summary(read, words) if read else None


def _cheer(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return screens.cheered(tx.people.get(subject(row)).name, reader_words(tx, row, texts))


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.CHECKIN_SUMMARY: _summary,
        MessageKind.CHEER: _cheer,
    }
)
