"""What the operator sees and does: how far the outbox is, and what becomes of messages that were set aside.

The operator stands at the server, not in Slack: they see opaque ids and classes of errors, never who gets what.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.messages import MessageState, Verb

PAGE = 500
OPERATOR = "operator"
Decision = Callable[[Transaction, UUID], bool]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the outbox of a workspace is: counts, seconds, and when the last waiting message may be sent."""

    due: int
    later: int
    under_way: int
    unclear: int
    held: int
    failed: int
    sent_last_hour: int
    lag_seconds: float
    finish: datetime | None


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that was set aside: an opaque id, what went wrong, how often it was tried, since when."""

    id: UUID
    state: MessageState
    error: str
    attempts: int
    made_at: datetime


def read_progress(tx: Transaction, posts_per_second: float) -> Progress:
    """Return how far the outbox is. ``finish`` is None when nothing is due."""
    still_open, parked, due = tx.backlog.open(), tx.backlog.parked(), tx.backlog.due()
    waiting = still_open.get(MessageState.PENDING, 0) + still_open.get(MessageState.AMBIGUOUS, 0)
    oldest = tx.backlog.oldest_due()
    return Progress(
        due=due,
        later=waiting - due,
        under_way=still_open.get(MessageState.SENDING, 0),
        unclear=still_open.get(MessageState.AMBIGUOUS, 0),
        held=parked.get(MessageState.HELD, 0),
        failed=parked.get(MessageState.FAILED, 0),
        sent_last_hour=tx.backlog.sent_within(timedelta(hours=1)),
        lag_seconds=(tx.now - oldest).total_seconds() if oldest else 0.0,
        finish=_finish(tx, due, posts_per_second) if due else None,
    )


def _finish(tx: Transaction, due: int, posts_per_second: float) -> datetime:
    begin = max([tx.now, *tx.budgets.blocked().values()])
    return begin + timedelta(seconds=due / posts_per_second)


def list_parked(tx: Transaction) -> list[Parked]:
    """Return messages that were set aside, the oldest first, at most a page of them."""
    return [_parked(row) for row in tx.backlog.list_parked(PAGE)]


def _parked(row: MessageRow) -> Parked:
    return Parked(row.id, row.state, row.error or "unknown", row.attempt, row.made_at)


def release(tx: Transaction, message: UUID) -> bool:
    """Send a message that was set aside once more, from its first attempt; False when there is none with this id.

    Whoever releases a message whose delivery was unclear takes it upon themselves that it may appear twice. What is no
    longer true is not sent: its words are made when it goes out.
    """
    row = tx.backlog.find_parked(message)
    if row is None:
        return False
    tx.audit.record_by(OPERATOR, "release_message", row.id)
    row.state, row.attempt, row.error = MessageState.PENDING, 0, None
    if row.verb is Verb.POST:
        row.channel = row.ts = None
    tx.outbox.reschedule(row, tx.now)
    return True


def drop(tx: Transaction, message: UUID) -> bool:
    """Let a message go that was set aside; False when there is none with this id."""
    row = tx.backlog.find_parked(message)
    if row is None:
        return False
    tx.audit.record_by(OPERATOR, "drop_message", row.id)
    row.state = MessageState.DROPPED
    return True
