"""Whether people an owner wants together may be matched, and what their match is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.matching.judge import judge_of, scored
from bot.matching.matches import Match
from bot.matching.people import Decisions, History, Population
from bot.matching.policy import Policy
from bot.matching.rules import RELAXES, Rule


def forbidden(population: Population, groups: Iterable[frozenset[str]], policy: Policy) -> frozenset[frozenset[str]]:
    """Return which of `groups` (ids, two or more) break a rule that is never relaxed, as things are now."""
    known = {person.id: person for person in population.people}
    relaxable = sum(rule.bit for rule in (*RELAXES.values(), Rule.MET_BEFORE))
    found = set()
    for members in groups:
        inside = tuple(known[one] for one in sorted(members))
        if _broken(replace(population, people=inside, history=History()), policy, relaxable):
            found.add(members)
    return frozenset(found)


def _broken(group: Population, policy: Policy, besides: int) -> bool:
    import numpy as np

    judge = judge_of(replace(group, decisions=Decisions()), policy, seed=0)
    first, second = np.triu_indices(len(group), 1)
    _, broken = judge.weigh(first.astype(np.int32), second.astype(np.int32))
    return bool((broken & ~np.uint16(besides)).any())


def match_of(population: Population, members: frozenset[str], policy: Policy) -> Match | None:
    """Return the match of `members` (ids, two or more), None where a rule forbids it. What an owner forbade is no rule.

    Every rule is asked of every pair, whatever the others say: neither the answer nor the time it takes tells which
    of them forbids, a private one or a missing language. None is relaxed, so that a refusal can always be any of them.
    """
    import numpy as np

    inside = tuple(person for person in population.people if person.id in members)
    if len(inside) < len(members) or any(person.away or not person.capacity for person in inside):
        return None
    group = replace(population, people=inside, decisions=Decisions())
    judge = judge_of(group, policy, seed=0)
    first, second = np.triu_indices(len(inside), 1)
    _, broken = judge.weigh(first.astype(np.int32), second.astype(np.int32))
    if (broken & ~np.uint16(Rule.MET_BEFORE.bit)).any():
        return None
    return scored(judge, group, [tuple(range(len(inside)))], pinned=True)[0]
