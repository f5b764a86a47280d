"""How it fits."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import fits as screens
from bot.usecases import fits


def _fit(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    names = fits.asked_about(tx, subject(row), PersonId(row.target_id))
    return screens.question(names, str(row.subject_id), reader_words(tx, row, texts)) if names else None


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.FIT: _fit,
    }
)
