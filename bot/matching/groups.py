"""Everybody into pairs and as few trios as possible.

First the rules hold, then as few people as possible are alone, then as few trios as possible are made, then the worth
is the largest. Rules that may be relaxed are relaxed one after the other, only for whoever has nobody otherwise: a pair
that breaks one is in the graph with a penalty that no score outweighs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.matching.candidates import (
    DENSE,
    Candidates,
    Watch,
    all_pairs,
    best_candidates,
    joined,
    with_everybody,
)
from bot.matching.certificate import proven_bound
from bot.matching.floor import raised
from bot.matching.graph import POINT, Graph
from bot.matching.judge import Judge
from bot.matching.pairs import Paired, best_pairs
from bot.matching.policy import Policy
from bot.matching.rings import ALONE
from bot.matching.rules import RELAXES, Rule
from bot.matching.small import HANDFUL, best_of_few
from bot.matching.trios import with_trios

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REPEAT, STEP = 2_000, 10
"""Points that a pair costs who met before, and how many times dearer each next rule is that may be relaxed."""
CANDIDATES, SOLVED = 0.4, 0.6
"""Where the progress stands when there are candidates, and when there are groups, of many people."""
FEW = 200
"""So many people left over are compared with everybody."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Pairs and trios of places, ascending; `bound` in points on what all of them can be worth, None without proof."""

    together: tuple[tuple[int, ...], ...]
    bound: float | None
    optimal: bool
    floor: int | None = None


def best_groups(
    judge: Judge, policy: Policy, turns: list[tuple[int, int]], watch: Watch, *, prove: bool = False
) -> Groups:
    """Return the best groups of everybody the judge knows; `turns` is as in small.py.

    With `prove`, a bound is also worked out where not all pairs were looked at, which takes as long again.
    """
    if judge.size <= HANDFUL:
        return _of_few(judge, all_pairs(judge), policy, turns)
    if judge.size <= DENSE:
        return _settled(judge, all_pairs(judge), policy, turns)[0]
    candidates = best_candidates(judge, lambda share: watch(CANDIDATES * share))
    groups, paired = _settled(judge, candidates, policy, turns)
    bound = None
    if prove and not paired.alone:
        bound = proven_bound(judge, paired.price / POINT, lambda share: watch(SOLVED + (1 - SOLVED) * share))
    return replace(groups, bound=bound, optimal=False)


def penalties(broken: NDArray[np.uint16], policy: Policy) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return which pairs may be matched at all, and what each costs in points for the rules that are relaxed for it."""
    import numpy as np

    cost = np.zeros(len(broken), dtype=np.int64)
    price, bits = REPEAT, 0
    for rule in (Rule.MET_BEFORE, *(RELAXES[each] for each in policy.relax)):
        cost += ((broken & rule.bit) > 0) * price
        bits, price = bits | rule.bit, price * STEP
    return (broken & ~np.uint16(bits)) == 0, cost


def _settled(
    judge: Judge, candidates: Candidates, policy: Policy, turns: list[tuple[int, int]]
) -> tuple[Groups, Paired]:
    clean = candidates.only(candidates.broken == 0)
    graph = clean.graph(judge, penalties(clean.broken, policy)[1])
    paired = best_pairs(graph)
    left = (paired.partner == ALONE).nonzero()[0]
    if len(left) > judge.size % 2:
        clean = _relaxed(judge, candidates, policy, left)
        graph = clean.graph(judge, penalties(clean.broken, policy)[1])
        paired = best_pairs(graph)
    return _fair(graph, clean, paired, policy, turns), paired


def _relaxed(judge: Judge, candidates: Candidates, policy: Policy, left: NDArray[np.intp]) -> Candidates:
    """Return all pairs that may be matched if rules are relaxed; of many people only for those left over."""
    if judge.size > DENSE and len(left) <= FEW:
        candidates = joined(candidates, with_everybody(judge, left.astype("int32")))
    return candidates.only(penalties(candidates.broken, policy)[0])


def _of_few(judge: Judge, candidates: Candidates, policy: Policy, turns: list[tuple[int, int]]) -> Groups:
    allowed = candidates.only(penalties(candidates.broken, policy)[0])
    groups = best_of_few(allowed.graph(judge, penalties(allowed.broken, policy)[1]), turns)
    return Groups(groups, None, optimal=True)


def _fair(graph: Graph, candidates: Candidates, paired: Paired, policy: Policy, turns: list[tuple[int, int]]) -> Groups:
    """Return the groups with a trio for whoever is left over and the worst pair made better."""
    import numpy as np

    arrangement = with_trios(graph, paired, turns)
    bound = paired.bound / POINT if not paired.alone else None
    worth = float(graph.weight[arrangement.partner[graph.first] == graph.second].sum())
    optimal = bound is not None and not arrangement.trios and worth >= paired.bound - 1
    unbroken = candidates.broken == 0
    fit = np.where(unbroken, candidates.fit, np.int16(-1))
    floor = raised(graph, fit, replace(paired, partner=arrangement.partner), policy.fair_loss)
    first = np.arange(graph.size)[(floor.partner > np.arange(graph.size))]
    pairs = [(int(one), int(floor.partner[one])) for one in first]
    same = bool((floor.partner == arrangement.partner).all())
    return Groups(tuple(sorted([*pairs, *arrangement.trios])), bound, optimal and same, floor.height)
