"""How partners fit: one row per person and pairing, the answer sealed, deleted when the pairing ends for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned
from bot.db.sealing import Sealed
from bot.domain.fits import FitAnswer
from bot.domain.ids import PersonId

if TYPE_CHECKING:
    from bot.db.enrolments import EnrolmentRow
    from bot.db.transaction import Transaction

_WIDTH = max(len(answer) for answer in FitAnswer)


class FitRow(Owned):
    __tablename__ = "fit"
    __table_args__ = (sa.UniqueConstraint("pairing_id", "enrolment_id"),)

    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    asked: Mapped[int]  # how often
    answered_at: Mapped[datetime | None]
    answer = Sealed()

    @property
    def said(self) -> FitAnswer | None:
        return FitAnswer(self.answer.strip()) if self.answer else None

    def say(self, answer: FitAnswer, at: datetime) -> None:
        """Keep an answer, as long as every other: a sealed value shows how long it is."""
        self.answer, self.answered_at = answer.value.ljust(_WIDTH), at


class Fits:
    """Queries on how partners fit."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, enrolment: EnrolmentRow, pairing: UUID) -> FitRow:
        # Its id follows from pairing and person, so that the buttons of a question work in a restored database too.
        return self._tx.add(
            FitRow(
                id=uuid5(pairing, f"fit:{enrolment.id}"),
                workspace_id=self._tx.workspace,
                pairing_id=pairing,
                enrolment_id=enrolment.id,
                owner_id=enrolment.owner_id,
                asked=0,
            )
        )

    def of_all(self, enrolments: Collection[UUID]) -> dict[tuple[UUID, UUID], FitRow]:
        """Return what ``enrolments`` were asked, by enrolment and pairing."""
        rows = self._tx.all(self._all().where(FitRow.enrolment_id.in_(enrolments)))
        return {(row.enrolment_id, row.pairing_id): row for row in rows}

    def _all(self) -> sa.Select[FitRow]:
        return sa.select(FitRow).where(FitRow.workspace_id == self._tx.workspace)
