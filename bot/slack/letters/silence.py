"""When nothing is heard of somebody."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.messages import MessageKind
from bot.domain.silence import Step
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, is_waiting, reader_words, subject, told
from bot.slack.screens import silence as screens
from bot.usecases import silence


def _nudge(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, partial(silence.asked, step=Step.NUDGE), screens.nudge)


def _ask(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, partial(silence.asked, step=Step.ASK), screens.in_touch)


def _offer(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, partial(silence.asked, step=Step.OFFER), screens.offer)


def _notice(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, partial(silence.asked, step=Step.OFFER), screens.notice)


def _over(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, silence.released_from, screens.over)


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
