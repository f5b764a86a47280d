"""Mentors and mentees: every mentee at most one mentor, every mentor as many mentees as they have places. Exact.

Each free place of a mentor is a column of an assignment problem, each mentee a row; staying without a mentor is one
column more for each row, so dear that it is chosen only if there is no place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.candidates import BEST, DENSE, PEOPLE, RANDOM, SHELF, Watch
from bot.matching.columns import chance
from bot.matching.graph import POINT
from bot.matching.groups import Groups, penalties
from bot.matching.index import index_of
from bot.matching.judge import Judge
from bot.matching.policy import Policy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

ALONE = 10_000_000
"""What it costs a mentee to stay without a mentor, in points: more than any rule that may be relaxed."""


def best_mentors(judge: Judge, policy: Policy, places: list[int], watch: Watch) -> Groups:
    """Return (mentor, mentee) for as many mentees as can be, then worth the most. `places` is everybody's capacity."""
    import numpy as np

    if judge.size < 2:  # noqa: PLR2004  a mentor and a mentee
        return Groups((), 0.0, optimal=True)
    mentor, mentee = _everybody(judge.size) if judge.size <= DENSE else _promising(judge, watch)
    fit, broken = judge.weigh(mentor, mentee)
    allowed, cost = penalties(broken, policy)
    if judge.size > DENSE:
        allowed &= broken == 0
    priority = judge.scorer.priority()
    throw = np.floor(chance(judge.dice, mentor, mentee) * (POINT // (judge.size + 1)))
    weight = (fit + priority[mentor] + priority[mentee] - cost) * float(POINT) + throw
    chosen = _assigned(
        mentor[allowed], mentee[allowed], np.asarray(weight[allowed], dtype=np.float64), np.array(places)
    )
    pairs = sorted(zip(chosen[0].tolist(), chosen[1].tolist(), strict=True))
    return Groups(tuple(pairs), None, optimal=judge.size <= DENSE)


def _everybody(size: int) -> tuple[Places, Places]:
    import numpy as np

    one, other = np.nonzero(~np.eye(size, dtype=bool))
    return one.astype(np.int32), other.astype(np.int32)


def _promising(judge: Judge, watch: Watch) -> tuple[Places, Places]:
    """Return for everybody the mentors who are best for them, of those the index finds, and some random ones."""
    import numpy as np

    draw = np.random.default_rng([11, int(judge.dice.sum() % np.uint64(1 << 62))])
    index = index_of(judge.columns.offers, judge.columns.wants)
    keys = []
    for begin in range(0, judge.size, PEOPLE):
        people = np.arange(begin, min(begin + PEOPLE, judge.size), dtype=np.int32)
        mentee, mentor = index.found(people, 4 * SHELF, draw)
        mentee = np.concatenate([mentee, np.repeat(people, 10 * RANDOM)])
        mentor = np.concatenate([mentor, draw.integers(0, judge.size, 10 * RANDOM * len(people), dtype=np.int32)])
        seen = np.unique(mentee.astype(np.int64) * judge.size + mentor)
        mentee, mentor = (seen // judge.size).astype(np.int32), (seen % judge.size).astype(np.int32)
        fit, broken = judge.weigh(mentor, mentee)
        seen, mentee, fit = (each[(broken == 0) & (mentee != mentor)] for each in (seen, mentee, fit))
        order = np.lexsort((-fit, mentee))
        rank = np.arange(len(order)) - np.searchsorted(mentee[order], mentee[order])
        keys.append(seen[order[(rank < BEST) | (rank % 10 == 0) & (rank < 2 * BEST)]])
        watch(people[-1] / judge.size / 2)
    found = np.concatenate(keys)
    return (found % judge.size).astype(np.int32), (found // judge.size).astype(np.int32)


def _assigned(
    mentor: Places, mentee: Places, weight: NDArray[np.float64], places: NDArray[np.intp]
) -> tuple[Places, Places]:
    """Return the chosen mentors and mentees."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    if not len(mentor):
        return mentor, mentee
    takers, row = np.unique(mentee, return_inverse=True)
    # Nobody needs more places than there are mentees.
    places = np.minimum(places, np.bincount(mentor, minlength=len(places)))
    begin = np.cumsum(places) - places
    owner = np.repeat(np.arange(len(places)), places)
    link = np.repeat(np.arange(len(mentor)), places[mentor])
    step = np.arange(len(link)) - np.repeat(np.cumsum(places[mentor]) - places[mentor], places[mentor])
    column = np.concatenate([begin[mentor[link]] + step, len(owner) + np.arange(len(takers))])
    rows = np.concatenate([row[link], np.arange(len(takers))])
    cost = np.concatenate([weight.max() + 1 - weight[link], np.full(len(takers), float(ALONE) * POINT)])
    table = csr_array((cost, (rows, column)), shape=(len(takers), len(owner) + len(takers)))
    taker, place = min_weight_full_bipartite_matching(table)
    seated = place < len(owner)
    return owner[place[seated]].astype(np.int32), takers[taker[seated]].astype(np.int32)
