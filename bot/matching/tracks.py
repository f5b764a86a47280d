"""Mentors and mentees: every mentee at most one mentor, every mentor as many mentees as they have places. Exact.

Each free place of a mentor is a column of an assignment problem, each mentee a row; staying without a mentor is one
column more for each row, so dear that it is chosen only if there is no place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.candidates import BEST, DENSE, PEOPLE, RANDOM, SHELF, Watch
from bot.matching.columns import chance, distinct
from bot.matching.graph import POINT
from bot.matching.groups import FEW, Groups, penalties
from bot.matching.index import index_of
from bot.matching.judge import Judge
from bot.matching.policy import Policy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Places

ALONE = 10_000_000
"""What it costs a mentee to stay without a mentor, in points: more than any rule that may be relaxed."""
PATIENCE = 2
"""How often in a row those left over are compared with everybody without one more being seated."""


def best_mentors(judge: Judge, policy: Policy, places: list[int], watch: Watch) -> Groups:
    """Return (mentor, mentee) for as many mentees as can be, then worth the most. `places` is everybody's capacity.

    Exact where all pairs are looked at. Of many people, whoever has no mentor among the most promising ones is compared
    with everybody, and only for them rules are relaxed.
    """
    import numpy as np

    if judge.size < 2:  # noqa: PLR2004  a mentor and a mentee
        return Groups((), 0.0, optimal=True)
    if judge.size <= DENSE:
        return _groups(_assigned(judge, policy, *_everybody(judge.size), places), exact=True)
    mentor, mentee = _promising(judge, watch)
    chosen = _assigned(judge, policy, mentor, mentee, places)
    takers, compared = (judge.columns.role & 2) > 0, np.zeros(judge.size, dtype=bool)  # the bit of a mentee
    stuck = 0
    while stuck < PATIENCE:
        left, seated = takers.copy(), len(chosen[1])
        left[chosen[1]] = False
        # Whoever has the mentor that those left over could have may have to move on.
        wanted = np.isin(chosen[0], mentor[left[mentee]])
        left[chosen[1][wanted]] = True
        more = (left & ~compared).nonzero()[0][:FEW]
        if not len(more):
            break
        compared[more] = True
        mentor, mentee = _with_everybody(judge.size, mentor, mentee, more.astype(np.int32))
        chosen = _assigned(judge, policy, mentor, mentee, places)
        stuck = 0 if len(chosen[1]) > seated else stuck + 1
    return _groups(chosen, exact=False)


def _with_everybody(size: int, mentor: Places, mentee: Places, left: Places) -> tuple[Places, Places]:
    """Return the pairs and every other mentor for those left over."""
    import numpy as np

    late, anybody = np.repeat(left, size), np.tile(np.arange(size, dtype=np.int32), len(left))
    apart = anybody != late
    rows = np.concatenate([mentee, late[apart]]).astype(np.int64) * size
    keys = distinct(rows + np.concatenate([mentor, anybody[apart]]))
    return (keys % size).astype(np.int32), (keys // size).astype(np.int32)


def _groups(chosen: tuple[Places, Places], *, exact: bool) -> Groups:
    return Groups(tuple(sorted(zip(*(side.tolist() for side in chosen), strict=True))), None, optimal=exact)


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
        seen = distinct(mentee.astype(np.int64) * judge.size + mentor)
        mentee, mentor = (seen // judge.size).astype(np.int32), (seen % judge.size).astype(np.int32)
        fit, broken = judge.weigh(mentor, mentee)
        seen, mentee, fit = (each[(broken == 0) & (mentee != mentor)] for each in (seen, mentee, fit))
        order = np.lexsort((-fit, mentee))
        rank = np.arange(len(order)) - np.searchsorted(mentee[order], mentee[order])
        keys.append(seen[order[(rank < BEST) | (rank % 10 == 0) & (rank < 2 * BEST)]])
        watch(people[-1] / judge.size / 2)
    found = np.concatenate(keys)
    return (found % judge.size).astype(np.int32), (found // judge.size).astype(np.int32)


def _assigned(judge: Judge, policy: Policy, mentor: Places, mentee: Places, places: list[int]) -> tuple[Places, Places]:
    """Return the best choice of these pairs."""
    import numpy as np

    fit, broken = judge.weigh(mentor, mentee)
    allowed, cost = penalties(broken, policy)
    priority = judge.scorer.priority()
    throw = np.floor(chance(judge.dice, mentor, mentee) * (POINT // (judge.size + 1)))
    weight = (fit + priority[mentor] + priority[mentee] - cost) * float(POINT) + throw
    return _seated(mentor[allowed], mentee[allowed], np.asarray(weight[allowed]), np.array(places))


def _seated(
    mentor: Places, mentee: Places, weight: NDArray[np.float64], places: NDArray[np.intp]
) -> tuple[Places, Places]:
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
