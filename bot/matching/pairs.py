"""The best pairs in a graph of allowed pairs: as many as possible, and of those the choice that is worth most.

The assignment with its rings split comes within a few points of its own bound. What is left is mended where it is: the
people near those who were left over, near by what it would cost to get there, are paired anew, exactly. If that leaves
a gap in a small graph, everything is paired exactly, on the few pairs whose loss fits into the gap: no other pair can
be part of anything better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.assignment import Assignment, assign
from bot.matching.graph import Graph, worth
from bot.matching.rings import ALONE, split_rings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

SMALL = 600
"""Up to so many people the answer is made exact, whatever it takes."""
CLOSE = 2e-5
"""A gap to the bound that is left alone in larger graphs, as a share of the worth."""
NEAR, WIDER = 100, 4
"""How many people around each one left over are paired anew, and by how much more if that was not enough."""
MOST_NEAR = 6000


@dataclass(frozen=True, slots=True)
class Paired:
    """`partner` is everybody's partner or ALONE; `bound` is what no pairs of the graph can exceed."""

    partner: Places
    price: NDArray[np.float64]
    alone: int
    """How many people have nobody even by halves: no arrangement of pairs leaves fewer over."""

    @property
    def bound(self) -> float:
        return float(self.price.sum())


def best_pairs(graph: Graph) -> Paired:
    """Return the pairs, and prices that bound them."""
    import numpy as np

    assignment = assign(graph)
    alone = int((assignment.choice == np.arange(graph.size)).sum())
    partner = split_rings(graph, assignment.choice)
    partner = mended(graph, assignment, partner, alone)
    if graph.size <= SMALL or (alone == 0 and _gap(graph, assignment, partner) > CLOSE):
        partner = _exact(graph, assignment, partner, alone)
    return Paired(partner, assignment.price, alone)


def _gap(graph: Graph, assignment: Assignment, partner: Places) -> float:
    bound = float(assignment.price.sum())
    return (bound - worth(graph, partner)) / max(abs(bound), 1.0)


def mended(graph: Graph, assignment: Assignment, partner: Places, alone: int = 0) -> Places:
    """Return a partner for as many of those left over as can be had, at the least loss nearby."""
    import numpy as np

    left = (partner == ALONE).nonzero()[0]
    near = NEAR
    loss = assignment.loss(graph)
    while len(left) > alone + (graph.size - alone) % 2:
        wanted = min(graph.size, MOST_NEAR, near * len(left))
        inside = _neighbourhood(graph, loss, partner, left, wanted)
        partner = _anew(graph, partner, inside)
        now = (partner == ALONE).nonzero()[0]
        if len(now) == len(left) and wanted >= min(graph.size, MOST_NEAR):
            break
        near, left = near * WIDER, now
    return np.asarray(partner, dtype=np.int32)


def _neighbourhood(
    graph: Graph, loss: NDArray[np.float64], partner: Places, left: NDArray[np.intp], wanted: int
) -> NDArray[np.bool_]:
    """Return about `wanted` people whom a rearrangement that begins at those left over reaches at the least loss."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    if wanted >= graph.size:
        return np.ones(graph.size, dtype=bool)
    one = np.concatenate([graph.first, graph.second])
    other = np.concatenate([graph.second, graph.first])
    freed = np.where(partner[other] == ALONE, other, partner[other])  # taking somebody's partner frees them
    cost = np.maximum(np.concatenate([loss, loss]), 0) + 1
    step = csr_array((cost, (one, freed)), shape=(graph.size, graph.size))
    far = dijkstra(step, indices=left, min_only=True)
    inside = np.zeros(graph.size, dtype=bool)
    inside[np.argsort(far, kind="stable")[:wanted]] = True
    inside &= np.isfinite(far)
    reached = inside.nonzero()[0]
    mates = partner[reached]
    inside[mates[mates != ALONE]] = True
    return inside


def _anew(graph: Graph, partner: Places, inside: NDArray[np.bool_]) -> Places:
    """Return the arrangement with those inside paired anew, in the best way."""
    import numpy as np

    return np.where(inside, matched(graph.among(inside)), partner)


def _exact(graph: Graph, assignment: Assignment, partner: Places, alone: int) -> Places:
    gap = float(assignment.price.sum()) - worth(graph, partner)
    if alone or (partner == ALONE).any():
        return matched(graph)
    return matched(graph.only(assignment.loss(graph) <= gap)) if gap > 0 else partner


def matched(graph: Graph) -> Places:
    """Return an exact solution: as many pairs as possible, then the largest weight. Slow for thousands of people."""
    import numpy as np
    import rustworkx

    used, place = np.unique(np.concatenate([graph.first, graph.second]), return_inverse=True)
    pairs = place.reshape(2, -1)
    network: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    network.add_nodes_from([None] * len(used))
    network.add_edges_from(list(zip(*pairs.tolist(), graph.weight.astype(np.int64).tolist(), strict=True)))
    chosen = rustworkx.max_weight_matching(network, max_cardinality=True, weight_fn=int)
    partner = np.full(graph.size, ALONE, dtype=np.int32)
    for one, other in chosen:
        partner[used[one]], partner[used[other]] = used[other], used[one]
    return partner
