"""Fairness: no terrible worst match for a little total.

The floor is raised to the highest fit at which everybody is still matched and no more of the total is given up than the
policy allows; above it the total is made as large as it can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.graph import Graph, chosen
from bot.matching.pairs import best_pairs
from bot.matching.rings import ALONE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

MANY = 3000
"""Beyond so many people only a few floors are tried: each costs as much as the matching itself."""


@dataclass(frozen=True, slots=True)
class Floor:
    partner: Places
    height: int
    """No pair that the floor holds for fits less than this."""


def raised(graph: Graph, fit: NDArray[np.int16], partner: Places, loss: float) -> Floor:
    """Return pairs for the same people with a better worst one; the given ones if that costs more than `loss` of them.

    `fit` is that of every pair of the graph; `loss` a share of the total fit.
    """
    import numpy as np

    used = chosen(graph, partner)
    if not used.any():
        return Floor(partner, 0)
    people = partner != ALONE
    inside = people[graph.first] & people[graph.second]
    free, own = graph.only(inside), fit[inside]
    best = Floor(partner, int(fit[used].min()))
    least = float(fit[used].sum()) * (1 - loss)
    levels = np.unique(own[own > best.height]) if loss else own[:0]
    low, high, tries = 0, _seated(free, own, levels, people), 8 if graph.size <= MANY else 3
    middle = high  # everybody at the highest floor is most often affordable
    while low < high and tries:
        above = own >= levels[middle - 1]
        found = _pairs(free.only(above), people)
        total = float(own[chosen(free, found)].sum()) if found is not None else -1
        if found is not None and total >= least:
            best, low = Floor(np.where(people, found, partner), int(levels[middle - 1])), middle
        else:
            high = middle - 1
        middle, tries = (low + high + 1) // 2, tries - 1
    return best


def _pairs(graph: Graph, people: NDArray[np.bool_]) -> Places | None:
    """Return the best pairs if they take in all these people."""
    partner = best_pairs(graph).partner
    return None if ((partner == ALONE) & people).any() else partner


def _seated(graph: Graph, fit: NDArray[np.int16], levels: NDArray[np.int16], people: NDArray[np.bool_]) -> int:
    """Return how many of the levels leave everybody a partner, by halves: not more can do so in pairs."""
    low, high = 0, len(levels)
    while low < high:
        middle = (low + high + 1) // 2
        if _by_halves(graph.only(fit >= levels[middle - 1])) == int(people.sum()):
            low = middle
        else:
            high = middle - 1
    return low


def _by_halves(graph: Graph) -> int:
    """Return how many people can choose and be chosen by somebody."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    one = np.concatenate([graph.first, graph.second])
    other = np.concatenate([graph.second, graph.first])
    links = csr_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(graph.size, graph.size))
    return int((maximum_bipartite_matching(links) >= 0).sum())
