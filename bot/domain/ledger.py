"""What people who are together have promised each other, side by side: what is open, and what became of the rest.

Nothing in it counts, scores or compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ids import PersonId
from bot.domain.promises import PromiseState

PAGE = 5  # entries of each person at a time


class Origin(StrEnum):
    PROMISE = "promise"  # made in a check-in
    MEETING = "meeting"  # agreed on in a meeting


class Standing(StrEnum):
    """Where something somebody took on stands."""

    OPEN = "open"
    DONE = "done"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    CARRIED = "carried"
    SMALLER = "smaller"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing somebody took on. ``day``: since when it is open, or when it ended; ``due_on``: until when it is."""

    owner: PersonId
    origin: Origin
    standing: Standing
    text: str
    day: date
    due_on: date | None


def standing_of(state: PromiseState) -> Standing:
    """Return how a promise stands in the ledger."""
    return Standing.DONE if state is PromiseState.KEPT else Standing(state.value)


def arranged(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries as they are read: what is open, the oldest first, then the rest, the newest first."""
    several = list(entries)
    open_ones = sorted((one for one in several if one.standing is Standing.OPEN), key=lambda one: one.day)
    over = [one for one in several if one.standing is not Standing.OPEN]
    return [*open_ones, *sorted(over, key=lambda one: one.day, reverse=True)]


def pages(columns: Iterable[Sequence[Entry]]) -> int:
    """Return how many pages the longest of ``columns`` takes, at least one."""
    return max([1, *(-(-len(column) // PAGE) for column in columns)])
