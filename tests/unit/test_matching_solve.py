from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import candidates, groups
from bot.matching.explain import FROM_OFFERS_AND_WANTS, Quality, Reason, ReasonKind, quality, reasons
from bot.matching.facing import Facing
from bot.matching.judge import judge_of
from bot.matching.matches import Match, Solution, Unmatched, WhyAlone
from bot.matching.people import Decisions, History, Person, Population
from bot.matching.pins import PinsContradict
from bot.matching.policy import Policy, Relaxable
from bot.matching.rules import RELAXES, Rule, named
from bot.matching.solve import solve
from tests.unit.matching_people import (
    NEVER_RELAXED,
    best_by_hand,
    crowd,
    everybody,
    person,
    populations,
)

POLICY = Policy()


def solved(people: list[Person], history: History | None = None, policy: Policy = POLICY, seed: int = 1) -> Solution:
    return solve(Population.of(people, history), policy, seed)


def members(solution: Solution) -> list[tuple[str, ...]]:
    return [match.members for match in solution.matches]


def rules_of(population: Population, policy: Policy, one: str, other: str) -> tuple[Rule, ...]:
    judge = judge_of(population, policy, 0)
    place = {each.id: index for index, each in enumerate(population.people)}
    first, second = np.array([[place[one]], [place[other]]], dtype=np.int32)
    return named(int(judge.rulebook.broken(Facing(judge.columns, first, second))[0]))


@settings(max_examples=100, deadline=None)
@given(populations(most=14), st.integers(0, 3))
def test_everybody_is_in_one_match_or_explained_and_only_named_rules_are_relaxed(
    population: Population, seed: int
) -> None:
    solution = solve(population, POLICY, seed)

    assert everybody(solution) == [each.id for each in population.people]
    for match in solution.matches:
        assert len(match.members) in {2, 3}
        broken = {rule for a, b in combinations(match.members, 2) for rule in rules_of(population, POLICY, a, b)}
        assert broken - {Rule.MET_BEFORE} == set(match.relaxed)
        assert set(match.relaxed) <= {RELAXES[Relaxable.HOURS], RELAXES[Relaxable.GAP]}


@settings(max_examples=60, deadline=None)
@given(populations(most=14), st.randoms(use_true_random=False), st.integers(0, 100))
def test_the_order_of_the_people_makes_no_difference(population: Population, chance: random.Random, seed: int) -> None:
    shuffled = chance.sample(population.people, len(population))

    assert solve(Population.of(shuffled, population.history), POLICY, seed) == solve(population, POLICY, seed)


@settings(max_examples=100, deadline=None)
@given(populations(most=8))
def test_up_to_eight_people_come_out_as_trying_everything_would_have_it(population: Population) -> None:
    present = replace(population, people=tuple(each for each in population.people if not each.away))
    plain = replace(present, people=tuple(replace(each, volunteer_third=False) for each in present.people))

    solution = solve(plain, NEVER_RELAXED, 1)

    judge = judge_of(plain, NEVER_RELAXED, 1)
    pairs = list(combinations(range(len(plain)), 2))
    first, second = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    fit, broken = judge.weigh(first, second)
    waiting = judge.scorer.priority()
    worth = fit + waiting[first] + waiting[second]
    weights = {pair: float(worth[row]) for row, pair in enumerate(pairs) if not broken[row]}
    alone, trios, total = best_by_hand(len(plain), weights)
    assert (-len(solution.unmatched), -sum(len(each) == 3 for each in members(solution))) == (alone, trios)
    assert solution.total == pytest.approx(total)


@settings(max_examples=30, deadline=None)
@given(populations(most=12), st.integers(0, 1000))
def test_another_seed_chooses_only_among_equally_good_solutions(population: Population, seed: int) -> None:
    policy = NEVER_RELAXED.model_copy(update={"fair_loss": 0.0})
    one, other = solve(population, policy, 0), solve(population, policy, seed)

    trios = sum(len(match.members) == 3 for match in one.matches)
    assert len(one.unmatched) == len(other.unmatched)
    assert one.total == pytest.approx(other.total) or trios > 1


def test_seeds_do_shuffle_people_who_are_all_alike() -> None:
    alike = [person(f"p{number:02d}") for number in range(15)]

    assert len({solved(alike, seed=seed).matches for seed in range(8)}) > 1


