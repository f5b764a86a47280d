"""What partners give each other at the end."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import closings as screens
from bot.slack.screens import thanks as thanks_screens
from bot.usecases import closings, thanks


def _learned(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    told = closings.told_learned(tx, subject(row), PersonId(row.target_id))
    return screens.learned(told, reader_words(tx, row, texts)) if told else None


def _thanks(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    told = thanks.told_thanks(tx, subject(row), PersonId(row.target_id))
    return thanks_screens.arrived(told, reader_words(tx, row, texts)) if told else None


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.LEARNED: _learned,
        MessageKind.THANKS: _thanks,
    }
)
