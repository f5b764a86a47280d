"""A trio for whoever the pairs leave over.

An arrangement is worth, for everybody, half their average weight with those they meet: a pair counts its weight, a trio
half the sum of its three. So a trio is neither a bargain nor a sacrifice. A closed ring of three is worth exactly this
in the assignment too, so its prices bound arrangements with a trio: one that holds a given trio loses at least what the
three pay more than they are worth. Trios are tried from the smallest loss up, volunteers first, until the best
arrangement found is not below the next bound, or so many were tried that more would not be worth the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.graph import Graph, worth
from bot.matching.pairs import SMALL, Paired, matched, mended
from bot.matching.rings import ALONE
from bot.matching.small import turn_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

_Key = tuple[int, tuple[int, int], float]

Trio = tuple[int, int, int]
"""Three different people by their place, ascending."""

SHORT_LIST = 4000
"""How many of the least losing trios are looked at."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Everybody's partner, ALONE for those in a trio and those left over; and the trios."""

    partner: Places
    trios: tuple[Trio, ...]

    def left(self) -> list[int]:
        """Return who is in no group."""
        seated = {person for trio in self.trios for person in trio}
        return [person for person in (self.partner == ALONE).nonzero()[0].tolist() if person not in seated]


def with_trios(graph: Graph, paired: Paired, turns: list[tuple[int, int]]) -> Arrangement:
    """Return the arrangement with as many trios as it takes to leave as few people alone as possible.

    `turns` is as in small.py.
    """
    found = Arrangement(paired.partner, ())
    search = _Search(graph, paired.price, turns, proven=paired.alone == 0)
    while found.left():
        better = search.one_more(found)
        if better is None or len(better.left()) >= len(found.left()):
            return found
        found = better
    return found


@dataclass(slots=True)
class _Search:
    graph: Graph
    price: NDArray[np.float64]
    turns: list[tuple[int, int]]
    proven: bool
    """Whether the prices bound what arrangements without anybody alone are worth."""

    def one_more(self, now: Arrangement) -> Arrangement | None:
        """Return the best arrangement found with one trio more, which leaves one person less alone if any can."""
        import numpy as np

        taken = np.zeros(self.graph.size, dtype=bool)
        taken[[person for trio in now.trios for person in trio]] = True
        free = self.graph.among(~taken)
        bound = float(self.price[~taken].sum()) if self.proven else float("inf")
        best: Arrangement | None = None
        key: _Key | None = None
        for tries, (loss, trio) in enumerate(self._ranked(free, now)):
            turn = turn_of(self.turns, trio)
            settled = key is not None and key[0] >= len(now.trios) - len(now.left()) + 1
            if key is not None and settled and (turn < key[1] or key[2] >= bound - loss or tries >= self._tries()):
                break
            if tries >= 10 * self._tries():
                break
            tried = self._without(now, trio, free)
            found = (-len(tried.left()) + len(now.trios), turn, self._worth(tried, trio))
            if key is None or found > key:
                best, key = tried, found
        return best

    def _tries(self) -> int:
        return 200 if self.graph.size <= 60 else 30 if self.graph.size <= SMALL else 3  # noqa: PLR2004

    def _worth(self, tried: Arrangement, trio: Trio) -> float:
        return worth(self.graph, tried.partner) + self._worth_of(trio)

    def _worth_of(self, trio: Trio) -> float:
        import numpy as np

        inside = np.isin(self.graph.first, trio) & np.isin(self.graph.second, trio)
        return float(self.graph.weight[inside].sum()) / 2

    def _ranked(self, free: Graph, now: Arrangement) -> list[tuple[float, Trio]]:
        """Return allowed trios, those whose turn it is first, of these those that lose least."""
        loss = free.loss(self.price)
        found = {trio: lost for lost, trio in _triangles(free, loss)}
        for person in now.left():
            found.update((trio, lost) for lost, trio in self._joining(person, now, free, loss) if trio not in found)
        return sorted(((lost, trio) for trio, lost in found.items()), key=self._order)

    def _order(self, ranked: tuple[float, Trio]) -> tuple[int, int, float, Trio]:
        refused, times = turn_of(self.turns, ranked[1])
        return -refused, -times, ranked[0], ranked[1]

    def _joining(
        self, person: int, now: Arrangement, free: Graph, loss: NDArray[np.float64]
    ) -> Iterator[tuple[float, Trio]]:
        """Yield the trios of one person with pairs of the arrangement."""
        import numpy as np

        mine = (free.first == person) | (free.second == person)
        other = np.where(free.first[mine] == person, free.second[mine], free.first[mine])
        far = dict(zip(other.tolist(), loss[mine].tolist(), strict=True))
        for one, lost in far.items():
            mate = int(now.partner[one])
            if mate > one and mate in far:
                yield (lost + far[mate]) / 2, _trio(person, one, mate)

    def _without(self, now: Arrangement, trio: Trio, free: Graph) -> Arrangement:
        """Return the arrangement with these three as a trio and all others in the best pairs."""
        import numpy as np

        staying = np.ones(self.graph.size, dtype=bool)
        staying[[person for each in (*now.trios, trio) for person in each]] = False
        rest = free.among(staying)
        trios = tuple(sorted((*now.trios, trio)))
        if self.graph.size <= SMALL:
            return Arrangement(matched(rest), trios)
        partner = np.where(staying, now.partner, np.int32(ALONE))
        orphaned = (partner != ALONE) & ~staying[partner]
        partner = np.where(orphaned, np.int32(ALONE), partner).astype(np.int32)
        gone = int((~staying).sum())
        return Arrangement(mended(rest, rest.loss(self.price), partner, gone), trios)


def _trio(a: int, b: int, c: int) -> Trio:
    first, second, third = sorted((a, b, c))
    return first, second, third


def _triangles(graph: Graph, loss: NDArray[np.float64]) -> Iterator[tuple[float, Trio]]:
    """Yield allowed trios of the pairs that lose least, with half the sum of their pairs' losses."""
    import numpy as np

    wanted = len(graph) if graph.size <= 40 else SHORT_LIST + 3 * graph.size  # noqa: PLR2004
    rows = np.argsort(loss, kind="stable")[:wanted]
    later: dict[int, dict[int, float]] = {}
    for a, b, lost in zip(graph.first[rows].tolist(), graph.second[rows].tolist(), loss[rows].tolist(), strict=True):
        later.setdefault(a, {})[b] = lost
    for a, others in later.items():
        for b, one in others.items():
            second = later.get(b, {})
            for c in others.keys() & second.keys():
                yield (one + others[c] + second[c]) / 2, (a, b, c)
