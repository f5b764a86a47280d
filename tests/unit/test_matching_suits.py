from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given

from bot.matching.people import Decisions, History, Person, Population
from bot.matching.policy import Policy
from bot.matching.solve import solve
from bot.matching.suits import match_of
from tests.unit.matching_people import NEVER_RELAXED, person, populations

BOTH = frozenset({"a", "b"})
ANA, BEN = person("a", "law", "sql"), person("b", "sql", "law")
MET = History.of([("a", "b", 1.0)])
REFUSED = {
    "excluded": Population.of([person("a", exclude=frozenset({"b"})), BEN]),
    "excluded by the other": Population.of([ANA, person("b", exclude=frozenset({"a"}))]),
    "competitors": Population.of([person("a", competes_with=frozenset({"b"})), BEN]),
    "manager": Population.of([person("a", manager="b"), BEN]),
    "no shared language": Population.of([person("a", languages=frozenset({"fr"})), BEN]),
    "met recently": Population.of([ANA, BEN], MET),
    "too few hours": Population.of([person("a", work=(0, 60)), BEN]),
    "away": Population.of([person("a", away=True), BEN]),
    "no capacity": Population.of([person("a", capacity=0), BEN]),
    "not there": Population.of([BEN]),
}


@pytest.mark.parametrize("population", REFUSED.values(), ids=REFUSED.keys())
def test_whatever_forbids_a_match_the_answer_is_the_same(population: Population) -> None:
    """A missing language is not let through where an exclusion is not, or a refusal would mean an exclusion."""
    assert match_of(population, BOTH, Policy()) is None


def test_people_who_may_be_matched_are_a_match_with_its_points() -> None:
    found = match_of(Population.of([ANA, BEN, person("c")]), BOTH, Policy())
    assert found is not None
    assert found.members == ("a", "b")
    assert found.fit > Policy().good_from


def test_an_owner_may_bring_together_whom_they_parted_before() -> None:
    """The newest decision counts."""
    population = Population.of([ANA, BEN], decisions=Decisions(forbidden=frozenset({BOTH})))
    assert match_of(population, BOTH, Policy()) is not None


def test_one_forbidden_pair_forbids_a_trio() -> None:
    three = [ANA, BEN, person("c", exclude=frozenset({"a"}))]
    assert match_of(Population.of(three), frozenset("abc"), Policy()) is None
    assert match_of(Population.of(three), frozenset("bc"), Policy()) is not None


@given(populations(least=2, most=6))
def test_what_a_round_proposes_may_be_put_together_by_hand(population: Population) -> None:
    """And a pair that may not is in no match of the round."""
    solution = solve(population, NEVER_RELAXED, seed=1)
    for match in solution.matches:
        assert match_of(population, frozenset(match.members), NEVER_RELAXED) is not None
    seated = {frozenset(pair) for match in solution.matches for pair in combinations(match.members, 2)}
    everybody: tuple[Person, ...] = population.people
    for one, other in combinations([each.id for each in everybody], 2):
        pair = frozenset((one, other))
        if match_of(Population(population.people, population.history), pair, NEVER_RELAXED) is None:
            assert pair not in seated
