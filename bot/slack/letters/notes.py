"""Notes somebody shares."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, told
from bot.slack.screens import notes as screens
from bot.usecases import notes


def _note_shared(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, notes.shared_note, screens.shared)


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.NOTE_SHARED: _note_shared,
    }
)
