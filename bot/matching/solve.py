"""One matching run: score everybody with everybody, find the best groups, say why somebody has none."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from bot.matching.groups import best_groups
from bot.matching.pairs import Pair
from bot.matching.people import Candidate, History
from bot.matching.policy import Policy
from bot.matching.rules import Rule, forbidden
from bot.matching.score import Score, score

CHANCE = 1 << 32
"""How many sides the die has that breaks ties."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two or three people who go together: ids in ascending order, and the score of every pair among them.

    Scores stand in the order of `itertools.combinations(members, 2)`.
    """

    members: tuple[str, ...]
    scores: tuple[Score, ...]

    @property
    def worth(self) -> int:
        """The sum, over the members, of each one's average score with the others."""
        return sum(each.total for each in self.scores) * 2 // (len(self.members) - 1)


class WhyAlone(StrEnum):
    """In the order in which they are asked; the first that is true is given."""

    NOBODY_ELSE = "nobody_else"  # the only person in the round
    NO_SHARED_LANGUAGE = "no_shared_language"  # with anyone
    MET_EVERYONE = "met_everyone"  # recently: everyone with whom there is a shared language
    NOBODY_LEFT = "nobody_left"  # there were partners, but each was needed elsewhere


@dataclass(frozen=True, slots=True)
class Unmatched:
    id: str
    reason: WhyAlone
    rules: tuple[tuple[Rule, int], ...]
    """How many of the others each rule forbids, in the order of the rules; rules that forbid nobody are left out."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Matches by their first member and people without a match by id: together everybody, exactly once."""

    matches: tuple[Match, ...]
    unmatched: tuple[Unmatched, ...]

    @property
    def total(self) -> int:
        """What the whole solution is worth: each matched person's average score with those they meet."""
        return sum(match.worth for match in self.matches)


def solve(candidates: Iterable[Candidate], policy: Policy, history: History, seed: int) -> Solution:
    """Return pairs and as few trios as needed; groups.py says what is best and how far that is certain.

    The order of the candidates makes no difference. The seed decides only between solutions of the same total: every
    allowed pair throws a die, the points of all dice together weigh less than one point of the score, and the highest
    throw wins. Same people, policy, history and seed, same solution.

    Raises ValueError for two candidates with one id.
    """
    people = sorted(candidates, key=lambda person: person.id)
    _refuse_doubles(people)
    scores, rules = _compare(people, policy, history)
    groups = best_groups(frozenset(range(len(people))), _weights(scores, len(people), seed))
    return Solution(
        matches=tuple(
            Match(tuple(people[each].id for each in group), tuple(scores[pair] for pair in combinations(group, 2)))
            for group in groups.together
        ),
        unmatched=tuple(_unmatched(each, people, rules) for each in groups.alone),
    )


def _refuse_doubles(people: list[Candidate]) -> None:
    doubles = [id_ for id_, times in Counter(person.id for person in people).items() if times > 1]
    if doubles:
        raise ValueError(f"more than one candidate has the id {doubles[0]!r}")


def _compare(people: list[Candidate], policy: Policy, history: History) -> tuple[dict[Pair, Score], dict[Pair, Rule]]:
    scores: dict[Pair, Score] = {}
    rules: dict[Pair, Rule] = {}
    for (a, one), (b, other) in combinations(enumerate(people), 2):
        rule = forbidden(one, other, policy, history)
        if rule:
            rules[a, b] = rule
        else:
            scores[a, b] = score(one, other, policy, history)
    return scores, rules


def _weights(scores: dict[Pair, Score], people: int, seed: int) -> dict[Pair, int]:
    point = CHANCE * (people + 1)  # a solution counts every person's average throw, each below CHANCE
    die = random.Random(f"matching {seed}")  # noqa: S311 - breaks ties, keeps no secret
    return {pair: each.total * point + die.randrange(CHANCE) for pair, each in scores.items()}


def _unmatched(person: int, people: list[Candidate], rules: dict[Pair, Rule]) -> Unmatched:
    others = [(min(person, other), max(person, other)) for other in range(len(people)) if other != person]
    counts = Counter(rules[pair] for pair in others if pair in rules)
    by_rule = tuple((rule, counts[rule]) for rule in Rule if counts[rule])
    return Unmatched(people[person].id, _why(len(others), counts), by_rule)


def _why(others: int, counts: Counter[Rule]) -> WhyAlone:
    if not others:
        return WhyAlone.NOBODY_ELSE
    if counts[Rule.NO_SHARED_LANGUAGE] == others:
        return WhyAlone.NO_SHARED_LANGUAGE
    return WhyAlone.MET_EVERYONE if counts.total() == others else WhyAlone.NOBODY_LEFT
