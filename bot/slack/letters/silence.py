"""When nothing is heard of somebody."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.silence import Step
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, is_waiting, reader_words, subject
from bot.slack.screens import silence as screens
from bot.usecases import silence


def _nudge(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    asked = silence.asked(tx, subject(row), PersonId(row.target_id), Step.NUDGE)
    return screens.nudge(asked, reader_words(tx, row, texts)) if asked else None


def _ask(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    asked = silence.asked(tx, subject(row), PersonId(row.target_id), Step.ASK)
    return screens.in_touch(asked, reader_words(tx, row, texts)) if asked else None


def _offer(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    asked = silence.asked(tx, subject(row), PersonId(row.target_id), Step.OFFER)
    return screens.offer(asked, reader_words(tx, row, texts)) if asked else None


def _notice(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    asked = silence.asked(tx, subject(row), PersonId(row.target_id), Step.OFFER)
    return screens.notice(asked, reader_words(tx, row, texts)) if asked else None


def _over(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    names = silence.released_from(tx, subject(row), PersonId(row.target_id))
    return screens.over(names, reader_words(tx, row, texts)) if names else None


def _partner_rests(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    name = tx.enrolments.get(subject(row)).person.name
    return screens.partner_rests(name, reader_words(tx, row, texts), waiting=is_waiting(tx, row))


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.SILENCE_NUDGE: _nudge,
        MessageKind.SILENCE_ASK: _ask,
        MessageKind.SILENCE_OFFER: _offer,
        MessageKind.SILENCE_NOTICE: _notice,
        MessageKind.SILENCE_OVER: _over,
        MessageKind.PARTNER_RESTS: _partner_rests,
    }
)
