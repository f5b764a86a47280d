"""What was heard in a meeting."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind, Verb
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import listening as screens
from bot.usecases.listening import told_heard


def _heard(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    told = told_heard(tx, subject(row), PersonId(row.target_id))
    if told is None or (row.verb is Verb.POST and told.answered):
        return None
    return screens.question(told, reader_words(tx, row, texts))


def _answered(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    told = told_heard(tx, subject(row), PersonId(row.target_id))
    return screens.answer(told, reader_words(tx, row, texts)) if told and told.answered else None


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.HEARD: _heard,
        MessageKind.HEARD_ANSWERED: _answered,
    }
)
