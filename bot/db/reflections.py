"""Reflections: one answer to one question, for oneself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned
from bot.db.sealing import Sealed
from bot.domain.ids import PersonId

if TYPE_CHECKING:
    from bot.db.checkins import CheckinRow
    from bot.db.transaction import Transaction


class ReflectionRow(Owned):
    __tablename__ = "reflection"

    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    checkin_id: Mapped[UUID] = mapped_column(sa.ForeignKey("checkin.id", ondelete="CASCADE"), unique=True)
    question: Mapped[str] = mapped_column(sa.String(40))
    written_at: Mapped[datetime]
    text = Sealed()


class Reflections:
    """Queries on reflections."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of(self, checkin: UUID) -> ReflectionRow | None:
        query = sa.select(ReflectionRow).where(
            ReflectionRow.workspace_id == self._tx.workspace, ReflectionRow.checkin_id == checkin
        )
        return self._tx.one_or_none(query)

    def keep(self, checkin: CheckinRow, text: str | None) -> None:
        """Write, change or (with None) take back the answer given in ``checkin``."""
        row = self.of(checkin.id)
        if text is None:
            if row:
                self._tx.remove(row)
        elif row:
            row.text = text
        else:
            self._tx.add(
                ReflectionRow(
                    workspace_id=self._tx.workspace,
                    enrolment_id=checkin.enrolment_id,
                    owner_id=checkin.owner_id,
                    checkin_id=checkin.id,
                    question=checkin.question,
                    written_at=self._tx.now,
                    text=text,
                )
            )
