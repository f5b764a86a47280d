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

FEW = 4
"""A fourth of everybody: while more change than that, all pairs at once are faster than theirs alone."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """`choice` is whom everybody chooses, themselves if nobody is there for them."""

    choice: Places
    price: NDArray[np.float64]


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
    """Return the prices that belong to a best choice: shortest paths, by Bellman and Ford, everybody at once.

    After the first rounds few still change, so from then on only their pairs are looked at: a price only falls, and
    with it only grows what it leaves to the others.
    """
    import numpy as np

    kept = np.empty(len(choice))
    picked = choice[one] == other
    kept[one[picked]] = weight[picked]
    asked = np.zeros(len(choice))  # as somebody's choice; what is left of the weight is the chooser's own
    best = np.maximum.reduceat(weight - asked[other], begin)
    ends = np.append(begin[1:], len(one))
    for _ in range(MOST_ROUNDS):
        falls = (kept - best < asked[choice]).nonzero()[0]
        if not len(falls):
            break
        fallen = choice[falls]
        asked[fallen] = (kept - best)[falls]
        if len(fallen) > len(choice) // FEW:
            best = np.maximum.reduceat(weight - asked[other], begin)
            continue
        theirs = _ranges(begin[fallen], ends[fallen])
        np.maximum.at(best, other[theirs], weight[theirs] - asked[one[theirs]])
    price: NDArray[np.float64] = (best + asked) / 2
    return price


def _ranges(begin: NDArray[np.intp], end: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the numbers from each beginning up to its end, one after the other."""
    import numpy as np

    lengths = end - begin
    before = np.cumsum(lengths) - lengths
    numbers: NDArray[np.intp] = np.arange(lengths.sum()) + np.repeat(begin - before, lengths)
    return numbers
