"""Later today: when somebody who has no minute now is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain import cadence
from bot.domain.participants import Presence, next_working_moment

_BEFORE_THE_END = 60  # minutes of work that are left at the latest, so that there is time to answer
_SOON = timedelta(minutes=30)  # sooner than that it is not later


def later_today(there: Presence, now: datetime, hours: int) -> datetime | None:
    """Return when to ask again: some hours from ``now``, on a full local hour, well before the end of work.

    None when today has no such moment any more, or is no working day.
    """
    today = there.day(now)
    wanted = (now + timedelta(hours=hours)).astimezone(cadence.zone(there.zone)).replace(minute=0, second=0)
    last = cadence.instant(today, cadence.clock_time(max(there.hours.end - _BEFORE_THE_END, 0)), there.zone)
    at = next_working_moment(there, min(wanted.replace(microsecond=0).astimezone(UTC), last))
    free = there.day(at) == today and not there.is_paused(at)
    return at if free and at - now >= _SOON else None


def period(at: datetime) -> str:
    """Return what a slot for ``at`` is known by: its hour, so that two taps within one ask once."""
    return at.astimezone(UTC).strftime("%y%m%dT%H")
