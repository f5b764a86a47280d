"""Snapshots: what owners see of people in numbers is counted once a week, frozen, and coarse enough to tell of nobody.

An agreement is a behaviour of two or three people, so a single number can give somebody away, and so can the
difference of two. The plain rule (hide a number of 1 to 4) is not enough over weeks: when "7 of 20" becomes "8 of 21"
and owners know which pairing is the new one, it has no agreement. Therefore

* a pairing is counted **once**, with others that came to their time since the last group was counted; two groups have
  nobody in common, so nothing can be computed from two of them;
* a group is complete when it has twice ``least`` pairings. That depends on when pairings began and whether they still
  last, which owners know, and never on who signed: that there is no number this week tells nothing;
* of a group only one of three things is told: the number where it leaves at least ``least`` on both sides, "fewer than
  ``least`` wait", or "fewer than ``least`` do not". "None" and "all" are hidden in these two.

What is guaranteed, and tried over all weeks together in tests/unit/test_snapshots.py: whoever knows every number that
was ever shown, when each pairing began and ended, and everything about one pairing (their own), cannot tell of any
other whether its agreement was signed. What is not: numbers make things likely ("20 of 25"), several people who put
together what they know can learn more, and nothing here keeps anybody from asking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.domain import cadence
from bot.domain.cadence import Weekday

DAY, HOUR = Weekday.MONDAY, time(6)  # of the week in UTC, before the week begins in Europe: the same for everybody
LEAST = 5  # a group or a side of it that is smaller is not told; a programme may ask for more, never for less
OLDEST = timedelta(days=365)  # what began earlier is news to nobody, and counted rows are kept for longer than that
FRESH = timedelta(days=28)  # how long a count is shown: meanwhile most of those who waited have signed
A_WEEK = timedelta(days=7)


class Measure(StrEnum):
    """What is counted."""

    UNSIGNED = "unsigned"  # pairings that wait for a signature


class Answer(StrEnum):
    """What may be told of a group."""

    TOO_FEW = "too_few"  # nothing: its people wait for the next count
    FEW = "few"  # fewer than ``least`` are meant
    SOME = "some"  # the number itself
    MOST = "most"  # fewer than ``least`` are not meant


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it may be told: ``yes`` of ``among``, None where only ``answer`` is told."""

    answer: Answer
    yes: int | None
    among: int
    least: int


def told(yes: int, among: int, least: int) -> Figure:
    """Return what may be told of ``yes`` of ``among``, with sides of at least ``least``.

    Nothing about a group that is smaller than two such sides: whatever its number, one of them would be too small.
    """
    if not is_complete(among, least):
        return Figure(Answer.TOO_FEW, None, among, least)
    if yes < least:
        return Figure(Answer.FEW, None, among, least)
    if among - yes < least:
        return Figure(Answer.MOST, None, among, least)
    return Figure(Answer.SOME, yes, among, least)


def is_complete(among: int, least: int) -> bool:
    """Say whether a group is large enough to be counted; a smaller one waits for more."""
    return among >= 2 * least


def moment(now: datetime) -> datetime:
    """Return when the week of ``now`` (in UTC) is counted."""
    monday = now.astimezone(UTC).date() - timedelta(days=(now.astimezone(UTC).weekday() - DAY) % 7)
    return datetime.combine(monday, HOUR, UTC)


def week(now: datetime) -> str:
    """Return the ISO week of ``now`` in UTC."""
    return cadence.iso_week(now.astimezone(UTC).date())


def next_day(now: datetime) -> date:
    """Return the day of the first count after ``now``."""
    this = moment(now)
    return (this if now < this else this + A_WEEK).date()


def span(
    at: datetime, days: int, counted_until: datetime | None, restored_at: datetime | None = None
) -> tuple[datetime, datetime]:
    """Return after when, and until when, the pairings began that belong to the count of the moment ``at``.

    They are at least ``days`` old then, and in no group that was counted before (the last one ``counted_until``). What
    was old enough when the database was put back (``restored_at``) may have been in a count that the backup forgot.
    """
    old = timedelta(days=days)
    known = (at - OLDEST, counted_until, restored_at - old if restored_at else None)
    return max(one for one in known if one), at - old
