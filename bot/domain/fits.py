"""How a partner fits: asked after the first days together, for the person alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import cadence
from bot.domain.participants import Presence, next_working_moment

FIRST = timedelta(days=10)  # after the introduction
AGAIN = timedelta(weeks=2)  # after an answer that leaves it open
MOST = 2  # times somebody is asked about one partner


class FitAnswer(StrEnum):
    GOOD = "good"
    DECIDING = "still_deciding"
    NOT_GOOD = "not_good"
    NOT_MET = "not_met_yet"


UNDECIDED = frozenset({FitAnswer.DECIDING, FitAnswer.NOT_MET})


def ask_at(there: Presence, since: datetime, after: timedelta, hour: int) -> datetime:
    """Return when to ask: ``after`` a local day, at ``hour`` or the next working moment behind it."""
    at = cadence.instant(there.day(since) + after, cadence.clock_time(hour * 60), there.zone)
    return next_working_moment(there, at)


def is_time(there: Presence, since: datetime, after: timedelta, now: datetime) -> bool:
    """Say whether ``after`` has passed since ``since``, give or take the day by which zones differ."""
    return there.day(now) + timedelta(days=1) >= there.day(since) + after
