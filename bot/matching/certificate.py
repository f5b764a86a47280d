"""A bound that holds for all pairs of a large population, also for those that were never candidates.

The prices of the solution bound every arrangement of the pairs it knew. For the others it has to be seen that no two
people who may meet fit better than their prices together: everybody is compared with everybody, by a rough count that
never says too little and costs a few nanoseconds a pair; whoever comes through that is scored exactly. Where two people
do fit better, a price is raised by what is missing. The sum of the prices is then proven.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.candidates import Watch
from bot.matching.judge import Judge
from bot.matching.people import Track

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Bits, Places

    Grid = NDArray[np.int16]

ROWS, COLUMNS = 32, 4096
"""People by people compared in one go: what that needs stays in the processor's cache."""
SCALE = 4
"""Prices are rounded down to quarters of a point for the rough count."""
FAR = 30
"""Stands for an unknown answer about style: further from every answer than any two are."""
LIMIT = 32_000 // SCALE
"""Policies under which two people can have more points than this are not certified."""


def proven_bound(judge: Judge, price: NDArray[np.float64], watch: Watch) -> float | None:
    """Return what no arrangement of pairs and trios is worth more than, in points; None if it cannot be said.

    `price` has, in points, for everybody a price that bounds the pairs already known.
    """
    import numpy as np

    own = price - judge.scorer.priority()
    if judge.scorer.track is not Track.PEER or _most(judge) > LIMIT or np.abs(own).max() > LIMIT / 2:
        return None
    screen = _screen_of(judge, own)
    found, done = [], 0
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        for pairs in pool.map(screen.suspects, range(0, judge.size, ROWS)):
            done += ROWS
            watch(min(1.0, done / judge.size) ** 2)  # later rows are shorter
            found.append(pairs)
    first, second = (np.concatenate([pairs[side] for pairs in found]) for side in (0, 1))
    tied = judge.scorer.ties.wishes[:-1] > 0
    wished = tuple(places[tied] for places in judge.scorer.ties.pairs())
    first, second = np.concatenate([first, wished[0]]), np.concatenate([second, wished[1]])
    fit, broken = judge.weigh(first, second)
    missing = fit - own[first] - own[second]
    short = (broken == 0) & (missing > 0)
    return float(_raised(price, own, first[short], second[short], fit[short]).sum())


def _most(judge: Judge) -> int:
    policy = judge.scorer.policy
    return 2 * sum(policy.skill_points) + policy.both_ways_points + _rest(judge) + policy.mutual_wish_points


def _rest(judge: Judge) -> int:
    """Return what the terms can have together that the rough count does not look at, and those that it does."""
    policy = judge.scorer.policy
    extra = policy.extra_languages * policy.language_points
    looked_at = policy.most_goals * policy.goal_points + policy.level_points + policy.style_points
    return looked_at + policy.department_points + policy.hours_points + extra + policy.site_points


def _raised(
    price: NDArray[np.float64], own: NDArray[np.float64], first: Places, second: Places, fit: NDArray[np.int16]
) -> NDArray[np.float64]:
    """Return the prices with what is missing added, the worst first, to whoever is short more often."""
    import numpy as np

    higher, now = price.copy(), own.copy()
    often = np.bincount(np.concatenate([first, second]), minlength=len(price))
    order = np.argsort(now[first] + now[second] - fit, kind="stable")
    for one, other, points in zip(first[order].tolist(), second[order].tolist(), fit[order].tolist(), strict=True):
        missing = points - now[one] - now[other]
        if missing > 0:
            who = one if often[one] >= often[other] else other
            now[who] += missing
            higher[who] += missing
    return higher


