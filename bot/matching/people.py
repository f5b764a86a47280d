"""The people of one round and what they remember of each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person who waits for a partner.

    Skills and languages are compared as they stand, so whoever builds a candidate writes the same skill the same way.
    `work` is the working window in UTC minutes of the day, each 0 to 1440; a start after the end wraps midnight, and a
    start equal to the end is an empty window. Raises ValueError for minutes outside the day.
    """

    id: str
    offers: frozenset[str]
    wants: frozenset[str]
    languages: frozenset[str]
    work: tuple[int, int]
    waited_rounds: int = 0

    def __post_init__(self) -> None:
        if not all(0 <= minute <= MINUTES_OF_A_DAY for minute in self.work):
            raise ValueError(f"working window of {self.id} is outside 0 to {MINUTES_OF_A_DAY} minutes: {self.work}")


@dataclass(frozen=True, slots=True)
class History:
    """Who met whom, and how many weeks ago that was the last time."""

    weeks_ago: Mapping[frozenset[str], float] = field(default_factory=dict)

    @classmethod
    def of(cls, meetings: Iterable[tuple[str, str, float]]) -> History:
        """Build it from (one id, other id, weeks ago) in any order; of several meetings the latest counts.

        Raises ValueError for weeks that are not a number.
        """
        latest: dict[frozenset[str], float] = {}
        for one, other, weeks in meetings:
            if math.isnan(weeks):
                raise ValueError(f"weeks since {one} and {other} met is not a number")
            pair = frozenset((one, other))
            latest[pair] = min(weeks, latest.get(pair, weeks))
        return cls(latest)

    def weeks_since(self, one: str, other: str) -> float | None:
        """Return the weeks since the two last met, None if they never did."""
        return self.weeks_ago.get(frozenset((one, other)))


def shared_minutes(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many minutes of the day two working windows have in common."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in _stretches(one) for b in _stretches(other))


def _stretches(window: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    start, end = window
    return ((start, end),) if start <= end else ((start, MINUTES_OF_A_DAY), (0, end))
