from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.groups import Groups, best_groups
from bot.matching.pairs import Pair, Weights, islands, perfect_sum
from bot.matching.prices import lowest_prices

Value = tuple[int, int, int]
"""What makes one arrangement better than another: minus the people alone, minus the trios, the worth."""


def worth(group: tuple[int, ...], weights: Weights) -> int:
    return sum(weights[pair] for pair in combinations(group, 2)) * 2 // (len(group) - 1)


def value(groups: Groups, weights: Weights) -> Value:
    trios = sum(len(group) == 3 for group in groups.together)
    return -len(groups.alone), -trios, sum(worth(group, weights) for group in groups.together)


def best_value(people: int, weights: Weights) -> Value:
    """Try every arrangement there is."""

    @cache
    def best(left: tuple[int, ...]) -> Value:
        if not left:
            return 0, 0, 0
        return max(arranged(left))

    def arranged(left: tuple[int, ...]) -> Iterator[Value]:
        first, *others = left
        for size in (0, 1, 2):
            for company in combinations(others, size):
                group = (first, *company)
                if all(pair in weights for pair in combinations(group, 2)):
                    alone, trios, total = best(tuple(each for each in others if each not in company))
                    gained = worth(group, weights) if company else 0
                    yield alone - (size == 0), trios - (size == 2), total + gained

    return best(tuple(range(people)))


@st.composite
def allowed_pairs(draw: st.DrawFn, most: int) -> tuple[int, dict[Pair, int]]:
    people = draw(st.integers(0, most))
    share, high = draw(st.integers(1, 10)), draw(st.sampled_from([1, 4, 100, 1 << 40]))
    weights = {
        pair: draw(st.integers(-high // 2, high))
        for pair in combinations(range(people), 2)
        if draw(st.integers(1, 10)) <= share
    }
    return people, weights


def seated(groups: Groups) -> list[int]:
    return sorted([*groups.alone, *(person for group in groups.together for person in group)])


@settings(max_examples=300, deadline=None)
@given(allowed_pairs(most=9))
def test_no_arrangement_leaves_fewer_alone_or_has_fewer_trios_or_with_at_most_one_trio_is_worth_more(
    drawn: tuple[int, dict[Pair, int]],
) -> None:
    people, weights = drawn

    groups = best_groups(frozenset(range(people)), weights)

    found, best = value(groups, weights), best_value(people, weights)
    assert seated(groups) == list(range(people))
    assert found[:2] == best[:2]
    assert found[2] == best[2] if best[1] >= -1 else found[2] <= best[2]


@settings(max_examples=100, deadline=None)
@given(allowed_pairs(most=5), allowed_pairs(most=5))
def test_two_sets_of_people_who_cannot_meet_each_other_get_the_best_trio_each(
    one: tuple[int, dict[Pair, int]], other: tuple[int, dict[Pair, int]]
) -> None:
    moved = {(a + one[0], b + one[0]): weight for (a, b), weight in other[1].items()}
    weights = {**one[1], **moved}

    groups = best_groups(frozenset(range(one[0] + other[0])), weights)

    bests = best_value(*one), best_value(*other)
    if all(best[1] >= -1 for best in bests):
        assert value(groups, weights) == tuple(map(sum, zip(*bests, strict=True)))


def two_triangles_on_a_bridge() -> dict[Pair, int]:
    return dict.fromkeys([(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)], 1)


@pytest.mark.parametrize(
    ("people", "weights", "expected"),
    [
        (1, {}, Groups((), (0,))),
        (2, {(0, 1): -7}, Groups(((0, 1),), ())),
        (3, {(0, 1): 1, (1, 2): 9}, Groups(((1, 2),), (0,))),
        (3, {(0, 1): 1, (1, 2): 9, (0, 2): -5}, Groups(((0, 1, 2),), ())),
        (6, two_triangles_on_a_bridge(), Groups(((0, 1), (2, 3), (4, 5)), ())),
        (4, dict.fromkeys([(0, 1), (0, 2), (0, 3)], 5), Groups(((0, 1),), (2, 3))),
    ],
)
def test_small_rounds_come_out_as_one_would_seat_them(people: int, weights: dict[Pair, int], expected: Groups) -> None:
    groups = best_groups(frozenset(range(people)), weights)

    assert value(groups, weights) == value(expected, weights)


def test_two_leftovers_join_two_different_pairs() -> None:
    """Two sets of three, and a go-between (6) who is wanted by both and by two people (7, 8) who have nobody else."""
    three = [(0, 1), (0, 2), (1, 2)]
    weights = dict.fromkeys([*three, *((a + 3, b + 3) for a, b in three), (0, 6), (3, 6), (6, 7), (6, 8)], 3)

    groups = best_groups(frozenset(range(9)), weights)

    assert [group for group in groups.together if len(group) == 3] == [(0, 1, 2), (3, 4, 5)]
    assert len(groups.alone) == 1


def test_odd_rings_without_a_trio_leave_one_person_alone() -> None:
    ring = {(min(a, (a + 1) % 5), max(a, (a + 1) % 5)): 4 for a in range(5)}

    assert len(best_groups(frozenset(range(5)), ring).alone) == 1


def test_many_sets_of_three_that_fit_only_each_other_still_give_the_best_single_trio() -> None:
    """Here the prices promise a trio for every set, far more than one trio can hold."""
    weights = {(a, b): 100 if a // 3 == b // 3 else 0 for a, b in combinations(range(27), 2)}

    groups = best_groups(frozenset(range(27)), weights)

    assert value(groups, weights) == (0, -1, 300 + 8 * 200)


@settings(max_examples=150, deadline=None)
@given(allowed_pairs(most=8))
def test_prices_are_a_bound_on_every_arrangement(drawn: tuple[int, dict[Pair, int]]) -> None:
    people, weights = drawn
    prices = lowest_prices(range(people), weights)
    alone, _, total = best_value(people, weights)
    paired = perfect_sum(weights, people)

    if prices is None:
        assert alone < 0
        return
    assert all(prices[a] + prices[b] >= 2 * weight for (a, b), weight in weights.items())
    assert alone < 0 or sum(prices.values()) >= total
    assert paired is None or sum(prices.values()) >= 2 * paired


def test_islands_are_the_people_whom_a_chain_of_allowed_pairs_connects() -> None:
    assert islands(frozenset({2, 4, 6, 7, 9}), {(2, 7): 1, (4, 9): 1, (7, 9): 1}) == [
        frozenset({2, 4, 7, 9}),
        frozenset({6}),
    ]
