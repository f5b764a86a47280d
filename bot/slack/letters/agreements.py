"""The agreement."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import agreements as screens
from bot.usecases import agreements, signatures


def _agreement_written(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = agreements.told_agreement(tx, subject(row), PersonId(row.target_id), signed=False)
    return screens.written(read, reader_words(tx, row, texts)) if read else None


def _agreement_signed(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = agreements.told_agreement(tx, subject(row), PersonId(row.target_id), signed=True)
    return screens.signed(read, reader_words(tx, row, texts)) if read else None


def _agreement_nudge(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    waiting = signatures.unsigned(tx, subject(row), PersonId(row.target_id))
    return screens.unsigned(waiting, reader_words(tx, row, texts)) if waiting else None


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.AGREEMENT_WRITTEN: _agreement_written,
        MessageKind.AGREEMENT_NUDGE: _agreement_nudge,
        MessageKind.AGREEMENT_SIGNED: _agreement_signed,
    }
)
