"""Pairs by halves: a fast solution in which closed rings of people stand beside each other, and prices that bound it.

Everybody chooses one partner and is chosen by one, not necessarily by the same. The best such choice is an assignment
problem on the symmetric matrix, and half of its worth bounds what any pairs can be worth. It consists of pairs, of
even rings, which split into pairs without loss, and of odd rings, in which one person is left over.

Its dual are prices: everybody has one, and the prices of two people together are never below the weight of their pair.
An arrangement loses against the bound exactly what its pairs lose: price and price minus weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.graph import Graph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

MOST_ROUNDS = 400
"""Of the search for prices: stopped earlier they are still a bound, only not the lowest."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """`choice` is whom everybody chooses, themselves if nobody is there for them."""

    choice: Places
    price: NDArray[np.float64]

    def loss(self, graph: Graph) -> NDArray[np.float64]:
        """Return what each pair of the graph would lose."""
        lost: NDArray[np.float64] = self.price[graph.first] + self.price[graph.second] - graph.weight
        return lost


def assign(graph: Graph) -> Assignment:
    """Return the best choice; as few people as possible choose themselves."""
    import numpy as np

    everybody = np.arange(graph.size, dtype=np.int32)
    if not len(graph):
        return Assignment(everybody, np.zeros(graph.size))
    alone = _alone(graph)
    one = np.concatenate([graph.first, graph.second, everybody])
    other = np.concatenate([graph.second, graph.first, everybody])
    weight = np.concatenate([graph.weight, graph.weight, np.full(graph.size, alone)])
    order = np.lexsort((other, one))
    one, other, weight = one[order], other[order], weight[order]
    del order
    begin = np.searchsorted(one, everybody)
    choice = _choose(np.append(begin, len(one)), other, weight)
    return Assignment(choice, _prices(begin, one, other, weight, choice))


def _alone(graph: Graph) -> float:
    """Return a weight so low that staying alone never pays."""
    span = float(graph.weight.max() - graph.weight.min()) + 1
    return float(graph.weight.min()) - span * min(graph.size, 1000)


def _choose(begin: NDArray[np.intp], other: Places, weight: NDArray[np.float64]) -> Places:
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    size = len(begin) - 1
    matrix = csr_array((weight.max() + 1 - weight, other, begin.astype(np.int32)), shape=(size, size))
    return np.asarray(min_weight_full_bipartite_matching(matrix)[1], dtype=np.int32)


def _prices(
    begin: NDArray[np.intp], one: Places, other: Places, weight: NDArray[np.float64], choice: Places
) -> NDArray[np.float64]:
    """Return the prices that belong to a best choice: shortest paths, by Bellman and Ford, everybody at once."""
    import numpy as np

    kept = np.empty(len(choice))
    picked = choice[one] == other
    kept[one[picked]] = weight[picked]
    asked = np.zeros(len(choice))  # as somebody's choice; what is left of the weight is the chooser's own
    for _ in range(MOST_ROUNDS):
        best = np.maximum.reduceat(weight - asked[other], begin)
        lower = kept - best
        if (lower >= asked[choice]).all():
            break
        asked[choice] = np.minimum(asked[choice], lower)
    best = np.maximum.reduceat(weight - asked[other], begin)
    price: NDArray[np.float64] = (best + asked) / 2
    return price