def test_the_same_seed_gives_the_same_answer_after_a_restart() -> None:
    program = """
from bot.matching.people import Format, Population
from bot.matching.policy import Policy
from bot.matching.solve import Wish, solve
from tests.unit.matching_people import crowd

for format in Format:
    print(solve(Population.of(crowd(31)), Policy(), 7, Wish(format)))
"""
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": "."},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for hash_seed in ("1", "2")
    }

    assert len(answers) == 1


def test_nobody_nobody_at_all_and_one_person_alone() -> None:
    assert (solved([]).matches, solved([]).unmatched) == ((), ())
    assert solved([person("mira")]).unmatched == (Unmatched("mira", WhyAlone.NOBODY_ELSE),)


def test_two_people_are_a_pair_and_three_a_trio_worth_each_ones_average_score() -> None:
    pair = solved([person("a", "law"), person("b", "sql", "law")])
    (trio,) = solved([person("a", "law"), person("b", "sql", "law"), person("c", "music", "sql")]).matches

    assert members(pair) == [("a", "b")]
    assert trio.members == ("a", "b", "c")
    assert [each.total for each in trio.scores] == [26, 6, 26]
    assert trio.worth == 29


def test_who_can_give_each_other_most_comes_together() -> None:
    people = [person("a", "law", "sql"), person("b", "music", "maths"), person("c", "sql", "law"), person("d", "maths")]

    solution = solved(people)

    assert members(solution) == [("a", "c"), ("b", "d")]
    assert solution.total == (48 + 6) + (20 + 6)
    assert solution.optimal


def test_no_trio_holds_two_people_who_may_not_meet() -> None:
    solution = solved([person("a"), person("b"), person("c", exclude=frozenset({"a"}))])

    assert [len(match.members) for match in solution.matches] == [2]
    assert [each.reason for each in solution.unmatched] == [WhyAlone.NOBODY_LEFT]


def test_who_waited_gets_the_partner_whom_a_better_fit_could_have_had() -> None:
    people = [
        person("a", "law"),
        person("b", wants="law", exclude=frozenset({"c"})),
        person("c", waited_rounds=1),
    ]

    solution = solved(people)

    assert members(solution) == [("a", "c")]
    assert [each.id for each in solution.unmatched] == ["b"]


def test_who_stays_alone_is_told_the_first_reason_that_is_true_and_never_a_private_one() -> None:
    spoken = {"c": "tr", "d": "fr en", "e": "fr"}
    people = [person(name, languages=frozenset(spoken.get(name, "en").split())) for name in "abcde"]
    people += [person("f", away=True), person("g", capacity=0)]
    people += [person("h", exclude=frozenset("abcde"), competes_with=frozenset("abcde"))]
    history = History.of([("d", "a", 2), ("d", "b", 2), ("d", "e", 2)])

    solution = solved(people, history, NEVER_RELAXED)

    assert members(solution) == [("a", "b")]
    assert {each.id: each.reason for each in solution.unmatched} == {
        "c": WhyAlone.NO_SHARED_LANGUAGE,
        "d": WhyAlone.NOBODY_ALLOWED,
        "e": WhyAlone.MET_EVERYONE,
        "f": WhyAlone.AWAY,
        "g": WhyAlone.NO_CAPACITY,
        "h": WhyAlone.NOBODY_ALLOWED,
    }


def test_who_has_met_everybody_recently_is_told_so_if_the_gap_is_not_relaxed() -> None:
    history = History.of([("a", "b", 2)])

    kept = solved([person("a"), person("b")], history, NEVER_RELAXED)
    relaxed = solved([person("a"), person("b")], history)

    assert [each.reason for each in kept.unmatched] == [WhyAlone.MET_EVERYONE] * 2
    assert [match.relaxed for match in relaxed.matches] == [(Rule.MET_RECENTLY,)]


@pytest.mark.parametrize("size", [4, 12])
def test_rules_are_relaxed_in_the_stated_order_and_only_for_who_has_nobody_otherwise(size: int) -> None:
    """`a` and `b` share no working time and `a` has met everybody else: hours give way before the gap does."""
    people = [person("a", work=(0, 300)), person("b")] + [
        person(f"c{number}", work=(200, 1020)) for number in range(size - 2)
    ]
    history = History.of([("a", other.id, 1) for other in people[2:]])

    hours_first = solved(people, history)
    gap_first = solved(people, history, Policy(relax=(Relaxable.GAP, Relaxable.HOURS)))

    assert [match.relaxed for match in hours_first.matches if match.relaxed] == [(Rule.TOO_FEW_HOURS,)]
    assert [match.relaxed for match in gap_first.matches if match.relaxed] == [(Rule.MET_RECENTLY,)]
    assert hours_first.unmatched == gap_first.unmatched == ()


