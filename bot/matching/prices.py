"""Prices that bound what any arrangement can be worth.

Give every person a price so that the prices of two people together are never below twice the weight of their pair.
Then no arrangement is worth more than the sum of all prices, and one that uses a pair or a trio whose members pay more
than it is worth loses at least the difference. The lowest such prices are the dual of the assignment problem on the
symmetric matrix, found by shortest augmenting paths. (The solvers we know give the assignment and keep its prices.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.matching.pairs import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GRAIN = 16
"""Prices are multiples of two to this power, so that 64 bits are enough for the arithmetic; they are rounded up."""


def lowest_prices(people: Sequence[int], weights: Weights) -> dict[int, int] | None:
    """Return the price of each person.

    None if not even pairs and closed rings of three, five, … people, every one with its two neighbours by halves, could
    take in everybody: then no pairs with a trio can.
    """
    import numpy as np

    place = {person: index for index, person in enumerate(people)}
    most = max((abs(weight) for weight in weights.values()), default=0) >> GRAIN
    missing = 4 * (len(people) + 1) * (most + 1)
    costs = np.full((len(people), len(people)), missing, dtype=np.int64)
    for (a, b), weight in weights.items():
        costs[place[a], place[b]] = costs[place[b], place[a]] = -weight >> GRAIN
    partner, rows, columns = _assign(costs)
    if any(costs[row, column] == missing for column, row in enumerate(partner)):
        return None
    return {person: -int(rows[index] + columns[index]) << GRAIN for person, index in place.items()}


def _assign(costs: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.int64]]:
    """Return the row of every column in the cheapest assignment, and the dual values of rows and columns."""
    import numpy as np

    size = len(costs)
    rows, columns = np.zeros(size, np.int64), np.zeros(size, np.int64)
    row_of = np.full(size, -1)
    for start in range(size):
        far = np.full(size, np.iinfo(np.int64).max)
        came_from, done = np.full(size, -1), np.zeros(size, bool)
        row, column, length = start, -1, np.int64(0)
        while True:
            reach = length + costs[row] - rows[row] - columns
            closer = ~done & (reach < far)
            far[closer], came_from[closer] = reach[closer], column
            column = int(np.argmin(np.where(done, np.iinfo(np.int64).max, far)))
            length = far[column]
            if row_of[column] < 0:
                break
            done[column] = True
            row = row_of[column]
        rows[row_of[done]] += length - far[done]
        rows[start] += length
        columns[done] -= length - far[done]
        while column >= 0:
            previous = int(came_from[column])
            row_of[column] = row_of[previous] if previous >= 0 else start
            column = previous
    return row_of, rows, columns
