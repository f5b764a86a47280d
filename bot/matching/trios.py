"""The best trio for a number of people that pairs alone cannot take in.

An arrangement is worth, summed over everybody, the average weight of a person with those they meet: a pair counts twice
its weight, a trio the sum of its three. So a trio is neither a bargain nor a sacrifice: nobody in it counts for more or
less than in a pair of the same quality, and a person's own bonus weighs the same in both.

The search is exact. Every trio gets an upper bound for any arrangement that holds it, from the prices in prices.py;
trios are tried from the highest bound down until the best arrangement found is not below the next bound. A second bound
comes before the costly trial: take one of the three out, pair all others in the best way, and add the most that joining
the pair of the other two could bring.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from bot.matching.pairs import Pair, Weights, perfect_sum, without
from bot.matching.prices import lowest_prices

Trio = tuple[int, int, int]
"""Three different people by their number, ascending."""


def best_trio(people: frozenset[int], weights: Weights, alone: int) -> Trio | None:
    """Return the trio of the most valuable arrangement of one trio, pairs, and exactly `alone` people left alone.

    None if there is no such arrangement.
    """
    places = range(max(people) + 1, max(people) + 1 + alone)
    seats = {(person, place): 0 for person in people for place in places}
    prices = lowest_prices([*sorted(people), *places], {**weights, **seats})
    if prices is None:
        return None
    return _Search({**weights, **seats}, prices, weights).run()


@dataclass(slots=True)
class _Search:
    weights: Weights
    """Pairs that can still be part of a better arrangement; being alone is a pair of person and place."""

    prices: dict[int, int]
    real: Weights
    best: Trio | None = None
    worth: int = 0
    rest: dict[int, int | None] = field(default_factory=dict)

    def run(self) -> Trio | None:
        losses = {pair: self._loss(pair) for pair in self.real}
        below, radius, furthest = 0, self._first_radius(losses), 2 * max(losses.values(), default=0) + 1
        while True:
            for loss, trio in sorted(_trios(losses, below, radius)):
                if self._proven(loss):
                    return self.best
                self._try(trio)
            if radius >= furthest or self._proven(radius):
                return self.best
            below, radius = radius, self._next_radius(radius)

    def _first_radius(self, losses: dict[Pair, int]) -> int:
        """Wide enough for a handful of pairs for each person: the best trio is nearly always among them."""
        ordered = sorted(losses.values())
        return ordered[min(2 * len(self.prices), len(ordered) - 1)] + 1 if ordered else 1

    def _next_radius(self, radius: int) -> int:
        return 4 * radius if self.best is None else min(4 * radius, self._slack())

    def _loss(self, pair: Pair) -> int:
        return self.prices[pair[0]] + self.prices[pair[1]] - 2 * self.weights[pair]

    def _slack(self) -> int:
        """How much a better arrangement may lose at most."""
        return sum(self.prices.values()) - self.worth

    def _proven(self, loss: int) -> bool:
        return self.best is not None and loss >= self._slack()

    def _try(self, trio: Trio) -> None:
        if not all(self._promises(third, trio) for third in trio):
            return
        paired = perfect_sum(without(self.weights, frozenset(trio)), len(self.prices) - 3)
        if paired is None:
            return
        worth = 2 * paired + sum(self.real[pair] for pair in combinations(trio, 2))
        if self.best is None or worth > self.worth:
            self.best, self.worth = trio, worth
            # No pair of a better arrangement, nor of the arrangement behind the second bound, loses twice the slack.
            limit = 2 * self._slack()
            self.weights = {pair: weight for pair, weight in self.weights.items() if self._loss(pair) < limit}

    def _promises(self, third: int, trio: Trio) -> bool:
        if third not in self.rest:
            self.rest[third] = perfect_sum(without(self.weights, frozenset((third,))), len(self.prices) - 1)
        rest = self.rest[third]
        if rest is None:
            return False
        first, second = (person for person in trio if person != third)
        joining = sum(self.real[min(third, one), max(third, one)] for one in (first, second))
        return self.best is None or 2 * rest + joining - self.real[first, second] > self.worth


def _trios(losses: dict[Pair, int], at_least: int, below: int) -> Iterator[tuple[int, Trio]]:
    """Yield allowed trios with their loss, half the sum of their pairs' losses, if it lies in the given range."""
    later: dict[int, set[int]] = {}
    for (a, b), loss in losses.items():
        if loss < 2 * below:
            later.setdefault(a, set()).add(b)
    for a, others in later.items():
        for b in others:
            for c in others & later.get(b, set()):
                loss = (losses[a, b] + losses[a, c] + losses[b, c]) // 2
                if at_least <= loss < below:
                    yield loss, (a, b, c)
