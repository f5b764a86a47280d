"""What is known about two particular people: private exclusions, wishes, an owner's word, past meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.people import Population

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

EXCLUDED, COMPETITORS, FORBIDDEN = 1, 2, 4
"""The flags of a tie."""


@dataclass(frozen=True, slots=True)
class Ties:
    """Few of all pairs, each once; `key` is ascending: the smaller place times `size` plus the larger one.

    The last row stands for every other pair: no flag, no wish, and they have never met.
    """

    size: int
    key: NDArray[np.int64]
    flags: NDArray[np.uint8]
    wishes: NDArray[np.uint8]
    weeks: NDArray[np.float32]
    """Since the last meeting; infinite for never."""

    def rows(self, first: Places, second: Places) -> NDArray[np.intp]:
        """Return the row of each pair, in whichever order the two are named."""
        import numpy as np

        low, high = np.minimum(first, second), np.maximum(first, second)
        wanted = low.astype(np.int64) * self.size + high
        row = np.searchsorted(self.key[:-1], wanted)
        return np.where(self.key[row] == wanted, row, len(self.key) - 1)

    def pairs(self) -> tuple[Places, Places]:
        """Return all pairs that have a row, the smaller place first."""
        import numpy as np

        key = self.key[:-1]
        return (key // max(1, self.size)).astype(np.int32), (key % max(1, self.size)).astype(np.int32)


@dataclass(slots=True)
class _Tie:
    flags: int = 0
    wishes: int = 0
    weeks: float = float("inf")


def ties_of(population: Population) -> Ties:
    """Return the ties of a population; names of people who are not in it say nothing."""
    import numpy as np

    size, found = len(population), dict[int, _Tie]()
    place = {person.id: index for index, person in enumerate(population.people)}

    def tie(one: str, other: str) -> _Tie:
        a, b = place.get(one, -1), place.get(other, -1)
        if min(a, b) < 0 or a == b:
            return _Tie()
        return found.setdefault(min(a, b) * size + max(a, b), _Tie())

    for one, other, flag in _flagged(population):
        tie(one, other).flags |= flag
    for person in population.people:
        for other in person.wishes:
            tie(person.id, other).wishes += 1
    for pair, weeks in population.history.weeks_ago.items():
        if len(pair) > 1:
            tie(*pair).weeks = weeks
    key = sorted(found)
    ties = [*(found[each] for each in key), _Tie()]
    return Ties(
        size,
        np.array([*key, -1], dtype=np.int64),
        np.array([each.flags for each in ties], dtype=np.uint8),
        np.array([each.wishes for each in ties], dtype=np.uint8),
        np.array([each.weeks for each in ties], dtype=np.float32),
    )


def _flagged(population: Population) -> Iterator[tuple[str, str, int]]:
    for person in population.people:
        yield from ((person.id, other, EXCLUDED) for other in person.exclude)
        yield from ((person.id, other, COMPETITORS) for other in person.competes_with)
    for one, other in population.decisions.forbidden:
        yield one, other, FORBIDDEN
