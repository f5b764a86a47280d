"""Follow-ups."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind, Verb
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import follow_ups as screens
from bot.usecases import follow_ups
from bot.usecases.follow_ups import FollowUp


def _read(tx: Transaction, row: MessageRow) -> FollowUp | None:
    """Return the follow-up a letter is about while it is the reader's; one that is made anew says whose it is now."""
    read = follow_ups.told_follow_up(tx, subject(row), PersonId(row.target_id))
    return read if read and (row.verb is Verb.UPDATE or read.mine) else None


def _given(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = _read(tx, row)
    return screens.given(read, reader_words(tx, row, texts)) if read else None


def _returned(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = _read(tx, row)
    return screens.returned(read, reader_words(tx, row, texts)) if read else None


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.FOLLOW_UP_GIVEN: _given,
        MessageKind.FOLLOW_UP_RETURNED: _returned,
    }
)
