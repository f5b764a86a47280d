"""When somebody is there to be written to: their zone, their working hours, their holidays and their break."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import cadence, enrolments
from bot.domain.cadence import WorkingHours


@dataclass(frozen=True, slots=True)
class Presence:
    """``zone`` is an IANA name, ``region`` a holiday region (empty: none), ``paused_until`` the first day back."""

    zone: str
    hours: WorkingHours
    region: str = ""
    paused_until: date | None = None

    def day(self, now: datetime) -> date:
        """Return what day it is for them."""
        return cadence.local_day(now, self.zone)

    def day_ends(self, now: datetime) -> datetime:
        """Return when the day ends that it is for them."""
        return cadence.instant(self.day(now) + timedelta(days=1), cadence.clock_time(0), self.zone)

    def is_paused(self, now: datetime) -> bool:
        return enrolments.is_paused(self.paused_until, self.day(now))


def may_be_told_at(there: Presence, now: datetime) -> datetime:
    """Return the first moment from ``now`` on at which somebody may be written to: at work, not on a break."""
    start = now
    if there.paused_until and there.is_paused(now):
        start = cadence.instant(there.paused_until, cadence.clock_time(there.hours.start), there.zone)
    return next_working_moment(there, start)


def next_working_moment(there: Presence, now: datetime) -> datetime:
    """Return ``now`` if it lies within somebody's working hours, else their next start of work."""
    return cadence.next_working_moment(now, there.hours, there.zone, there.region)
