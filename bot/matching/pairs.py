"""The best pairs in a graph of allowed pairs: as many as possible, and of those the choice that is worth most.

The assignment with its rings split comes within a few points of its own bound. What is left is mended where it is: the
people near those who were left over, near by what it would cost to get there, are paired anew, exactly. If that leaves
a gap in a small graph, everything is paired exactly, on the few pairs whose loss fits into the gap: no other pair can
be part of anything better.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.matching.assignment import assign
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
    paired = good_pairs(graph)
    if graph.size <= SMALL or (paired.alone == 0 and _gap(graph, paired) > CLOSE):
        return replace(paired, partner=_exact(graph, paired))
    return paired


def good_pairs(graph: Graph) -> Paired:
    """Return pairs that leave a gap to their bound here and there, without the time that closing it takes."""
    import numpy as np

    assignment = assign(graph)
    alone = int((assignment.choice == np.arange(graph.size)).sum())
    partner = split_rings(graph, assignment.choice)
    return Paired(mended(graph, graph.loss(assignment.price), partner, alone), assignment.price, alone)


def _gap(graph: Graph, paired: Paired) -> float:
    return (paired.bound - worth(graph, paired.partner)) / max(abs(paired.bound), 1.0)


def mended(
    graph: Graph,
    loss: NDArray[np.float64],
    partner: Places,
    alone: int = 0,
    anew: Callable[[Graph], Places] | None = None,
    near: int = NEAR,
    most: int = MOST_NEAR,
) -> Places:
    """Return a partner for as many of those left over as can be had, at the least loss nearby.

    `loss` is what each pair loses against the prices; `alone` people cannot have anybody. `anew` pairs about
    `near` people around each one left over, and not many more than `most`: `matched`, unless another is given.
    """
    import numpy as np

    left = (partner == ALONE).nonzero()[0]
    while len(left) > alone + (graph.size - alone) % 2:
        wanted = min(graph.size, most, near * len(left))
        inside = _neighbourhood(graph, loss, partner, left, wanted)
        partner = np.where(inside, (anew or matched)(graph.among(inside)), partner)
        now = (partner == ALONE).nonzero()[0]
        if len(now) == len(left) and wanted >= min(graph.size, most):
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


def _exact(graph: Graph, paired: Paired) -> Places:
    gap = paired.bound - worth(graph, paired.partner)
    if paired.alone or (paired.partner == ALONE).any():
        return matched(graph)
    return matched(graph.only(graph.loss(paired.price) <= gap)) if gap > 0 else paired.partner


def matched(graph: Graph) -> Places:
    """Return an exact solution: as many pairs as possible, then the largest weight. Slow for thousands of people."""
    import numpy as np
    import rustworkx

    used, packed = graph.packed()
    weight = packed.weight.astype(np.int64).tolist()
    network: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    network.add_nodes_from([None] * len(used))
    network.add_edges_from(list(zip(packed.first.tolist(), packed.second.tolist(), weight, strict=True)))
    chosen = rustworkx.max_weight_matching(network, max_cardinality=True, weight_fn=int)
    partner = np.full(graph.size, ALONE, dtype=np.int32)
    for one, other in chosen:
        partner[used[one]], partner[used[other]] = used[other], used[one]
    return partner
