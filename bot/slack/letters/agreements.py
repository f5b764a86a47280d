"""The agreement."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, told
from bot.slack.screens import agreements as screens
from bot.usecases import agreements, signatures


def _agreement_written(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, partial(agreements.told_agreement, signed=False), screens.written)


def _agreement_signed(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, partial(agreements.told_agreement, signed=True), screens.signed)


def _agreement_nudge(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, signatures.unsigned, screens.unsigned)


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.AGREEMENT_WRITTEN: _agreement_written,
        MessageKind.AGREEMENT_NUDGE: _agreement_nudge,
        MessageKind.AGREEMENT_SIGNED: _agreement_signed,
    }
)
