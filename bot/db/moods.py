"""Moods: how a week felt, for oneself, sealed. Only the newest of each enrolment are kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned
from bot.db.sealing import Sealed
from bot.domain import moods
from bot.domain.ids import PersonId
from bot.domain.moods import Mood

if TYPE_CHECKING:
    from bot.db.checkins import CheckinRow
    from bot.db.transaction import Transaction

_WIDTH = max(len(mood) for mood in Mood)  # sealed at one length, so that not even that tells which


class MoodRow(Owned):
    __tablename__ = "mood"

    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    checkin_id: Mapped[UUID] = mapped_column(sa.ForeignKey("checkin.id", ondelete="CASCADE"), unique=True)
    felt_at: Mapped[datetime]
    level = Sealed()

    @property
    def mood(self) -> Mood:
        return Mood((self.level or "").strip())


class Moods:
    """Queries on moods; every one starts from the person they belong to."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of(self, enrolment: UUID) -> list[MoodRow]:
        """Return what is kept of one enrolment, the newest first."""
        query = sa.select(MoodRow).where(MoodRow.workspace_id == self._tx.workspace, MoodRow.enrolment_id == enrolment)
        return self._tx.all(query.order_by(MoodRow.felt_at.desc(), MoodRow.id.desc()))

    def keep(self, checkin: CheckinRow, mood: Mood | None) -> None:
        """Write, change or (with None) take back how the week of ``checkin`` felt; older ones than the last two go."""
        kept = self.of(checkin.enrolment_id)
        mine = next((row for row in kept if row.checkin_id == checkin.id), None)
        if mine and mood:
            mine.level = mood.value.ljust(_WIDTH)
        elif mine:
            self._tx.remove(mine)
        elif mood:
            self._tx.add(self._row(checkin, mood))
            for row in kept[moods.KEPT - 1 :]:
                self._tx.remove(row)

    def _row(self, checkin: CheckinRow, mood: Mood) -> MoodRow:
        return MoodRow(
            workspace_id=self._tx.workspace,
            enrolment_id=checkin.enrolment_id,
            owner_id=checkin.owner_id,
            checkin_id=checkin.id,
            felt_at=self._tx.now,
            level=mood.value.ljust(_WIDTH),
        )

    def forget(self, enrolment: UUID) -> None:
        """Delete every mood of one enrolment."""
        mine = MoodRow.workspace_id == self._tx.workspace, MoodRow.enrolment_id == enrolment
        self._tx.change(sa.delete(MoodRow).where(*mine))
