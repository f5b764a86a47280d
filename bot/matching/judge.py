"""The one who looks at pairs: scores them, asks the rules, and writes down what a match is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from bot.matching.columns import Columns, columns_of, dice
from bot.matching.facing import Facing
from bot.matching.matches import Match, Score
from bot.matching.people import Population, Track
from bot.matching.policy import Policy
from bot.matching.rules import RELAXES, Rule, Rulebook, named
from bot.matching.score import Scorer
from bot.matching.ties import ties_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

CHUNK = 1 << 15
"""Pairs that are scored in one go: what they need in between stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Scores pairs and asks the rules. `dice` break ties."""

    scorer: Scorer
    rulebook: Rulebook
    dice: NDArray[np.uint64]

    @property
    def columns(self) -> Columns:
        return self.scorer.columns

    @property
    def size(self) -> int:
        return len(self.columns)

    def weigh(self, first: Places, second: Places) -> tuple[NDArray[np.int16], NDArray[np.uint16]]:
        """Return how well each pair fits and which rules it breaks."""
        return self._chunked(first, second, lambda it: (self.scorer.fit(it), self.rulebook.broken(it)))

    def glance(self, first: Places, second: Places) -> tuple[NDArray[np.int16], NDArray[np.uint16]]:
        """Return the same, faster, as if no two people knew of each other."""
        return self._chunked(first, second, lambda it: (self.scorer.untied(it), self.rulebook.untied(it)))

    def _chunked(
        self,
        first: Places,
        second: Places,
        asked: Callable[[Facing], tuple[NDArray[np.int16], NDArray[np.uint16]]],
    ) -> tuple[NDArray[np.int16], NDArray[np.uint16]]:
        import numpy as np

        fit, broken = np.empty(len(first), dtype=np.int16), np.empty(len(first), dtype=np.uint16)
        for begin in range(0, len(first), CHUNK):
            part = slice(begin, begin + CHUNK)
            fit[part], broken[part] = asked(Facing(self.columns, first[part], second[part]))
        return fit, broken


def judge_of(population: Population, policy: Policy, seed: int, track: Track = Track.PEER) -> Judge:
    """Return who scores the pairs of a population and asks the rules."""
    columns, ties = columns_of(population), ties_of(population)
    return Judge(Scorer(columns, ties, policy, track), Rulebook(columns, ties, policy, track), dice(population, seed))


def scored(
    judge: Judge, population: Population, together: Sequence[tuple[int, ...]], *, pinned: bool = False
) -> list[Match]:
    """Return groups of places as matches."""
    import numpy as np

    pairs = [pair for group in together for pair in combinations(group, 2)]
    first, second = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    facing = Facing(judge.columns, first, second)
    points = np.stack(judge.scorer.terms(facing), axis=1).tolist() if pairs else []
    priority = judge.scorer.priority()
    waiting = (priority[first] + priority[second]).tolist()
    broken = judge.rulebook.broken(facing).tolist()
    scores = [Score(tuple(each), waited) for each, waited in zip(points, waiting, strict=True)]
    matches, begin = [], 0
    for group in together:
        end = begin + len(group) * (len(group) - 1) // 2
        members = tuple(population.people[place].id for place in group)
        relaxed = _relaxed(broken[begin:end])
        matches.append(Match(members, tuple(scores[begin:end]), relaxed, pinned, judge.scorer.track))
        begin = end
    return matches


def _relaxed(broken: Iterable[int]) -> tuple[Rule, ...]:
    relaxable = set(RELAXES.values())
    found = {rule for each in broken for rule in named(each) if rule in relaxable}
    return tuple(rule for rule in Rule if rule in found)
