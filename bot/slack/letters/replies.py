"""What partners say to a check-in."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import replies as screens
from bot.usecases import replies


def _reply(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = replies.told_reply(tx, subject(row), PersonId(row.target_id))
    return screens.told(read, reader_words(tx, row, texts)) if read else None


def _help_offered(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = replies.told_reply(tx, subject(row), PersonId(row.target_id))
    return screens.help_offered(read, reader_words(tx, row, texts)) if read else None


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.REPLY: _reply,
        MessageKind.HELP_OFFERED: _help_offered,
    }
)