def test_a_private_exclusion_a_manager_and_a_competitor_are_never_relaxed() -> None:
    everything = Policy(relax=tuple(Relaxable))
    for rule in ({"exclude": frozenset({"b"})}, {"manager": "b"}, {"competes_with": frozenset({"b"})}):
        assert solved([person("a", **rule), person("b")], policy=everything).matches == ()


def test_half_of_everybody_on_leave_does_not_keep_the_others_from_a_match() -> None:
    people = [replace(each, away=number % 2 == 0) for number, each in enumerate(crowd(60))]

    solution = solved(people)

    assert len(solution.matches) == 15
    assert {each.reason for each in solution.unmatched} == {WhyAlone.AWAY}


def test_somebody_who_excludes_everybody_is_left_and_the_others_are_matched() -> None:
    people = crowd(21)
    hermit = replace(people[0], exclude=frozenset(each.id for each in people))

    solution = solved([hermit, *people[1:]])

    assert solution.unmatched == (Unmatched(hermit.id, WhyAlone.NOBODY_ALLOWED),)


def test_week_after_week_nobody_meets_again_before_all_pairs_are_used_up() -> None:
    """26 weeks among 20 people: a pair meets again only in a round that new pairs alone could not have seated."""
    met: dict[frozenset[str], int] = {}
    people = crowd(20)
    for week in range(26):
        history = History({pair: float(week - then) for pair, then in met.items()})
        solution = solved(people, history, seed=3)
        now = [frozenset(match.members) for match in solution.matches]
        repeated = [pair for pair in now if pair in met]
        new = [pair for pair in map(frozenset, combinations([each.id for each in people], 2)) if pair not in met]
        assert solution.unmatched == ()
        assert not repeated or not can_seat_all(people, new)
        met |= dict.fromkeys(now, week)

    assert len(met) > 18 * 10


def can_seat_all(people: list[Person], pairs: list[frozenset[str]]) -> bool:
    import rustworkx

    place = {each.id: index for index, each in enumerate(people)}
    network: rustworkx.PyGraph[None, int] = rustworkx.PyGraph()
    network.extend_from_weighted_edge_list([(place[a], place[b], 1) for a, b in map(sorted, pairs)])
    return len(rustworkx.max_weight_matching(network, max_cardinality=True, weight_fn=int)) == len(people) // 2


def test_the_worst_pair_is_made_better_for_a_little_total() -> None:
    people = crowd(60)

    fair = solved(people)
    greedy = solved(people, policy=Policy(fair_loss=0))

    assert fair.floor is not None
    assert greedy.floor is not None
    assert fair.floor >= greedy.floor
    assert greedy.total >= fair.total >= 0.995 * greedy.total
    assert min(match.fit for match in fair.matches) == fair.floor


def test_a_volunteer_is_third_and_next_time_another_one() -> None:
    people = [replace(each, volunteer_third=each.id in {"p003", "p007"}) for each in crowd(15)]
    tired = [replace(each, thirds=1) if each.id == "p003" else each for each in people]

    trio = next(match for match in solved(tired).matches if len(match.members) == 3)

    assert "p007" in trio.members
    assert "p003" not in trio.members


def test_pins_are_matches_whatever_they_score_and_forbidden_pairs_are_none() -> None:
    people = [person("a", "law", "sql"), person("b", "sql", "law"), person("c"), person("d")]
    pinned = Decisions(pins=frozenset({frozenset("ac")}))
    forbidden = Decisions(forbidden=frozenset({frozenset("ab")}))

    assert members(solve(Population.of(people, decisions=pinned), POLICY, 1)) == [("a", "c"), ("b", "d")]
    assert ("a", "b") not in members(solve(Population.of(people, decisions=forbidden), POLICY, 1))


def test_a_pin_that_the_rules_do_not_allow_is_refused_without_the_rule() -> None:
    people = [person("a", exclude=frozenset("b")), person("b"), person("c"), person("d")]

    solution = solve(Population.of(people, decisions=Decisions(frozenset({frozenset("ab")}))), POLICY, 1)

    assert solution.refused_pins == (frozenset("ab"),)
    assert everybody(solution) == list("abcd")
    assert ("a", "b") not in members(solution)


