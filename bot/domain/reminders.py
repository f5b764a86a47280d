"""One reminder of a check-in that is still open: when it comes and how it sounds is up to its reader."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import cadence
from bot.domain.participants import Presence
from bot.domain.working import ChoiceUnknown

LEFT = 120  # minutes of the working day, when somebody is reminded on the same day
APART = timedelta(hours=2)  # between being asked and being reminded, at the least


class ReminderProfile(StrEnum):
    GENTLE = "gentle"  # two working days later, in the softest words
    STANDARD = "standard"  # on the next working day
    ACTIVE = "active"  # on the same day, while there is time left


def read_profile(text: str) -> ReminderProfile:
    """Return the profile a form chose. Raises ChoiceUnknown."""
    if text not in set(ReminderProfile):
        raise ChoiceUnknown
    return ReminderProfile(text)


def remind_at(there: Presence, asked_at: datetime, hour: int, profile: ReminderProfile) -> datetime:
    """Return when to remind somebody of a check-in they were asked at ``asked_at``, inside their own days.

    ``hour`` is the local one at which check-ins come.
    """
    opened = there.day(asked_at)
    if profile is ReminderProfile.ACTIVE:
        minute = max(there.hours.start, there.hours.end - LEFT)
        same_day = cadence.instant(opened, cadence.clock_time(minute), there.zone)
        if same_day >= asked_at + APART:
            return same_day
    day = cadence.next_working_day(opened, there.region)
    if profile is ReminderProfile.GENTLE:
        day = cadence.next_working_day(day, there.region)
    return cadence.instant(day, cadence.clock_time(hour * 60), there.zone)
