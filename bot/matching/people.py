"""The people of one round, what they remember of each other, and what the owner has decided for them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MINUTES_OF_A_DAY = 24 * 60
STYLE_STEPS = 5
"""Each of the three questions on working style is answered with 1 to 5."""
REMOTE = "remote"
"""The site of those who work from home."""

NOBODY: frozenset[str] = frozenset()


class Format(StrEnum):
    PAIR = "pair"
    CIRCLE = "circle"


class Track(StrEnum):
    """What a match is for. In all but the first, one gives and one takes."""

    PEER = "peer"
    BUDDY = "buddy"
    CAREER = "career"
    REVERSE = "reverse"
    LIFE = "life"


class Role(StrEnum):
    """On which side of a directed track somebody stands; in a track of equals it says nothing."""

    GIVES = "mentor"
    TAKES = "mentee"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Person:
    """One person who waits for a partner.

    Skills, goals and languages are compared as they stand, so whoever builds a person writes the same thing the same
    way. What is empty or None is unknown: it earns nothing and no rule is held against it. `work` is the working window
    in UTC minutes of the day, each 0 to 1440; a start after the end wraps midnight, and a start equal to the end is an
    empty window. `level` is a rank, higher is more senior. `exclude`, `competes_with` and `wishes` are private: they
    steer the matching and are never given as a reason. Raises ValueError for numbers outside their range.
    """

    id: str
    offers: frozenset[str] = NOBODY
    wants: frozenset[str] = NOBODY
    goals: frozenset[str] = NOBODY
    languages: frozenset[str] = NOBODY
    name: str = ""
    department: str = ""
    manager: str = ""
    level: int | None = None
    work: tuple[int, int] | None = None
    site: str = ""
    style: tuple[int, ...] | None = None
    capacity: int = 1
    """How many others a mentor takes on in a directed track; 0 takes nobody, in every track."""
    role: Role = Role.BOTH
    exclude: frozenset[str] = NOBODY
    competes_with: frozenset[str] = NOBODY
    wishes: frozenset[str] = NOBODY
    volunteer_third: bool = False
    thirds: int = 0
    """How often they have been in a trio lately: whoever was less often comes first."""
    waited_rounds: int = 0
    away: bool = False
    """On leave or on a break now."""

    def __post_init__(self) -> None:
        if self.work and not all(0 <= minute <= MINUTES_OF_A_DAY for minute in self.work):
            raise ValueError(f"working window of {self.id} is outside 0 to {MINUTES_OF_A_DAY} minutes: {self.work}")
        if self.style and not (len(self.style) == 3 and all(1 <= step <= STYLE_STEPS for step in self.style)):  # noqa: PLR2004  three questions
            raise ValueError(f"working style of {self.id} is not three numbers from 1 to {STYLE_STEPS}: {self.style}")
        if self.capacity < 0:
            raise ValueError(f"capacity of {self.id} is negative: {self.capacity}")


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


@dataclass(frozen=True, slots=True)
class Decisions:
    """What an owner has decided before the matching: who goes together, and who does not."""

    pins: frozenset[frozenset[str]] = frozenset()
    """Two or more people each, who are one match whatever it scores."""

    forbidden: frozenset[frozenset[str]] = frozenset()
    """Two people each."""


class DoubleId(ValueError):
    """Two people of one round have the same id."""


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody in one round, ascending by id. Raises DoubleId."""

    people: tuple[Person, ...]
    history: History = field(default_factory=History)
    decisions: Decisions = field(default_factory=Decisions)

    @classmethod
    def of(
        cls, people: Iterable[Person], history: History | None = None, decisions: Decisions | None = None
    ) -> Population:
        """Build it from people in any order. Raises DoubleId."""
        ordered = tuple(sorted(people, key=lambda person: person.id))
        return cls(ordered, history or History(), decisions or Decisions())

    def __post_init__(self) -> None:
        doubles = [id_ for id_, times in Counter(person.id for person in self.people).items() if times > 1]
        if doubles:
            raise DoubleId(f"more than one person has the id {doubles[0]!r}")

    def __len__(self) -> int:
        return len(self.people)


def shared_minutes(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many minutes of the day two working windows have in common."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in _stretches(one) for b in _stretches(other))


def _stretches(window: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    start, end = window
    return ((start, end),) if start <= end else ((start, MINUTES_OF_A_DAY), (0, end))
