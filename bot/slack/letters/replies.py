"""What partners say to a check-in."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, told
from bot.slack.screens import replies as screens
from bot.usecases import replies


def _reply(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, replies.told_reply, screens.told)


def _help_offered(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, replies.told_reply, screens.help_offered)


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.REPLY: _reply,
        MessageKind.HELP_OFFERED: _help_offered,
    }
)
