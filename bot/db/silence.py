"""How long nothing was heard of somebody in a pairing: kept only once a step was taken, forgotten when it ends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned
from bot.domain.ids import PersonId
from bot.domain.silence import Step

if TYPE_CHECKING:
    from bot.db.enrolments import EnrolmentRow
    from bot.db.transaction import Transaction


class SilenceRow(Owned):
    __tablename__ = "silence"
    __table_args__ = (sa.UniqueConstraint("pairing_id", "enrolment_id"),)

    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    since: Mapped[date]  # the day from which it is counted
    step: Mapped[int]
    stepped_on: Mapped[date | None]
    stopped: Mapped[bool] = mapped_column(default=False)

    @property
    def taken(self) -> Step:
        return Step(self.step)

    def take(self, step: Step, since: date, today: date) -> None:
        self.since, self.step, self.stepped_on = since, int(step), today

    def begin_again(self, today: date) -> None:
        """Count from ``today``: something was heard, or a break is over."""
        self.since, self.step, self.stepped_on = today, int(Step.NONE), None


class Silence:
    """Queries on silence and on what breaks it."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of_all(self, enrolments: Collection[UUID]) -> dict[tuple[UUID, UUID], SilenceRow]:
        """Return what is kept of ``enrolments``, by enrolment and pairing."""
        rows = self._tx.all(sa.select(SilenceRow).where(SilenceRow.enrolment_id.in_(enrolments)))
        here = [row for row in rows if row.workspace_id == self._tx.workspace]
        return {(row.enrolment_id, row.pairing_id): row for row in here}

    def find(self, silence: UUID) -> SilenceRow | None:
        query = sa.select(SilenceRow).where(SilenceRow.workspace_id == self._tx.workspace, SilenceRow.id == silence)
        return self._tx.one_or_none(query)

    def add(self, enrolment: EnrolmentRow, pairing: UUID, since: date) -> SilenceRow:
        # Its id follows from pairing and person, so that the buttons of a message work in a restored database too.
        return self._tx.add(
            SilenceRow(
                id=uuid5(pairing, f"silence:{enrolment.id}"),
                workspace_id=self._tx.workspace,
                pairing_id=pairing,
                enrolment_id=enrolment.id,
                owner_id=enrolment.owner_id,
                since=since,
                step=int(Step.NONE),
                stopped=False,
            )
        )
