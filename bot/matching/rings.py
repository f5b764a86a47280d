"""From rings to pairs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.matching.graph import Graph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

ALONE = -1


def split_rings(graph: Graph, choice: Places) -> Places:
    """Return everybody's partner: even rings split in the better way, odd ones leave out whom it costs least.

    Whoever is left over has `ALONE`.
    """
    import numpy as np

    everybody = np.arange(graph.size, dtype=np.int32)
    mutual = (choice[choice] == everybody) & (choice != everybody)
    partner = np.where(mutual, choice, np.int32(ALONE))
    for ring in _rings(choice, (~mutual & (choice != everybody)).nonzero()[0]):
        weights = _along(graph, ring)
        start = _best_start(weights)
        order = np.roll(ring, -start)
        pairs = order[: len(ring) // 2 * 2].reshape(-1, 2)
        partner[pairs[:, 0]], partner[pairs[:, 1]] = pairs[:, 1], pairs[:, 0]
    return partner


def _rings(choice: Places, people: NDArray[np.intp]) -> Iterator[Places]:
    import numpy as np

    seen = set[int]()
    for begin in people.tolist():
        ring, person = [], begin
        while person not in seen:
            seen.add(person)
            ring.append(person)
            person = int(choice[person])
        if ring:
            yield np.array(ring, dtype=np.int32)


def _along(graph: Graph, ring: Places) -> NDArray[np.float64]:
    """Return the weight of everybody in the ring with the next one."""
    import numpy as np

    following = np.roll(ring, -1)
    low, high = np.minimum(ring, following), np.maximum(ring, following)
    key = graph.first.astype(np.int64) * graph.size + graph.second
    found: NDArray[np.float64] = graph.weight[np.searchsorted(key, low.astype(np.int64) * graph.size + high)]
    return found


def _best_start(weights: NDArray[np.float64]) -> int:
    """Return where the pairs (start, start + 1), (start + 2, start + 3), … are worth most; an odd last one is left."""
    import numpy as np

    size = len(weights)
    if size % 2 == 0:
        return int(weights[1::2].sum() > weights[0::2].sum())
    # Going round in steps of two visits everybody of an odd ring; pairing it takes `size // 2` such steps in a row.
    around = weights[2 * np.arange(2 * size) % size]
    sums = np.cumsum(np.concatenate([[0.0], around]))
    return int(np.argmax(sums[size // 2 : size // 2 + size] - sums[:size])) * 2 % size
