"""The rate budget: when the next call of a kind may go, shared by every process on this database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.domain import pace
from bot.domain.pace import Method, Rate

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class BudgetRow(Owned):
    __tablename__ = "budget"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "method"),)

    method: Mapped[Method] = mapped_column(word(Method))
    next_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Turn:
    """When calls may go together, whether they were reserved, and the kind of call that everything waits for."""

    at: datetime
    taken: bool
    slowest: Method


class Budgets:
    """Reservations of one workspace."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def take(self, methods: Sequence[Method], rates: Mapping[Method, Rate], latest: datetime) -> Turn:
        """Reserve one call of each of ``methods``. If they may go only later than ``latest``, nothing is taken."""
        moments = {row: pace.reserve(rates[row.method], row.next_at, self._tx.now) for row in self._locked(methods)}
        turns = [(max(allowed, row.blocked_until or allowed), row.method) for row, (allowed, _) in moments.items()]
        at, slowest = max(turns)
        if at > latest:
            return Turn(at, taken=False, slowest=slowest)
        for row, (_, following) in moments.items():
            row.next_at = following
        return Turn(at, taken=True, slowest=slowest)

    def block(self, method: Method, until: datetime) -> None:
        """Let nobody make a call of this kind before ``until``: Slack said so."""
        (row,) = self._locked([method])
        row.blocked_until = max(until, row.blocked_until or until)
        row.next_at = max(row.next_at, until)

    def blocked(self) -> dict[Method, datetime]:
        """Return until when which kinds of calls have to wait because Slack said so."""
        query = sa.select(BudgetRow).where(
            BudgetRow.workspace_id == self._tx.workspace, BudgetRow.blocked_until > self._tx.now
        )
        return {row.method: row.blocked_until for row in self._tx.all(query) if row.blocked_until}

    def _locked(self, methods: Sequence[Method]) -> list[BudgetRow]:
        query = (
            sa.select(BudgetRow)
            .where(BudgetRow.workspace_id == self._tx.workspace, BudgetRow.method.in_(methods))
            .order_by(BudgetRow.method)  # everybody in one order, so that nobody waits for each other
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        rows = self._tx.all(query)
        missing = set(methods) - {row.method for row in rows}
        if not missing:
            return rows
        for method in sorted(missing):
            self._tx.insert_new(BudgetRow, method=method, next_at=self._tx.now)
        return self._tx.all(query)
