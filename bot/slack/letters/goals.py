"""Goals a partner has reached or let go."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.goals import GoalState
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import archive as screens
from bot.usecases import archive


def _reached(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = archive.closed_elsewhere(tx, subject(row), PersonId(row.target_id), GoalState.DONE)
    return screens.partner_reached(read, reader_words(tx, row, texts)) if read else None


def _let_go(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = archive.closed_elsewhere(tx, subject(row), PersonId(row.target_id), GoalState.DROPPED)
    return screens.partner_let_go(read, reader_words(tx, row, texts)) if read else None


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.GOAL_REACHED: _reached,
        MessageKind.GOAL_LET_GO: _let_go,
    }
)
