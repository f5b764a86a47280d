"""Breaks."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import enrolments as screens


def _partner_paused(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    enrolment, words = tx.enrolments.get(subject(row)), reader_words(tx, row, texts)
    if enrolment.paused_until is None:
        return None
    return screens.partner_paused(enrolment.person.name, words.full_date(enrolment.paused_until), words)


def _partner_back(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    enrolment = tx.enrolments.get(subject(row))
    if enrolment.paused_until is not None:
        return None
    return screens.partner_back(enrolment.person.name, reader_words(tx, row, texts))


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.PARTNER_PAUSED: _partner_paused,
        MessageKind.PARTNER_BACK: _partner_back,
    }
)
