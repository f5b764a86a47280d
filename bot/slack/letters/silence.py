"""When nothing is heard of somebody."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.silence import Step
from bot.locales import Texts, Words
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writer, Writers, is_waiting, reader_words, subject
from bot.slack.screens import silence as screens
from bot.usecases import silence
from bot.usecases.silence import Asked


def _asking(step: Step, screen: Callable[[Asked, Words], Message]) -> Writer:
    """Return the writer of a question of ``step``."""

    def write(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
        asked = silence.asked(tx, subject(row), PersonId(row.target_id), step)
        return screen(asked, reader_words(tx, row, texts)) if asked else None

    return write


def _over(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    names = silence.released_from(tx, subject(row), PersonId(row.target_id))
    return screens.over(names, reader_words(tx, row, texts)) if names else None


def _partner_rests(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    name = tx.enrolments.get(subject(row)).person.name
    return screens.partner_rests(name, reader_words(tx, row, texts), waiting=is_waiting(tx, row))


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.SILENCE_NUDGE: _asking(Step.NUDGE, screens.nudge),
        MessageKind.SILENCE_ASK: _asking(Step.ASK, screens.in_touch),
        MessageKind.SILENCE_OFFER: _asking(Step.OFFER, screens.offer),
        MessageKind.SILENCE_NOTICE: _asking(Step.OFFER, screens.notice),
        MessageKind.SILENCE_OVER: _over,
        MessageKind.PARTNER_RESTS: _partner_rests,
    }
)
