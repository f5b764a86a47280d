"""Circles put together in the best possible way: each person in at most one of the listed ones. Exact."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.matching.annealing import ALONE_COST, Circle, Table

MOST_LISTED = 20_000
NODES = 3_000
"""How far the search may branch before it takes the best found; a limit in seconds would make runs differ."""


def all_circles(table: Table) -> list[Circle] | None:
    """Return every allowed circle, or None if there are too many to list."""
    if sum(math.comb(table.size, size) for size in range(table.smallest, table.largest + 1)) > 10 * MOST_LISTED:
        return None
    growing: list[Circle] = [(person,) for person in range(table.size)]
    listed: list[Circle] = []
    for size in range(2, table.largest + 1):
        growing = [
            (*circle, one)
            for circle in growing
            for one in range(circle[-1] + 1, table.size)
            if all(math.isfinite(table.worth[other][one]) for other in circle)
        ]
        if size >= table.smallest:
            listed += growing
        if len(listed) > MOST_LISTED:
            return None
    return listed


def best_partition(table: Table, circles: Sequence[Circle]) -> list[Circle]:
    """Return disjoint circles with as few people left over as possible, then the largest worth."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    if not circles:
        return []
    worth = np.array([table.value(circle) + ALONE_COST * len(circle) for circle in circles])
    person = np.array([one for circle in circles for one in circle])
    column = np.repeat(np.arange(len(circles)), [len(circle) for circle in circles])
    seats = csr_array((np.ones(len(person)), (person, column)), shape=(table.size, len(circles)))
    found = milp(
        -worth,
        integrality=np.ones(len(circles)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(seats, -np.inf, 1),
        options={"mip_rel_gap": 0, "node_limit": NODES},
    )
    if found.x is None:
        return []
    return sorted(circle for circle, used in zip(circles, found.x, strict=True) if used > 0.5)  # noqa: PLR2004  0 or 1