def test_pins_that_contradict_each_other_are_all_named() -> None:
    people = [person("a"), person("b"), person("c"), person("d", away=True)]
    pins = frozenset({frozenset("ab"), frozenset("ac"), frozenset("bd"), frozenset("cx"), frozenset("c")})
    decisions = Decisions(pins, frozenset({frozenset("ab")}))

    with pytest.raises(PinsContradict) as refused:
        solve(Population.of(people, decisions=decisions), POLICY, 1)

    assert len(refused.value.complaints) == 7


@pytest.mark.parametrize("size", [40, 41])
def test_the_way_for_many_people_breaks_no_rule_and_leaves_nobody_out(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """The same 40 people as if they were too many for a table of all pairs."""
    everything = solved(crowd(size))
    monkeypatch.setattr(candidates, "BEST", 8)
    monkeypatch.setattr(groups, "DENSE", 10)

    solution = solved(crowd(size))

    assert everybody(solution) == everybody(everything)
    assert solution.unmatched == ()
    assert solution.total >= 0.97 * everything.total


def only_match(*people: Person) -> tuple[Match, dict[str, Person]]:
    (match,) = solved(list(people)).matches
    return match, {each.id: each for each in people}


def test_reasons_name_both_directions_before_a_second_skill() -> None:
    match, people = only_match(person("mira", "law music sql", "maths"), person("jonas", "maths", "law music sql"))

    assert reasons(match, people, POLICY, FROM_OFFERS_AND_WANTS) == (
        Reason(ReasonKind.SKILL, 20, "jonas", "mira", "maths"),
        Reason(ReasonKind.SKILL, 20, "mira", "jonas", "law"),
        Reason(ReasonKind.SKILL, 8, "mira", "jonas", "music"),
    )


def test_in_a_trio_everybody_who_receives_something_is_named_once() -> None:
    match, people = only_match(person("a", "law", "music"), person("b", "sql", "law"), person("c", "music", "sql"))

    assert {reason.receiver for reason in reasons(match, people, POLICY)} == {"a", "b", "c"}


def test_what_is_shared_is_a_reason_only_when_all_members_share_it() -> None:
    both, goals = frozenset({"de", "en"}), frozenset({"lead"})
    same: dict[str, Any] = {"languages": both, "goals": goals, "level": 2}
    match, people = only_match(person("a", **same), person("b", work=(840, 1440), **same), person("c", **same))

    assert reasons(match, people, POLICY) == (
        Reason(ReasonKind.LEVEL, 6),
        Reason(ReasonKind.GOAL, 5, skill="lead"),
        Reason(ReasonKind.HOURS, 4, amount=180),
    )
    lonely, strangers = only_match(person("a"), person("b", work=None), person("c"))
    assert reasons(lonely, strangers, POLICY) == ()


def test_a_wish_is_never_a_reason() -> None:
    match, people = only_match(person("a", wishes=frozenset("b"), work=None), person("b", wishes=frozenset("a")))

    assert match.fit == 30
    assert reasons(match, people, POLICY) == ()


@pytest.mark.parametrize(
    ("mira", "jonas", "word"),
    [
        (person("mira", "law", "sql"), person("jonas", "sql", "law"), Quality.STRONG),
        (person("mira", "law"), person("jonas", wants="law"), Quality.GOOD),
        (person("mira", "law music maths", level=1), person("jonas", wants="law music maths", level=1), Quality.GOOD),
        (person("mira"), person("jonas"), Quality.STRETCH),
        (person("mira", waited_rounds=5), person("jonas"), Quality.STRETCH),
    ],
)
def test_the_word_for_a_match_comes_from_the_fit_and_from_who_receives_something(
    mira: Person, jonas: Person, word: Quality
) -> None:
    assert quality(only_match(mira, jonas)[0], POLICY) is word


def test_a_private_wish_makes_no_match_better_in_a_word_that_owners_read() -> None:
    """It steers who goes with whom, and shows nowhere."""
    one, other = person("a", "law", work=None), person("b", wants="law")
    wishing = [replace(one, wishes=frozenset({"b"})), replace(other, wishes=frozenset({"a"}))]
    [plain], [wished] = (solve(Population.of(people), Policy(), seed=1).matches for people in ([one, other], wishing))
    assert wished.fit == plain.fit + Policy().mutual_wish_points
    assert quality(wished, Policy()) is quality(plain, Policy()) is Quality.STRETCH
