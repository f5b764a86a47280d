"""When a programme's rounds come: by hand, once, or every few weeks; and the weekly run for who joins in between.

Days are local ones of the zone the schedule was made in. A round whose day is a public holiday of the programme comes
on the next working day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import cadence, dates
from bot.domain.cadence import SATURDAY, Weekday
from bot.domain.refusals import N_, Refused, at_field

WEEKS = range(1, 53)
HEADS_UP_DAYS = 3
_A_WEEK = timedelta(weeks=1)
_LONGEST_SHIFT = timedelta(weeks=2)  # no region has more days off in a row


class Rhythm(StrEnum):
    BY_HAND = "by_hand"
    ONCE = "once"
    WEEKS = "weeks"


class FirstDayMissing(Refused):
    text = N_("Pick the day of the first round.")
    field = "first_day"


class FirstDayOff(Refused):
    text = N_("That day is a weekend. Pick a day from Monday to Friday.")
    field = "first_day"


class EveryWeeksOutOfRange(Refused):
    text = N_("Choose between 1 and 52 weeks, as a whole number.")
    field = "weeks"


@dataclass(frozen=True, slots=True)
class Schedule:
    """``weeks`` lie between two rounds; ``first_day`` is None only by hand; ``late_joiners`` are matched weekly."""

    rhythm: Rhythm = Rhythm.BY_HAND
    weeks: int = 12
    first_day: date | None = None
    late_joiners: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A schedule with where and when it counts.

    ``hour`` 0–23 in ``zone`` is when a round runs, ``region`` whose holidays move it, ``weekday`` the day of the weekly
    run where no first day names one.
    """

    schedule: Schedule
    weekday: Weekday
    hour: int
    zone: str
    region: str

    def today(self, now: datetime) -> date:
        return cadence.local_day(now, self.zone)

    def moment(self, day: date) -> datetime:
        """Return the UTC instant at which a round of ``day`` runs."""
        return cadence.instant(day, cadence.clock_time(self.hour * 60), self.zone)

    def next_round(self, earliest: date) -> date | None:
        """Return the first day of a round from ``earliest`` on; None when none will come."""
        chosen, first = self.schedule, self.schedule.first_day
        if chosen.rhythm is Rhythm.BY_HAND or first is None:
            return None
        apart = timedelta(weeks=chosen.weeks) if chosen.rhythm is Rhythm.WEEKS else None
        return self._next(first, apart, earliest)

    def next_late_run(self, earliest: date) -> date | None:
        """Return the first day from ``earliest`` on of the weekly run for late joiners; None without one.

        Before the first round nobody is late.
        """
        if not self.schedule.late_joiners:
            return None
        first = self.schedule.first_day or _on_weekday(earliest - _LONGEST_SHIFT, self.weekday)
        return self._next(first, _A_WEEK, earliest)

    def _next(self, first: date, apart: timedelta | None, earliest: date) -> date | None:
        day = first
        if apart and first < earliest - _LONGEST_SHIFT:
            day += apart * ((earliest - _LONGEST_SHIFT - first) // apart)
        while (moved := self._working_day(day)) < earliest:
            if apart is None:
                return None
            day += apart
        return moved

    def _working_day(self, day: date) -> date:
        return day if cadence.is_working_day(day, self.region) else cadence.next_working_day(day, self.region)


def _on_weekday(day: date, weekday: Weekday) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def read_rhythm(text: str) -> Rhythm:
    """Return the rhythm of a form's choice; by hand for anything else."""
    return Rhythm(text) if text in set(Rhythm) else Rhythm.BY_HAND


def read_every_weeks(text: str) -> int:
    """Return the number of weeks typed; Schedule's own for nothing. Raises EveryWeeksOutOfRange."""
    digits = text.strip()
    if not digits:
        return Schedule().weeks
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4 and int(digits) in WEEKS):  # noqa: PLR2004
        raise EveryWeeksOutOfRange
    return int(digits)


def kept_schedule(schedule: Schedule, today: date, first_before: date | None) -> Schedule:
    """Return a schedule as it is kept.

    ``first_before`` is the first day kept so far: it may stay although it has passed. Raises FirstDayMissing,
    FirstDayOff, DatePast or DateTooFar.
    """
    first = schedule.first_day
    if schedule.rhythm is Rhythm.BY_HAND:
        return Schedule(weeks=schedule.weeks, late_joiners=schedule.late_joiners)
    if first is None:
        raise FirstDayMissing
    if first.weekday() >= SATURDAY:
        raise FirstDayOff
    if first != first_before:
        with at_field("first_day"):
            dates.ahead(first, today)
    return schedule


def heads_up_day(round_day: date, days: int, region: str) -> date:
    """Return the working day on which people hear of a round: ``days`` before it, or the last one before that."""
    day = round_day - timedelta(days=days)
    while not cadence.is_working_day(day, region):
        day -= timedelta(days=1)
    return day
