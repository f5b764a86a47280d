"""What a matching run hands back: matches with the points of every pair, and why somebody has none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from bot.matching.people import Track
from bot.matching.rules import Rule
from bot.matching.score import TermKind


@dataclass(frozen=True, slots=True)
class Score:
    """What a pair is worth: the points of every term, in the order of TermKind, and the priority of who waited.

    GIVES and RECEIVES are seen from the first of the two members.
    """

    points: tuple[int, ...]
    waiting: int = 0

    @property
    def fit(self) -> int:
        """How well the two fit."""
        return sum(self.points)

    @property
    def total(self) -> int:
        """The fit and the priority together: what the solution makes as large as possible."""
        return self.fit + self.waiting

    def of(self, kind: TermKind) -> int:
        return self.points[tuple(TermKind).index(kind)]


@dataclass(frozen=True, slots=True)
class Match:
    """People who go together, ids in ascending order; in a directed track the mentor first.

    Scores stand in the order of `itertools.combinations(members, 2)`. `relaxed` are the rules set aside for them.
    """

    members: tuple[str, ...]
    scores: tuple[Score, ...]
    relaxed: tuple[Rule, ...] = ()
    pinned: bool = False
    track: Track = Track.PEER

    @property
    def fit(self) -> float:
        """The average fit of its pairs, in points."""
        return sum(each.fit for each in self.scores) / len(self.scores)

    @property
    def worth(self) -> float:
        """The sum, over the members, of half of each one's average score with the others; for a pair its score."""
        return sum(each.total for each in self.scores) / (len(self.members) - 1)

    def pairs(self) -> list[tuple[str, str, Score]]:
        """Return every pair of members with its score."""
        return [(a, b, each) for (a, b), each in zip(combinations(self.members, 2), self.scores, strict=True)]


class WhyAlone(StrEnum):
    """In the order in which they are asked; the first that is true is given. Private rules are never named."""

    AWAY = "away"  # on leave or on a break
    NO_CAPACITY = "no_capacity"  # takes on nobody now
    NOBODY_ELSE = "nobody_else"  # the only person in the round
    NO_SHARED_LANGUAGE = "no_shared_language"  # with anyone
    MET_EVERYONE = "met_everyone"  # recently: everyone with whom there is a shared language
    NOBODY_ALLOWED = "nobody_allowed"  # the rules leave no suitable partner
    NOT_NEEDED = "not_needed"  # a mentor for whom there is no mentee this time
    NOBODY_LEFT = "nobody_left"  # there were partners, but each was needed elsewhere


@dataclass(frozen=True, slots=True)
class Unmatched:
    id: str
    reason: WhyAlone


@dataclass(frozen=True, slots=True)
class Solution:
    """Matches by their members and people without a match by id: together everybody, exactly once.

    In a directed track a mentor may be in as many matches as they have places, and whoever is both mentor and mentee in
    one more.
    """

    matches: tuple[Match, ...]
    unmatched: tuple[Unmatched, ...]
    bound: float | None = None
    """What the matches cannot be worth more than in total; None if nothing is proven."""
    optimal: bool = False
    """Whether no solution is worth more."""
    floor: int | None = None
    """No pair outside a trio fits less than this, if the round was made fair."""
    refused_pins: tuple[frozenset[str], ...] = field(default=())
    """Pins that the rules do not allow. Which rule it is stays private."""

    @property
    def total(self) -> float:
        """What the whole solution is worth."""
        return sum(match.worth for match in self.matches)
