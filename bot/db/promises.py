"""Promises: what somebody will do until the next check-in, and what became of it. Texts sealed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.db.sealing import Sealed
from bot.domain.ids import PersonId
from bot.domain.promises import PromiseState

if TYPE_CHECKING:
    from bot.db.checkins import CheckinRow
    from bot.db.transaction import Transaction


class PromiseRow(Owned):
    """What somebody will do until the next check-in. ``follows_id``: the one it carries on, or makes smaller."""

    __tablename__ = "promise"

    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"), index=True)
    state: Mapped[PromiseState] = mapped_column(word(PromiseState))
    made_at: Mapped[datetime]
    due_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    step_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("step.id", ondelete="SET NULL"), index=True)
    follows_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("promise.id", ondelete="SET NULL"), index=True)
    since: Mapped[datetime]  # when the first of those it follows was made
    text = Sealed()


class Promises:
    """Queries on promises."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def make(
        self,
        checkin: CheckinRow,
        text: str,
        due_on: date,
        *,
        step: UUID | None = None,
        follows: PromiseRow | None = None,
    ) -> PromiseRow:
        row = self._tx.add(
            PromiseRow(
                workspace_id=self._tx.workspace,
                enrolment_id=checkin.enrolment_id,
                owner_id=checkin.owner_id,
                pairing_id=checkin.pairing_id,
                state=PromiseState.OPEN,
                made_at=self._tx.now,
                due_on=due_on,
                step_id=step,
                follows_id=follows.id if follows else None,
                since=follows.since if follows else self._tx.now,
                text=text,
            )
        )
        self._tx.flush()
        return row

    def find(self, promise: UUID | None) -> PromiseRow | None:
        return self._tx.one_or_none(self._all().where(PromiseRow.id == promise)) if promise else None

    def open_of(self, enrolment: UUID, pairing: UUID) -> PromiseRow | None:
        """Return what an enrolment has promised this pairing and not yet answered for."""
        query = self._all().where(
            PromiseRow.enrolment_id == enrolment,
            PromiseRow.pairing_id == pairing,
            PromiseRow.state == PromiseState.OPEN,
        )
        return self._tx.one_or_none(query.order_by(PromiseRow.id.desc()).limit(1))

    def of_pairing(self, pairing: UUID) -> list[PromiseRow]:
        """Return everything that was ever promised in a pairing, in its order."""
        return self._tx.all(self._all().where(PromiseRow.pairing_id == pairing).order_by(PromiseRow.id))

    def open_in(self, enrolments: Collection[UUID]) -> dict[tuple[UUID, UUID], UUID]:
        """Return the open promise of each of ``enrolments`` to each pairing, the newest if there are several."""
        query = sa.select(PromiseRow.enrolment_id, PromiseRow.pairing_id, PromiseRow.id).order_by(PromiseRow.id)
        open_ones = query.where(PromiseRow.enrolment_id.in_(enrolments), PromiseRow.state == PromiseState.OPEN)
        return {(row.enrolment_id, row.pairing_id): row.id for row in self._tx.among(open_ones, PromiseRow)}

    def _all(self) -> sa.Select[PromiseRow]:
        return sa.select(PromiseRow).where(PromiseRow.workspace_id == self._tx.workspace)
