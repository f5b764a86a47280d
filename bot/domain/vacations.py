"""A vacation in somebody's Slack status: taken for a break where they wished so. Only its end is ever kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import cadence
from bot.domain.dates import FURTHEST
from bot.domain.participants import Presence

LONGEST = 80  # characters of an emoji's name that are looked at


@dataclass(frozen=True, slots=True)
class Status:
    """What Slack's directory says now: the emoji with its colons, and until when; its text is never read."""

    emoji: str
    until: datetime


def first_day_back(status: Status | None, there: Presence, emoji: Collection[str], now: datetime) -> date | None:
    """Return the first day back from a vacation that lasts into tomorrow, at most a year ahead; None without one.

    Who is back before their work begins is there on that day, else on the next.
    """
    if status is None or status.emoji not in emoji:
        return None
    day = there.day(status.until)
    if status.until > cadence.instant(day, cadence.clock_time(there.hours.start), there.zone):
        day += timedelta(days=1)
    today = there.day(now)
    return min(day, today + FURTHEST) if day > today else None
