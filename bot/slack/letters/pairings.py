"""Pairings that end before their time."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, is_waiting, reader_words, subject
from bot.slack.screens import pairings as screens
from bot.usecases import pairings


def _parted(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    names = pairings.former_partners(tx, subject(row), PersonId(row.target_id))
    return screens.parted(names, reader_words(tx, row, texts), waiting=is_waiting(tx, row))


def _parted_from(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    name = tx.enrolments.get(subject(row)).person.name
    return screens.parted_from(name, reader_words(tx, row, texts))


def _partner_left(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    name = tx.enrolments.get(subject(row)).person.name
    return screens.partner_left(name, reader_words(tx, row, texts), waiting=is_waiting(tx, row))


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.PARTED: _parted,
        MessageKind.PARTED_FROM: _parted_from,
        MessageKind.PARTNER_LEFT: _partner_left,
    }
)