@dataclass(frozen=True, slots=True)
class _Screen:
    """The columns in the order of the prices, the lowest first, and the points of the rough count times SCALE."""

    order: Places
    offers: Bits
    wants: Bits
    goals: Bits
    level: Grid
    style: NDArray[np.int8]
    site: NDArray[np.int32]
    price: Grid
    skill_points: tuple[int, ...]
    both_ways: int
    goal_points: int
    most_goals: int
    level_points: tuple[int, int]
    style_points: int
    site_points: int
    rest: int

    def suspects(self, begin: int) -> tuple[Places, Places]:
        """Return the pairs of some rows with everybody after them that may fit better than their prices say."""
        import numpy as np

        rows = slice(begin, begin + ROWS)
        found = []
        for column in range(begin, len(self.order), COLUMNS):
            columns = slice(column, column + COLUMNS)
            row, other = np.nonzero(self._rough(rows, columns) > self.price[rows, None] + self.price[None, columns])
            row, other = row + begin, other + column
            later = other > row
            found.append((self.order[row[later]], self.order[other[later]]))
        return np.concatenate([pairs[0] for pairs in found]), np.concatenate([pairs[1] for pairs in found])

    def _rough(self, rows: slice, columns: slice) -> Grid:
        """Return for each pair at least the points it has, times SCALE."""
        import numpy as np

        forth, back = _shared(self.offers, self.wants, rows, columns), _shared(self.wants, self.offers, rows, columns)
        points = np.full(forth.shape, self.rest, dtype=np.int16)
        for rank, worth in enumerate(self.skill_points):
            points += (forth > rank) * np.int16(worth)
            points += (back > rank) * np.int16(worth)
        points += ((forth > 0) & (back > 0)) * np.int16(self.both_ways)
        goals = np.minimum(_shared(self.goals, self.goals, rows, columns), np.uint8(self.most_goals))
        points += goals * np.int16(self.goal_points)
        points += self._level(rows, columns)
        points += self._style(rows, columns)
        site = self.site[rows, None] == self.site[None, columns]
        points += site * np.int16(self.site_points)
        return points

    def _level(self, rows: slice, columns: slice) -> Grid:
        import numpy as np

        apart = np.abs(self.level[rows, None] - self.level[None, columns])
        each, most = self.level_points
        return np.asarray(np.maximum(np.int16(most) - np.minimum(apart, np.int16(100)) * np.int16(each), np.int16(0)))

    def _style(self, rows: slice, columns: slice) -> Grid:
        """Return the points of style: none where one is not known, for then the steps are too many."""
        import numpy as np

        steps = np.zeros((1, 1), dtype=np.int8)
        for answers in self.style:
            steps = steps + np.abs(answers[rows, None] - answers[None, columns])
        return np.asarray(np.maximum(12 - steps, 0) * np.int16(self.style_points) // np.int16(12), dtype=np.int16)


def _shared(one: Bits, other: Bits, rows: slice, columns: slice) -> NDArray[np.uint8]:
    import numpy as np

    count: NDArray[np.uint8] = np.bitwise_count(one[0][rows, None] & other[0][None, columns])
    for mine, theirs in zip(one[1:], other[1:], strict=True):
        count += np.bitwise_count(mine[rows, None] & theirs[None, columns])
    return count


def _screen_of(judge: Judge, own: NDArray[np.float64]) -> _Screen:
    import numpy as np

    policy, columns = judge.scorer.policy, judge.columns
    order = np.argsort(own, kind="stable").astype(np.int32)
    unknown = (columns.level < 0) * (1000 + np.arange(len(own)) % 7000 * 4)
    far = np.where(columns.style[0] > 0, columns.style, np.int8(FAR)).astype(np.int8)
    looked_at = policy.most_goals * policy.goal_points + policy.level_points + policy.style_points + policy.site_points
    return _Screen(
        order,
        columns.offers[:, order],
        columns.wants[:, order],
        columns.goals[:, order],
        np.minimum(columns.level + unknown, 30_000)[order].astype(np.int16),
        far[:, order],
        np.where(columns.site < 0, -1 - np.arange(len(own)), columns.site)[order].astype(np.int32),
        np.floor(own[order] * SCALE).astype(np.int16),
        tuple(SCALE * worth for worth in policy.skill_points),
        SCALE * policy.both_ways_points,
        SCALE * policy.goal_points,
        policy.most_goals,
        (SCALE * policy.level_points // policy.level_span, SCALE * policy.level_points),
        SCALE * policy.style_points,
        SCALE * policy.site_points,
        SCALE * (_rest(judge) - looked_at),
    )
