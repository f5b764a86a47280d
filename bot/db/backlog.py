"""The outbox as its operator sees it: counts, classes of errors, opaque ids. Never who gets what."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from bot.db.base import in_words
from bot.db.outbox import OPEN, PARKED, WAITING, MessageRow
from bot.domain.messages import MessageState

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class Backlog:
    """Queries on the messages of one workspace whose cost grows with what is open, not with what was ever sent."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def open(self) -> dict[MessageState, int]:
        """Return how many messages are open, by state."""
        return self._counts(in_words(MessageRow.state, OPEN))

    def parked(self) -> dict[MessageState, int]:
        """Return how many messages were set aside, by state."""
        return self._counts(in_words(MessageRow.state, PARKED))

    def due(self) -> int:
        """Return how many messages could go now."""
        return self._count(in_words(MessageRow.state, WAITING), MessageRow.not_before <= self._tx.now)

    def oldest_due(self) -> datetime | None:
        """Return since when the message that waits longest could have gone."""
        waiting = sa.select(sa.func.min(MessageRow.not_before)).where(self._mine(), in_words(MessageRow.state, WAITING))
        oldest: datetime | None = self._tx.session.scalar(waiting)
        return oldest if oldest and oldest <= self._tx.now else None

    def sent_within(self, span: timedelta) -> int:
        """Return how many messages Slack took within the last ``span``."""
        return self._count(MessageRow.sent_at > self._tx.now - span)

    def list_parked(self, most: int) -> list[MessageRow]:
        """Return up to ``most`` messages that were set aside, the oldest first."""
        query = sa.select(MessageRow).where(self._mine(), in_words(MessageRow.state, PARKED))
        return self._tx.all(query.order_by(MessageRow.id).limit(most))

    def find_parked(self, message: UUID) -> MessageRow | None:
        """Return the message if it was set aside, kept from other processes."""
        query = sa.select(MessageRow).where(self._mine(), MessageRow.id == message)
        return self._tx.one_or_none(query.where(in_words(MessageRow.state, PARKED)).with_for_update())

    def _counts(self, condition: sa.ColumnElement[bool]) -> dict[MessageState, int]:
        query = sa.select(MessageRow.state, sa.func.count()).where(self._mine(), condition).group_by(MessageRow.state)
        return {state: count for state, count in self._tx.session.execute(query)}  # noqa: C416  rows are not pairs to mypy

    def _count(self, *conditions: Any) -> int:
        query = sa.select(sa.func.count()).select_from(MessageRow).where(self._mine(), *conditions)
        return self._tx.session.scalar(query) or 0

    def _mine(self) -> sa.ColumnElement[bool]:
        return MessageRow.workspace_id == self._tx.workspace
