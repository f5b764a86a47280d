"""Slots: what is due for whom. One per programme, person, kind and period, kept so by the database."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.domain.ids import PersonId
from bot.domain.slots import LatePolicy, SlotKind, SlotState

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class SlotRow(Owned):
    __tablename__ = "slot"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "person_id", "kind", "period"),
        sa.Index("ix_slot_state_due_at", "state", "due_at"),
    )

    programme_id: Mapped[UUID] = mapped_column(sa.ForeignKey("programme.id", ondelete="CASCADE"))
    person_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[SlotKind] = mapped_column(word(SlotKind))
    period: Mapped[str] = mapped_column(sa.String(10))  # ISO week, or ISO date
    subject_id: Mapped[UUID | None]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    late_policy: Mapped[LatePolicy] = mapped_column(word(LatePolicy))
    state: Mapped[SlotState] = mapped_column(word(SlotState))
    decided_at: Mapped[datetime | None]


class Slots:
    """Queries on slots of one workspace."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def plan(  # noqa: PLR0913  a slot is these facts
        self,
        programme: UUID,
        person: PersonId,
        kind: SlotKind,
        period: str,
        *,
        due_at: datetime,
        expires_at: datetime,
        late_policy: LatePolicy,
        subject: UUID | None = None,
    ) -> bool:
        """Plan a slot, or move one that is planned already; one that was decided stays. Say whether it is new."""
        made = self._tx.insert_new(
            SlotRow,
            programme_id=programme,
            person_id=person,
            kind=kind,
            period=period,
            subject_id=subject,
            due_at=due_at,
            expires_at=expires_at,
            late_policy=late_policy,
            state=SlotState.PLANNED,
        )
        row = None if made else self.find(programme, person, kind, period)
        if row and row.state is SlotState.PLANNED and row.due_at != due_at:
            row.due_at, row.expires_at = due_at, expires_at
        return made is not None

    def standing(self, kind: SlotKind, since: datetime) -> dict[tuple[UUID, UUID, str], datetime | None]:
        """Return slots due from ``since`` on, by (programme, person, period): when they are due, None once decided."""
        columns = (SlotRow.programme_id, SlotRow.person_id, SlotRow.period, SlotRow.due_at, SlotRow.state)
        mine = SlotRow.workspace_id == self._tx.workspace
        rows = self._tx.session.execute(sa.select(*columns).where(mine, SlotRow.kind == kind, SlotRow.due_at >= since))
        return {
            (programme, person, period): due_at if state is SlotState.PLANNED else None
            for programme, person, period, due_at, state in rows
        }

    def find(self, programme: UUID, person: PersonId, kind: SlotKind, period: str) -> SlotRow | None:
        return self._tx.one_or_none(
            self._all().where(
                SlotRow.programme_id == programme,
                SlotRow.person_id == person,
                SlotRow.kind == kind,
                SlotRow.period == period,
            )
        )

    def due(self, limit: int) -> list[SlotRow]:
        """Return up to ``limit`` planned slots whose moment has come, kept from other processes."""
        query = (
            self._all()
            .where(SlotRow.state == SlotState.PLANNED, SlotRow.due_at <= self._tx.now)
            .order_by(SlotRow.due_at, SlotRow.id)
            .limit(limit)
        )
        return self._tx.all(query.with_for_update(skip_locked=True))

    def anything_due(self) -> bool:
        """Say whether ``due`` would find something, without keeping anybody from anything."""
        query = self._all().where(SlotRow.state == SlotState.PLANNED, SlotRow.due_at <= self._tx.now)
        return self._tx.one_or_none(query.limit(1)) is not None

    def next_due(self) -> datetime | None:
        """Return when the next planned slot is due."""
        query = self._all().where(SlotRow.state == SlotState.PLANNED).order_by(SlotRow.due_at).limit(1)
        row = self._tx.one_or_none(query)
        return row.due_at if row else None

    def decide(self, row: SlotRow, state: SlotState) -> None:
        """Record what became of a slot."""
        row.state, row.decided_at = state, self._tx.now

    def _all(self) -> sa.Select[SlotRow]:
        return sa.select(SlotRow).where(SlotRow.workspace_id == self._tx.workspace)
