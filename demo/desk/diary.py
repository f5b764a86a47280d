"""What the seeded colleagues do on which day, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from demo.desk import deeds
from demo.desk.cast import AWAY, NEWCOMER, OWNER, colleagues, participants
from demo.desk.deeds import Players

FOUNDED = date(2026, 10, 1)  # a Thursday
FIRST_MONDAY = date(2026, 10, 5)
WEEKS = 6
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
STATES = {
    "empty": datetime(2026, 10, 1, 7, 0, tzinfo=UTC),
    "week3": datetime(2026, 10, 19, 8, 15, tzinfo=UTC),  # a quarter past ten in Berlin, still night in Toronto
    "final": datetime(2026, 11, 9, 9, 15, tzinfo=UTC),  # the same in the last week, after the clocks have changed
}
GOAL_SETTERS = ("mira", "jonas", "emre", "hanna", "ana", "raj", "tess", "marcus", "priya", "noor")
TICKS = (
    ("jonas", 2),
    ("mira", 2),
    ("raj", 2),
    ("priya", 2),
    ("emre", 3),
    ("tess", 3),
    ("mira", 4),
    ("jonas", 5),
    ("ana", 5),
)
NOTES = (("mira", 1), ("priya", 1), ("marcus", 2), ("emre", 2))
MISSED = {("lukas", 2), ("noor", 4), ("paul", 5)}  # weeks somebody let pass


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing somebody does at a moment."""

    at: datetime
    who: str
    deed: Callable[[Players], None]


def diary(after: datetime, until: datetime) -> list[Entry]:
    """Return what happens after one moment and up to another, in order."""
    return sorted((one for one in _everything() if after < one.at <= until), key=lambda one: one.at)


def _everything() -> Iterator[Entry]:
    yield _entry(OWNER, FOUNDED, "10:00", deeds.set_up)
    joiners = [who for who in participants() if who != NEWCOMER]
    for number, who in enumerate(joiners):
        yield _joining(who, number)
    yield _entry(OWNER, FOUNDED + DAY, "17:30", deeds.match)
    for week in range(1, WEEKS + 1):
        yield from _week(week)
    yield _entry(NEWCOMER, FIRST_MONDAY + WEEK + 2 * DAY, "12:00", partial(deeds.join, who=NEWCOMER))
    yield _entry(AWAY, FIRST_MONDAY + WEEK + 4 * DAY, "16:00", partial(deeds.pause, who=AWAY, until="27 October"))


def _joining(who: str, number: int) -> Entry:
    at = datetime(2026, 10, 1, 10, 0, tzinfo=UTC) + number * timedelta(minutes=15)
    return Entry(at, who, partial(deeds.join, who=who))


def _week(number: int) -> Iterator[Entry]:
    monday = FIRST_MONDAY + (number - 1) * WEEK
    for who, habits in participants().items():
        if who == NEWCOMER or (who, number) in MISSED:
            continue
        yield _answer(who, number, monday + habits.days_late * DAY, habits.answers)
        if (len(who) + number) % 2:
            yield _cheer(who, monday + DAY)
    if number == 1:
        for who in GOAL_SETTERS:
            yield _goal(who, monday + DAY)
    for who in (one for one, week in TICKS if week == number):
        yield _entry(who, monday + 2 * DAY, "15:00", partial(deeds.tick, who=who))
    for who in (one for one, week in NOTES if week == number):
        yield _entry(who, monday + 3 * DAY, "14:00", partial(deeds.note, who=who))


def _answer(who: str, week: int, day: date, clock: str) -> Entry:
    return _entry(who, day, clock, partial(deeds.answer, who=who, week=week))


def _cheer(who: str, day: date) -> Entry:
    return _entry(who, day, "16:10", partial(deeds.cheer, who=who))


def _goal(who: str, day: date) -> Entry:
    return _entry(who, day, "12:30", partial(deeds.set_goal, who=who))


def _entry(who: str, day: date, clock: str, deed: Callable[[Players], None]) -> Entry:
    at = datetime.combine(day, time.fromisoformat(clock), colleagues()[who].zone)
    return Entry(at.astimezone(UTC), who, deed)
