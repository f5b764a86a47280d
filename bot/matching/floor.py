"""Fairness: no terrible worst match for a little total.

The floor is raised to the highest fit at which everybody is still matched and no more of the total is given up than the
policy allows; above it the total is made as large as it can be. Of many people only those around the pairs that the
floor parts are paired anew: on 10,000 to 100,000 people that kept 99.99 % of what pairing everybody anew comes to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.graph import Graph, chosen
from bot.matching.pairs import NEAR, Paired, best_pairs, good_pairs, mended
from bot.matching.rings import ALONE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

MANY = 3000
"""Beyond so many people only a few floors are tried, and only those whom it parts are paired anew."""
AROUND = 3000
"""At least so many people around those whom it parts."""


@dataclass(frozen=True, slots=True)
class Floor:
    partner: Places
    height: int
    """No pair that the floor holds for fits less than this."""


def raised(graph: Graph, fit: NDArray[np.int16], paired: Paired, loss: float) -> Floor:
    """Return pairs for the same people with a better worst one; the given ones if that costs more than `loss` of them.

    `fit` is that of every pair of the graph; `loss` a share of the total fit.
    """
    import numpy as np

    partner = paired.partner
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
        found = _pairs(free.only(above), paired, people)
        total = float(own[chosen(free, found)].sum()) if found is not None else -1
        if found is not None and total >= least:
            best, low = Floor(np.where(people, found, partner), int(levels[middle - 1])), middle
        else:
            high = middle - 1
        middle, tries = (low + high + 1) // 2, tries - 1
    return best


def _pairs(graph: Graph, before: Paired, people: NDArray[np.bool_]) -> Places | None:
    """Return the best pairs if they take in all these people."""
    if graph.size > MANY:
        partner = _mended(graph, before, int((~people).sum()))
        if not ((partner == ALONE) & people).any():
            return partner
    partner = best_pairs(graph).partner
    return None if ((partner == ALONE) & people).any() else partner


def _mended(graph: Graph, before: Paired, alone: int) -> Places:
    """Return the pairs there were that are still in the graph, and whom the others left behind paired anew."""
    import numpy as np

    kept = chosen(graph, before.partner)
    partner = np.full(graph.size, ALONE, dtype=np.int32)
    partner[graph.first[kept]], partner[graph.second[kept]] = graph.second[kept], graph.first[kept]
    price = before.price - np.where(partner == ALONE, _spare(graph, before.price), 0)
    near = max(NEAR, AROUND // max(1, int((partner == ALONE).sum()) - alone))
    return mended(graph, graph.loss(price), partner, alone, _by_assignment, near, graph.size)


def _spare(graph: Graph, price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by how much each price could fall alone: whoever lost a partner loses at least that with anybody."""
    import numpy as np

    loss, least = graph.loss(price), np.full(graph.size, np.inf)
    np.minimum.at(least, graph.first, loss)
    np.minimum.at(least, graph.second, loss)
    return np.where(np.isfinite(least), least, 0)


def _by_assignment(graph: Graph) -> Places:
    """Return the best pairs, fast where most people of the graph have none."""
    import numpy as np

    who, packed = graph.packed()
    found = good_pairs(packed).partner
    partner = np.full(graph.size, ALONE, dtype=np.int32)
    partner[who] = np.where(found == ALONE, ALONE, who[found])
    return partner


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
