"""The allowed pairs of a population and what each is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places


POINT = 1 << 24
"""Weights are whole numbers, a point of the score is this much: below it there is room for the dice that break ties.

They are held as floats, because the solvers want those; up to 2 to the 53 the sums are still exact. That matters: with
fractions in the weights the assignment takes many times as long.
"""


@dataclass(frozen=True, slots=True)
class Graph:
    """Pairs of people by their place, the smaller one first, each pair once, in ascending order."""

    size: int
    first: Places
    second: Places
    weight: NDArray[np.float64]
    """What the pair is worth in the solution; whole numbers, see `POINT`."""

    def __len__(self) -> int:
        return len(self.first)

    def only(self, wanted: NDArray[np.bool_]) -> Graph:
        """Return the graph of the wanted pairs."""
        return replace(self, first=self.first[wanted], second=self.second[wanted], weight=self.weight[wanted])

    def loss(self, price: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each pair loses against everybody's prices."""
        lost: NDArray[np.float64] = price[self.first] + price[self.second] - self.weight
        return lost

    def among(self, people: NDArray[np.bool_]) -> Graph:
        """Return the graph of the pairs of which both are wanted; places stay as they are."""
        return self.only(people[self.first] & people[self.second])

    def packed(self) -> tuple[NDArray[np.intp], Graph]:
        """Return the places of whoever has a pair, ascending, and the graph of them alone, counted from zero."""
        import numpy as np

        who, place = np.unique(np.concatenate([self.first, self.second]), return_inverse=True)
        first, second = place.astype(np.int32).reshape(2, -1)
        return who, Graph(len(who), first, second, self.weight)

    def rows(self) -> Rows:
        """Return the pairs of everybody, both ways."""
        import numpy as np

        one = np.concatenate([self.first, self.second])
        other = np.concatenate([self.second, self.first])
        order = np.lexsort((other, one))
        begin = np.searchsorted(one[order], np.arange(self.size + 1))
        return Rows(begin, other[order], np.concatenate([self.weight, self.weight])[order])


@dataclass(frozen=True, slots=True)
class Rows:
    """The partners of person i are `other[begin[i]:begin[i + 1]]`, ascending."""

    begin: NDArray[np.intp]
    other: Places
    weight: NDArray[np.float64]

    def of(self, person: int) -> slice:
        return slice(int(self.begin[person]), int(self.begin[person + 1]))


def worth(graph: Graph, partner: Places) -> float:
    """Return what the pairs of an arrangement are worth together."""
    return float(graph.weight[chosen(graph, partner)].sum())


def chosen(graph: Graph, partner: Places) -> NDArray[np.bool_]:
    """Return which pairs of the graph an arrangement uses."""
    matched: NDArray[np.bool_] = partner[graph.first] == graph.second
    return matched
