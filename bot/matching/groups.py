"""Everybody into pairs and as few trios as possible.

First as few people as possible are left alone, then as few trios as possible are made, then the worth is the largest.
Worth is what trios.py says. The first two hold always. The third is exact wherever a set of people connected by allowed
pairs needs at most one trio, which is every ordinary round; where more are needed, each next trio is the best one given
those before. (Which trio is taken first never costs a person their place: sets of odd parts that can be left over by a
maximum matching form a matroid.)
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.matching.pairs import Weights, best_pairs, islands, without
from bot.matching.trios import best_trio


@dataclass(frozen=True, slots=True)
class Groups:
    together: tuple[tuple[int, ...], ...]
    """Pairs and trios, each ascending, all in ascending order."""

    alone: tuple[int, ...]


def best_groups(people: frozenset[int], weights: Weights) -> Groups:
    """Return the best groups of `people`, whose allowed pairs and their weights are given."""
    together: list[tuple[int, ...]] = []
    alone: list[int] = []
    waiting = islands(people, weights)
    while waiting:
        island = waiting.pop()
        inside = without(weights, people - island)
        pairs = best_pairs(inside)
        left = island.difference(*pairs)
        trio = best_trio(island, inside, alone=len(left) - 1) if left else None
        if trio is None:
            together += pairs
            alone += left
        else:
            together.append(trio)
            rest = island.difference(trio)
            waiting += islands(rest, without(inside, frozenset(trio)))
    return Groups(tuple(sorted(together)), tuple(sorted(alone)))
