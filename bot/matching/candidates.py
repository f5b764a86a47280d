"""Which pairs are looked at: all of them among up to 1,500 people, the most promising ones for everybody beyond."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.columns import chance, distinct
from bot.matching.graph import POINT, Graph
from bot.matching.index import Index, index_of
from bot.matching.judge import Judge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

DENSE = 1500
BEST, RANDOM = 30, 3
"""For everybody, of a larger population."""
SHELF = 16
"""How many people are looked at on each shelf of the index."""
PEOPLE = 1 << 12
"""People whose candidates are found in one go."""

Watch = Callable[[float], None]
"""Told the share that is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs with how well they fit and which rules they break; the smaller place first, ascending, each once."""

    size: int
    first: Places
    second: Places
    fit: NDArray[np.int16]
    broken: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.first)

    def only(self, wanted: NDArray[np.bool_]) -> Candidates:
        return Candidates(self.size, self.first[wanted], self.second[wanted], self.fit[wanted], self.broken[wanted])

    def graph(self, judge: Judge, penalty: NDArray[np.int64]) -> Graph:
        """Return the graph of these pairs; `penalty` is taken from each, in points."""
        import numpy as np

        priority = judge.scorer.priority()
        points = self.fit + priority[self.first] + priority[self.second] - penalty
        throw = np.floor(chance(judge.dice, self.first, self.second) * (POINT // (self.size + 1)))
        return Graph(self.size, self.first, self.second, np.asarray(points * float(POINT) + throw, dtype=np.float64))


def all_pairs(judge: Judge) -> Candidates:
    """Return every pair of the population, also those that are not allowed."""
    import numpy as np

    first, second = (places.astype(np.int32) for places in np.triu_indices(judge.size, 1))
    return Candidates(judge.size, first, second, *judge.weigh(first, second))


def best_candidates(judge: Judge, watch: Watch) -> Candidates:
    """Return for everybody the best allowed pairs found, some random ones, and all with a tie that is a wish."""
    import numpy as np

    draw = np.random.default_rng([7, int(judge.dice.sum() % np.uint64(1 << 62))])
    index = index_of(judge.columns.offers, judge.columns.wants)
    found = []
    for begin in range(0, judge.size, PEOPLE):
        people = np.arange(begin, min(begin + PEOPLE, judge.size), dtype=np.int32)
        found.append(_best_of(judge, index, people, draw))
        watch(people[-1] / judge.size)
    wished = judge.scorer.ties.wishes[:-1] > 0
    found.append(_keys(judge.size, *(places[wished] for places in judge.scorer.ties.pairs())))
    return kept(judge, distinct(np.concatenate(found)))


def kept(judge: Judge, keys: NDArray[np.int64]) -> Candidates:
    """Return the candidates with these keys, without those that break a rule."""
    import numpy as np

    first, second = (keys // judge.size).astype(np.int32), (keys % judge.size).astype(np.int32)
    candidates = Candidates(judge.size, first, second, *judge.weigh(first, second))
    return candidates.only(candidates.broken == 0)


def with_everybody(judge: Judge, people: Places) -> Candidates:
    """Return every pair that one of a few people is part of, also those that are not allowed."""
    import numpy as np

    one = np.repeat(people, judge.size)
    other = np.tile(np.arange(judge.size, dtype=np.int32), len(people))
    keys = distinct(_keys(judge.size, one, other))
    first, second = (keys // judge.size).astype(np.int32), (keys % judge.size).astype(np.int32)
    return Candidates(judge.size, first, second, *judge.weigh(first, second))


def joined(one: Candidates, other: Candidates) -> Candidates:
    """Return the pairs of both."""
    import numpy as np

    first, second = np.concatenate([one.first, other.first]), np.concatenate([one.second, other.second])
    _, row = np.unique(first.astype(np.int64) * one.size + second, return_index=True)
    fit, broken = np.concatenate([one.fit, other.fit]), np.concatenate([one.broken, other.broken])
    return Candidates(one.size, first[row], second[row], fit[row], broken[row])


def _best_of(judge: Judge, index: Index, people: Places, draw: np.random.Generator) -> NDArray[np.int64]:
    """Return the keys of the best pairs of these people."""
    import numpy as np

    one, other = index.found(people, SHELF, draw)
    strangers = draw.integers(0, judge.size, (len(people), 4 * RANDOM), dtype=np.int32)
    mixed = np.concatenate([one, np.repeat(people, strangers.shape[1])]).astype(np.int64) * judge.size
    seen = distinct(mixed + np.concatenate([other, strangers.ravel()]))
    one, other = (seen // judge.size).astype(np.int32), (seen % judge.size).astype(np.int32)
    fit, broken = judge.glance(one, other)
    allowed = (broken == 0) & (one != other)
    one, other, fit = one[allowed], other[allowed], fit[allowed]
    order = np.lexsort((-fit, one))
    rank = np.arange(len(order)) - np.searchsorted(one[order], one[order])
    best = order[rank < BEST]
    chosen = np.concatenate([best, *_some(rank, order)])
    return _keys(judge.size, one[chosen], other[chosen])


def _some(rank: NDArray[np.intp], order: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Yield a few of the others: far down the list, where nothing but chance has put them."""
    for step in range(1, RANDOM + 1):
        yield order[rank == BEST + 7 * step]


def _keys(size: int, one: Places, other: Places) -> NDArray[np.int64]:
    import numpy as np

    apart = one != other
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    keys: NDArray[np.int64] = low.astype(np.int64) * size + high
    return keys
