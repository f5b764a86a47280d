"""The best groups of a handful of people: every arrangement is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from bot.matching.graph import Graph

HANDFUL = 10
"""Up to so many people."""

Group = tuple[int, ...]
Value = tuple[int, int, tuple[tuple[int, int], ...], float]
"""What makes an arrangement better than another: minus those alone, minus the trios, whose turn it is, the worth."""


def best_of_few(graph: Graph, turns: list[tuple[int, int]]) -> tuple[Group, ...]:
    """Return pairs and trios: as few people alone as possible, then as few trios, then the best thirds, then the worth.

    `turns` says of everybody how soon it is their turn to be third, the smallest first. A trio is worth half the sum of
    its pairs, so that each person counts with their average. Ascending; whoever is in no group stays alone.
    """
    return _Few(graph, turns).best()


class _Few:
    def __init__(self, graph: Graph, turns: list[tuple[int, int]]) -> None:
        self.size, self.turns = graph.size, turns
        places = graph.first.tolist(), graph.second.tolist(), graph.weight.tolist()
        self.weight = {(a, b): weight for a, b, weight in zip(*places, strict=True)}

    def best(self) -> tuple[Group, ...]:
        """Decide on the first person of those left, and remember what is best for every set of people left."""

        @cache
        def found(left: Group) -> tuple[Value, tuple[Group, ...]]:
            if not left:
                return (0, 0, (), 0.0), ()
            tried = (_with(self._value(group), group, found(_without(left, group))) for group in self._groups(left))
            return max(tried, key=_first)

        return tuple(group for group in found(tuple(range(self.size)))[1] if len(group) > 1)

    def _groups(self, left: Group) -> Iterator[Group]:
        first, *others = left
        yield (first,)
        for size in (1, 2):
            for company in combinations(others, size):
                if all(pair in self.weight for pair in combinations((first, *company), 2)):
                    yield (first, *company)

    def _value(self, group: Group) -> Value:
        worth = sum(self.weight[pair] for pair in combinations(group, 2)) / max(1, len(group) - 1)
        trio = len(group) == 3  # noqa: PLR2004  a trio
        return -(len(group) == 1), -trio, (turn_of(self.turns, group),) if trio else (), worth


def turn_of(turns: list[tuple[int, int]], trio: Group) -> tuple[int, int]:
    """Return how gladly three people are a trio, the larger the better.

    If anybody volunteers, what counts is the volunteer who was third least often; else, who was most often.
    """
    volunteers = [turns[person] for person in trio if turns[person][0] == 0]
    refused, times = min(volunteers) if volunteers else max(turns[person] for person in trio)
    return -refused, -times


def _with(value: Value, group: Group, rest: tuple[Value, tuple[Group, ...]]) -> tuple[Value, tuple[Group, ...]]:
    alone, trios, turns, worth = rest[0]
    whole = (value[0] + alone, value[1] + trios, tuple(sorted(value[2] + turns)), value[3] + worth)
    return whole, (group, *rest[1])


def _without(left: Group, group: Group) -> Group:
    return tuple(person for person in left if person not in group)


def _first(found: tuple[Value, tuple[Group, ...]]) -> Value:
    return found[0]
