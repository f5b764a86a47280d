from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import pairs, trios
from bot.matching.assignment import assign
from bot.matching.graph import Graph, worth
from bot.matching.pairs import best_pairs, matched
from bot.matching.rings import ALONE, split_rings
from bot.matching.small import best_of_few
from bot.matching.trios import Arrangement, with_trios
from tests.unit.matching_people import best_by_hand

Weights = dict[tuple[int, int], float]


@st.composite
def allowed_pairs(draw: st.DrawFn, most: int) -> tuple[int, Weights]:
    people = draw(st.integers(0, most))
    share, high = draw(st.integers(1, 10)), draw(st.sampled_from([1, 4, 100, 1 << 30]))
    weights = {
        pair: float(draw(st.integers(-high // 2, high)))
        for pair in combinations(range(people), 2)
        if draw(st.integers(1, 10)) <= share
    }
    return people, weights


def graph_of(people: int, weights: Weights) -> Graph:
    first, second = np.array(sorted(weights), dtype=np.int32).reshape(-1, 2).T
    return Graph(people, first, second, np.array([weights[pair] for pair in sorted(weights)]))


def value(found: Arrangement, weights: Weights) -> tuple[int, int, float]:
    partners = [(a, b) for a, b in enumerate(found.partner.tolist()) if b > a]
    in_trios = sum(weights[pair] for trio in found.trios for pair in combinations(trio, 2)) / 2
    return -len(found.left()), -len(found.trios), sum(weights[pair] for pair in partners) + in_trios


def seats(found: Arrangement) -> list[int]:
    partners = [person for person, mate in enumerate(found.partner.tolist()) if mate != ALONE]
    return sorted([*found.left(), *partners, *(person for trio in found.trios for person in trio)])


@settings(max_examples=150, deadline=None)
@given(allowed_pairs(most=9), st.booleans())
def test_the_general_way_finds_what_trying_everything_finds_where_one_trio_is_enough(
    drawn: tuple[int, Weights],
    large: bool,  # noqa: FBT001 - drawn
) -> None:
    """Both as a small round, made exact, and as if it were a large one that is only mended."""
    people, weights = drawn
    graph = graph_of(people, weights)
    with pytest.MonkeyPatch.context() as patch:
        if large:
            patch.setattr(pairs, "SMALL", 0)

        found = with_trios(graph, best_pairs(graph), [(1, 0)] * people)

    best = best_by_hand(people, weights)
    assert seats(found) == list(range(people))
    assert value(found, weights)[:2] <= best[:2]
    if best[1] >= -1 and best[0] == 0:
        assert value(found, weights) == pytest.approx(best)


@settings(max_examples=150, deadline=None)
@given(allowed_pairs(most=8))
def test_among_few_people_nothing_is_better_than_what_is_found(drawn: tuple[int, Weights]) -> None:
    people, weights = drawn

    groups = best_of_few(graph_of(people, weights), [(1, 0)] * people)

    best = best_by_hand(people, weights)
    total = sum(weights[pair] / (len(group) - 1) for group in groups for pair in combinations(group, 2))
    seated = sum(map(len, groups))
    assert (seated - people, -sum(len(group) == 3 for group in groups)) == best[:2]
    assert total == pytest.approx(best[2])


@settings(max_examples=150, deadline=None)
@given(allowed_pairs(most=10))
def test_prices_bound_every_arrangement_of_pairs(drawn: tuple[int, Weights]) -> None:
    people, weights = drawn
    graph = graph_of(people, weights)

    found = best_pairs(graph)
    exact = matched(graph)

    price = found.price
    assert all(price[a] + price[b] >= weight - 1e-6 for (a, b), weight in weights.items())
    if (exact != ALONE).all():
        assert found.bound >= worth(graph, exact) - 1e-6
        assert worth(graph, found.partner) == pytest.approx(worth(graph, exact))


@settings(max_examples=100, deadline=None)
@given(allowed_pairs(most=12))
def test_rings_become_pairs_and_odd_ones_lose_one_person_only(drawn: tuple[int, Weights]) -> None:
    graph = graph_of(*drawn)
    assignment = assign(graph)

    partner = split_rings(graph, assignment.choice)

    for person, mate in enumerate(partner.tolist()):
        assert mate == ALONE or partner[mate] == person
    odd = sum(size % 2 for size in ring_sizes(assignment.choice.tolist()))
    assert int((partner == ALONE).sum()) == odd


def ring_sizes(choice: list[int]) -> list[int]:
    sizes, seen = [], set[int]()
    for begin in range(len(choice)):
        person, size = begin, 0
        while person not in seen:
            seen.add(person)
            person, size = choice[person], size + 1
        sizes.append(size)
    return sizes


def test_an_odd_ring_leaves_out_whom_it_costs_least() -> None:
    weights = {(0, 1): 9.0, (1, 2): 1.0, (2, 3): 9.0, (3, 4): 1.0, (0, 4): 1.0}
    graph = graph_of(5, weights)

    partner = split_rings(graph, np.array([1, 2, 3, 4, 0], dtype=np.int32))

    assert partner.tolist() == [1, 0, 3, 2, ALONE]


def test_far_from_each_other_two_who_are_left_over_still_come_together() -> None:
    """A chain of people who would rather stay as they are: only moving all of them on by one seats both ends."""
    size = 400
    weights = {(a, a + 1): 50.0 if a % 2 else 10.0 for a in range(size - 1)}
    graph = graph_of(size, weights)

    assert (best_pairs(graph).partner != ALONE).all()


def test_two_leftovers_join_two_different_pairs() -> None:
    """Two sets of three, and a go-between (6) who is wanted by both and by two people (7, 8) who have nobody else."""
    three = [(0, 1), (0, 2), (1, 2)]
    weights = dict.fromkeys([*three, *((a + 3, b + 3) for a, b in three), (0, 6), (3, 6), (6, 7), (6, 8)], 3.0)
    graph = graph_of(9, weights)

    found = with_trios(graph, best_pairs(graph), [(1, 0)] * 9)

    assert found.trios == ((0, 1, 2), (3, 4, 5))
    assert len(found.left()) == 1


def test_volunteers_are_third_first_and_of_them_who_was_least_often() -> None:
    weights = {pair: float(200 - sum(pair)) for pair in combinations(range(13), 2)}
    graph = graph_of(13, weights)
    turns = [(1, 0)] * 13
    turns[10], turns[11] = (0, 2), (0, 1)

    found = with_trios(graph, best_pairs(graph), turns)

    (trio,) = found.trios
    assert 11 in trio
    assert found.left() == []


def test_a_search_among_many_people_ends_and_seats_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trios, "SMALL", 10)
    monkeypatch.setattr(pairs, "SMALL", 10)
    die = np.random.default_rng(1)
    weights = {pair: float(die.integers(0, 1000)) for pair in combinations(range(101), 2)}
    graph = graph_of(101, weights)

    paired = best_pairs(graph)
    found = with_trios(graph, paired, [(1, 0)] * 101)

    assert found.left() == []
    assert value(found, weights)[2] >= 0.99 * paired.bound
