"""Introductions, and what is said to whoever has no partner this time."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import pairings as screens
from bot.usecases import pairings, rounds


def _introduction(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    told = pairings.introduction(tx, tx.pairings.get(row.target_id))
    return screens.introduction(told, texts.for_(told.language)) if told else None


def _introduction_alone(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    told = pairings.introduction(tx, tx.pairings.get(subject(row)))
    return screens.introduction(told, reader_words(tx, row, texts), alone=True) if told else None


def _not_matched(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    person = tx.people.get(row.target_id)
    enrolment = tx.enrolments.active_or_none(person.person_id)
    reason = rounds.unmatched_reason(tx, subject(row), enrolment.id) if enrolment else None
    return screens.not_matched(reason, texts.for_(person.language)) if reason else None


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.INTRODUCTION: _introduction,
        MessageKind.INTRODUCTION_ALONE: _introduction_alone,
        MessageKind.NOT_MATCHED: _not_matched,
    }
)
