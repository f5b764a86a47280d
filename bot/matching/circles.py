"""Everybody into circles of three to six.

First the rules hold in every circle, then as few people as possible are alone, then the worth is the largest. A circle
is worth half of every member's average fit with the others, as a pair or a trio is; each person more or less than the
size the policy wishes for costs a little, so that sizes give way only where they have to.

Circles begin with greedy ones and get better by swaps towards good candidates, first also by swaps that cost something
(simulated annealing), several times over. Among up to 60 people the circles met on the way are then put together in
the best possible way, exactly; among so few that all circles can be listed, the answer is the best there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.annealing import Table, annealed
from bot.matching.candidates import Watch
from bot.matching.columns import chance
from bot.matching.groups import Groups, penalties
from bot.matching.judge import Judge
from bot.matching.partition import all_circles, best_partition
from bot.matching.policy import Policy

if TYPE_CHECKING:
    from bot.matching.columns import Places

FEW = 60
TABLE = 600
"""Up to so many people one table of all pairs; more are cut into parts of this size by the dice."""
RESTARTS = 3


def best_circles(judge: Judge, policy: Policy, watch: Watch) -> Groups:
    """Return circles of everybody the judge knows."""
    import numpy as np

    parts = np.array_split(np.argsort(judge.dice, kind="stable").astype(np.int32), max(1, -(-judge.size // TABLE)))
    together: list[tuple[int, ...]] = []
    proven = len(parts) == 1
    for done, part in enumerate(parts, start=1):
        people = np.sort(part)
        circles, exact = _of_part(_table(judge, people, policy), int(judge.dice.sum() % np.uint64(1 << 62)))
        together += [tuple(sorted(int(people[place]) for place in circle)) for circle in circles]
        proven = proven and exact
        watch(done / len(parts))
    return Groups(tuple(sorted(together)), None, optimal=proven)


def _of_part(table: Table, seed: int) -> tuple[list[tuple[int, ...]], bool]:
    listed = all_circles(table) if table.size <= FEW else None
    if listed is not None:
        return best_partition(table, listed), True
    restarts = RESTARTS if table.size <= FEW else 1
    runs = [annealed(table, seed + restart) for restart in range(restarts)]
    if table.size <= FEW:
        met = sorted({circle for run in runs for circle in run.met})
        runs_best = max(runs, key=lambda run: run.worth)
        together = best_partition(table, met)
        return (together if table.total(together) >= runs_best.worth else runs_best.circles), False
    return max(runs, key=lambda run: run.worth).circles, False


def _table(judge: Judge, people: Places, policy: Policy) -> Table:
    """Return the worth of every pair of these people; minus infinity where a pair is not allowed."""
    import numpy as np

    size = len(people)
    first, second = np.triu_indices(size, 1)
    one, other = people[first], people[second]
    fit, broken = judge.weigh(one, other)
    allowed, cost = penalties(broken, policy)
    priority = judge.scorer.priority()
    worth = np.full((size, size), -np.inf)
    value = fit + priority[one] + priority[other] - cost + chance(judge.dice, one, other) / (size + 1)
    worth[first, second] = worth[second, first] = np.where(allowed, value, -np.inf)
    return Table(worth.tolist(), policy.circle_smallest, policy.circle_size, policy.circle_largest)
