from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.annealing import Table, annealed
from bot.matching.partition import all_circles, best_partition
from bot.matching.people import Format, Population
from bot.matching.policy import Policy
from bot.matching.rules import Rule
from bot.matching.solve import Wish, solve
from tests.unit.matching_people import crowd, everybody, person, populations

POLICY = Policy()
CIRCLES = Wish(Format.CIRCLE)


def table(worth: dict[tuple[int, int], float], size: int) -> Table:
    rows = [[worth.get((min(a, b), max(a, b)), -math.inf) for b in range(size)] for a in range(size)]
    return Table(rows, 3, 4, 6)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    size = draw(st.integers(0, 9))
    fits = st.integers(-1, 100)
    drawn = {pair: draw(fits) for pair in combinations(range(size), 2)}
    return table({pair: float(fit) for pair, fit in drawn.items() if fit >= 0}, size)


def best_total(given_: Table) -> float:
    """Try every arrangement."""

    @cache
    def best(left: tuple[int, ...]) -> float:
        if not left:
            return 0.0
        first, *others = left
        found = given_.total([]) / given_.size + best(tuple(others))
        for size in range(given_.smallest - 1, given_.largest):
            for company in combinations(others, size):
                rest = tuple(each for each in others if each not in company)
                found = max(found, given_.value((first, *company)) + best(rest))
        return found

    return best(tuple(range(given_.size)))


@settings(max_examples=40, deadline=None)
@given(tables())
def test_where_all_circles_can_be_listed_nothing_is_better(given_: Table) -> None:
    listed = all_circles(given_)

    assert listed is not None
    assert given_.total(best_partition(given_, listed)) == pytest.approx(best_total(given_))


@settings(max_examples=20, deadline=None)
@given(tables(), st.integers(0, 5))
def test_annealing_makes_allowed_circles_of_everybody_at_most_once(given_: Table, seed: int) -> None:
    run = annealed(given_, seed)

    seated = [each for circle in run.circles for each in circle]
    assert len(seated) == len(set(seated))
    assert all(math.isfinite(given_.value(circle)) for circle in run.circles)
    assert run.worth <= best_total(given_) + 1e-6


@settings(max_examples=10, deadline=None)
@given(populations(least=3, most=16))
def test_circles_hold_the_rules_and_everybody_is_in_one_or_explained(population: Population) -> None:
    solution = solve(population, POLICY, 1, CIRCLES)

    assert everybody(solution) == [each.id for each in population.people]
    assert all(3 <= len(match.members) <= 6 for match in solution.matches)
    excluded = {frozenset((each.id, other)) for each in population.people for other in each.exclude}
    assert not [match for match in solution.matches for pair in combinations(match.members, 2) if set(pair) in excluded]
    assert all(Rule.EXCLUDED not in match.relaxed for match in solution.matches)


@pytest.mark.parametrize(("people", "sizes"), [(3, [3]), (5, [5]), (7, [3, 4]), (8, [4, 4]), (2, [])])
def test_sizes_give_way_where_the_number_of_people_asks_for_it(people: int, sizes: list[int]) -> None:
    alike = [person(f"p{number}") for number in range(people)]

    solution = solve(Population.of(alike), POLICY, 1, CIRCLES)

    assert sorted(len(match.members) for match in solution.matches) == sizes


def test_a_larger_round_of_circles_seats_everybody_the_same_way_twice() -> None:
    people = [replace(each, exclude=frozenset({"p000"}) - {each.id}) for each in crowd(63)]

    solution = solve(Population.of(people), POLICY, 2, CIRCLES)

    assert [each.id for each in solution.unmatched] == ["p000"]
    assert solution == solve(Population.of(people), POLICY, 2, CIRCLES)
