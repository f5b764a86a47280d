"""What follows when nothing is heard of somebody in their pairing: four kind steps, ended by any sign of life.

Public holidays of the person do not count, and after a break it is counted anew. Where a pair agreed on a check-in
every two weeks, everything takes twice as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from bot.domain import cadence
from bot.domain.holidays import is_holiday

NOTICE = timedelta(days=5)  # at least, between two steps: an end is announced however late the silence is found


class Step(IntEnum):
    """What was done last."""

    NONE = 0
    NUDGE = 1  # the person was asked privately
    ASK = 2  # their partners were asked whether they are in touch
    OFFER = 3  # their partners may have a new match, and everybody knows when it ends otherwise
    CLOSE = 4


LAST = int(Step.CLOSE)


@dataclass(frozen=True, slots=True)
class Loop:
    """Days of silence before each step; ``every_weeks`` lie between two check-ins of the pairing."""

    days: Sequence[int]
    every_weeks: int
    region: str

    def due_on(self, step: Step, since: date, stepped_on: date | None) -> date:
        """Return the day of ``step`` for who was last heard of on ``since`` and had the step before it ``stepped_on``.

        ``step`` is none but NUDGE to CLOSE.
        """
        day = silent_until(since, self.days[step - 1] * self.every_weeks, self.region)
        return max(day, stepped_on + NOTICE) if stepped_on else day


def silent_until(since: date, days: int, region: str) -> date:
    """Return the day on which ``days`` have passed since ``since``, holidays not counted."""
    day = since
    while days > 0:
        day += timedelta(days=1)
        days -= not is_holiday(day, region)
    return day


def apart_from(asked_on: date | None, today: date, region: str) -> date:
    """Return the first day from ``today`` on after a check-in asked on ``asked_on`` and after its reminder."""
    if asked_on is None:
        return today
    reminded_on = cadence.next_working_day(asked_on, region)
    return max(today, cadence.next_working_day(reminded_on, region))
