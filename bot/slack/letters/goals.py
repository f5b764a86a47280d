"""Goals a partner has reached or let go."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.goals import GoalState
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, told
from bot.slack.screens import archive as screens
from bot.usecases import archive


def _reached(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, partial(archive.closed_elsewhere, state=GoalState.DONE), screens.partner_reached)


def _let_go(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, partial(archive.closed_elsewhere, state=GoalState.DROPPED), screens.partner_let_go)


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.GOAL_REACHED: _reached,
        MessageKind.GOAL_LET_GO: _let_go,
    }
)
