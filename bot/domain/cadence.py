"""When something is due: weeks, local hours and the two nights a year when clocks change.

A local time that does not exist (spring) moves to the first instant after the gap; one that exists
twice (autumn) is the first of the two. Instants are aware UTC, dates and hours are local.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.holidays import is_holiday

SATURDAY = 5
_LONGEST_GAP = timedelta(hours=26)  # islands that crossed the date line left out a whole day
_EASTERNMOST = timedelta(hours=14)  # the largest offset from UTC, in Kiribati
CATCH_UP = timedelta(days=4)  # how late a weekly check-in is still worth sending
AFTERNOON = time(14)  # for what is asked beside the check-in, to which the morning may belong


class Weekday(IntEnum):
    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Local minutes of the day, ``start`` inclusive, ``end`` exclusive; ``start`` < ``end``."""

    start: int = 9 * 60
    end: int = 17 * 60


@lru_cache(maxsize=600)
def zone(name: str | None) -> ZoneInfo:
    """Return the IANA zone ``name``; UTC when it is missing or unknown (Slack users may have none)."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def instant(day: date, at: time, zone_name: str | None) -> datetime:
    """Return the UTC instant of local ``day`` and ``at``: gap → first instant after it, fold → first occurrence."""
    local = datetime.combine(day, at, zone(zone_name)).replace(fold=0)
    utc = local.astimezone(UTC)
    if utc.astimezone(zone(zone_name)).replace(tzinfo=None) == local.replace(tzinfo=None):
        return utc
    return _end_of_gap(utc - _LONGEST_GAP, utc + _LONGEST_GAP, zone(zone_name))


def _end_of_gap(low: datetime, high: datetime, where: ZoneInfo) -> datetime:
    before = low.astimezone(where).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(where).utcoffset() == before else (low, middle)
    return high.replace(microsecond=0)


def local_day(now: datetime, zone_name: str | None) -> date:
    """Return the calendar day it is at ``now`` in the zone."""
    return now.astimezone(zone(zone_name)).date()


def furthest_day(now: datetime) -> date:
    """Return the latest calendar day it is anywhere on earth at ``now``."""
    return (now + _EASTERNMOST).astimezone(UTC).date()


def is_in_rhythm(day: date, introduced: date, every_weeks: int) -> bool:
    """Say whether the week of ``day`` is one of a rhythm of ``every_weeks``: the first after the introduction is."""
    weeks = (_monday(day) - _monday(introduced)).days // 7
    return every_weeks == 1 or weeks % every_weeks == 1


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def iso_week(day: date) -> str:
    """Return the ISO 8601 week of ``day``, e.g. ``2026-W48``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def latest_turn(begun: date, days: int, today: date) -> date:
    """Return the latest day up to ``today`` that lies whole rounds of ``days`` days behind ``begun``."""
    return today - timedelta(days=(today - begun).days % days)


def checkin_days(weekday: Weekday, first: date, last: date) -> list[date]:
    """Return every ``weekday`` from ``first`` to ``last``, both included."""
    start = first + timedelta(days=(weekday - first.weekday()) % 7)
    return [start + timedelta(days=7 * i) for i in range(((last - start).days // 7) + 1)] if start <= last else []


def is_working_day(day: date, region: str = "") -> bool:
    """Say whether ``day`` is a Monday to Friday and no public holiday in ``region``."""
    return day.weekday() < SATURDAY and not is_holiday(day, region)


def next_working_day(day: date, region: str = "") -> date:
    """Return the first working day strictly after ``day``."""
    following = day + timedelta(days=1)
    while not is_working_day(following, region):
        following += timedelta(days=1)
    return following


def checkin_day(day: date, region: str) -> date | None:
    """Return when a check-in of ``day`` takes place: that day, or after a holiday the next working day of its ISO week.

    None when the rest of the week is off.
    """
    if not is_holiday(day, region):
        return day
    moved = next_working_day(day, region)
    return moved if iso_week(moved) == iso_week(day) else None


def next_working_moment(now: datetime, hours: WorkingHours, zone_name: str | None, region: str = "") -> datetime:
    """Return ``now`` if it lies inside the person's working hours on a working day, else the next start of work."""
    local = now.astimezone(zone(zone_name))
    minute = local.hour * 60 + local.minute
    today = is_working_day(local.date(), region)
    if today and hours.start <= minute < hours.end:
        return now
    before_work = today and minute < hours.start
    day = local.date() if before_work else next_working_day(local.date(), region)
    return instant(day, clock_time(hours.start), zone_name)


def clock_time(minute: int) -> time:
    """Return the time of day of a minute 0–1439."""
    return time(minute // 60, minute % 60)


def utc_window(hours: WorkingHours, zone_name: str | None, day: date) -> tuple[int, int]:
    """Return working hours as UTC minutes of the day (0–1439) on ``day``; start > end when they wrap midnight."""
    offset = datetime.combine(day, time(12), zone(zone_name)).utcoffset() or timedelta()
    shift = int(offset.total_seconds() // 60)
    return (hours.start - shift) % 1440, (hours.end - shift) % 1440
