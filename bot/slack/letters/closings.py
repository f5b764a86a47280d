"""What partners give each other at the end."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, told
from bot.slack.screens import closings as screens
from bot.slack.screens import thanks as thanks_screens
from bot.usecases import closings, thanks


def _learned(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, closings.told_learned, screens.learned)


def _thanks(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, thanks.told_thanks, thanks_screens.arrived)


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.LEARNED: _learned,
        MessageKind.THANKS: _thanks,
    }
)
