"""Schedules: when the rounds of a programme come. None means by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.db.base import Owned, word
from bot.db.programmes import ProgrammeRow
from bot.domain.cadence import Weekday
from bot.domain.ids import PersonId
from bot.domain.programmes import ProgrammeState
from bot.domain.schedules import HEADS_UP_DAYS, Calendar, Rhythm, Schedule

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class ScheduleRow(Owned):
    __tablename__ = "schedule"

    programme_id: Mapped[UUID] = mapped_column(sa.ForeignKey("programme.id", ondelete="CASCADE"), unique=True)
    rhythm: Mapped[Rhythm] = mapped_column(word(Rhythm))
    weeks: Mapped[int]
    first_day: Mapped[date | None]
    late_joiners: Mapped[bool]
    heads_up_days: Mapped[int] = mapped_column(default=HEADS_UP_DAYS)
    zone: Mapped[str] = mapped_column(sa.String(80))  # of whoever set it
    set_by: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))

    programme: Mapped[ProgrammeRow] = relationship(viewonly=True)

    @property
    def schedule(self) -> Schedule:
        return Schedule(self.rhythm, self.weeks, self.first_day, self.late_joiners)

    @property
    def calendar(self) -> Calendar:
        programme = self.programme
        return Calendar(self.schedule, Weekday(programme.weekday), programme.hour, self.zone, programme.holidays)


class Schedules:
    """Queries on schedules."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of(self, programme: UUID) -> ScheduleRow | None:
        return self._tx.one_or_none(self._all().where(ScheduleRow.programme_id == programme))

    def active(self) -> list[ScheduleRow]:
        """Return the schedules of programmes under way that plan anything by themselves."""
        at_work = sa.or_(ScheduleRow.rhythm != Rhythm.BY_HAND, ScheduleRow.late_joiners)
        query = self._all().join(ProgrammeRow, ProgrammeRow.id == ScheduleRow.programme_id)
        return self._tx.all(query.where(at_work, ProgrammeRow.state == ProgrammeState.ACTIVE).order_by(ScheduleRow.id))

    def keep(self, programme: UUID, schedule: Schedule, *, zone: str, set_by: PersonId) -> ScheduleRow:
        """Write down when the rounds of a programme come."""
        row = self.of(programme) or self._tx.add(ScheduleRow(workspace_id=self._tx.workspace, programme_id=programme))
        row.rhythm, row.weeks, row.first_day = schedule.rhythm, schedule.weeks, schedule.first_day
        row.late_joiners, row.zone, row.set_by = schedule.late_joiners, zone, set_by
        self._tx.flush()
        return row

    def _all(self) -> sa.Select[ScheduleRow]:
        return sa.select(ScheduleRow).where(ScheduleRow.workspace_id == self._tx.workspace)
