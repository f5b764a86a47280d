"""Somebody's own last weeks at a glance: what became of each promise, and how many notes they wrote. For them alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import dropwhile
from typing import NamedTuple

from bot.domain.checkins import CheckinState, Outcome

MOST = 8  # weeks in a picture
FEWEST = 4  # so that a beginning is a picture too
A_WEEK = timedelta(weeks=1)


class Mark(StrEnum):
    """What is drawn for a week. A week without an answer has none: nothing is held against anybody."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    ANSWERED = "answered"  # no promise was due
    ASIDE = "aside"  # "not this week"
    NONE = "none"


class Reported(NamedTuple):
    """One check-in, as far as a picture needs it."""

    day: date
    state: CheckinState
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its Monday."""

    monday: date
    mark: Mark
    notes: int


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def first_monday(today: date) -> date:
    """Return the Monday of the first week that a picture of today can hold."""
    return monday_of(today) - (MOST - 1) * A_WEEK


def picture_of(today: date, reported: Iterable[Reported], notes: Iterable[date]) -> tuple[Week, ...]:
    """Return the last weeks, the oldest first, this one included; weeks before the first sign of life are left out.

    Of several check-ins in a week the last that was answered counts; ``reported`` comes in their order.
    """
    marks: dict[date, Mark] = {}
    for one in reported:
        monday, mark = monday_of(one.day), _mark(one)
        marks[monday] = marks.get(monday, Mark.NONE) if mark is Mark.NONE else mark
    written = Counter(monday_of(day) for day in notes)
    last = monday_of(today)
    first = max(first_monday(today), min([*marks, *written, last - (FEWEST - 1) * A_WEEK]))
    mondays = [first + week * A_WEEK for week in range((last - first) // A_WEEK + 1)]
    return tuple(Week(one, marks.get(one, Mark.NONE), written[one]) for one in mondays)


def begun(weeks: Sequence[Week]) -> tuple[Week, ...]:
    """Return ``weeks`` from the first one with anything to see on; the week under way is left out while it is empty."""
    past = weeks if any_sign(weeks[-1:]) else weeks[:-1]
    return tuple(dropwhile(lambda week: not any_sign([week]), past))


def any_sign(weeks: Iterable[Week]) -> bool:
    """Say whether there is anything to see in ``weeks``."""
    return any(week.notes or week.mark is not Mark.NONE for week in weeks)


def _mark(one: Reported) -> Mark:
    match one.state:
        case CheckinState.ANSWERED:
            return Mark(one.outcome.value) if one.outcome else Mark.ANSWERED
        case CheckinState.NOT_THIS_WEEK:
            return Mark.ASIDE
        case _:
            return Mark.NONE
