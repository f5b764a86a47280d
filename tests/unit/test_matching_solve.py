from __future__ import annotations

import os
import random
import subprocess
import sys
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.explain import FROM_OFFERS_AND_WANTS, Quality, Reason, ReasonKind, quality, reasons
from bot.matching.people import Candidate, History
from bot.matching.policy import Policy
from bot.matching.rules import Rule, forbidden
from bot.matching.solve import Match, Solution, Unmatched, WhyAlone, solve

POLICY = Policy()
STRANGERS = History()
SKILLS = ["law", "maths", "music", "sql"]


def person(name: str, offers: str = "", wants: str = "", **more: Any) -> Candidate:
    given_ = {"languages": frozenset({"en"}), "work": (480, 1020), **more}
    return Candidate(name, frozenset(offers.split()), frozenset(wants.split()), **given_)


@st.composite
def rounds(draw: st.DrawFn, most: int = 8) -> tuple[list[Candidate], History]:
    names = [f"p{number}" for number in range(draw(st.integers(0, most)))]
    some = st.frozensets(st.sampled_from(SKILLS), max_size=3)
    spoken = st.sampled_from([{"en"}, {"en"}, {"de", "en"}, {"de"}, set[str]()])
    people = [
        Candidate(name, draw(some), draw(some), frozenset(draw(spoken)), (540, 1020), draw(st.integers(0, 1)))
        for name in names
    ]
    weeks = st.sampled_from([None, None, 2, 20, 60])
    met = [(a, b, draw(weeks)) for a, b in combinations(names, 2)]
    return people, History.of((a, b, ago) for a, b, ago in met if ago is not None)


def everybody(solution: Solution) -> list[str]:
    alone = [each.id for each in solution.unmatched]
    return sorted([*alone, *(member for match in solution.matches for member in match.members)])


@settings(max_examples=150, deadline=None)
@given(rounds(), st.integers(0, 3))
def test_everybody_is_in_one_match_or_explained_and_no_rule_is_broken(
    drawn: tuple[list[Candidate], History], seed: int
) -> None:
    people, history = drawn
    by_id = {each.id: each for each in people}

    solution = solve(people, POLICY, history, seed)

    assert everybody(solution) == sorted(by_id)
    for match in solution.matches:
        assert len(match.members) in {2, 3}
        for a, b in combinations(match.members, 2):
            assert forbidden(by_id[a], by_id[b], POLICY, history) is None
    for each in solution.unmatched:
        allowed = len(people) - 1 - sum(count for _, count in each.rules)
        assert (allowed > 0) == (each.reason is WhyAlone.NOBODY_LEFT)


@settings(max_examples=100, deadline=None)
@given(rounds(), st.randoms(use_true_random=False), st.integers(0, 100))
def test_the_order_of_the_people_makes_no_difference(
    drawn: tuple[list[Candidate], History], chance: random.Random, seed: int
) -> None:
    people, history = drawn
    shuffled = chance.sample(people, len(people))

    assert solve(shuffled, POLICY, history, seed) == solve(people, POLICY, history, seed)


@settings(max_examples=60, deadline=None)
@given(rounds(most=7), st.integers(0, 1000))
def test_another_seed_chooses_only_among_equally_good_solutions(
    drawn: tuple[list[Candidate], History], seed: int
) -> None:
    people, history = drawn
    one, other = solve(people, POLICY, history, 0), solve(people, POLICY, history, seed)

    trios = sum(len(match.members) == 3 for match in one.matches)
    assert len(one.unmatched) == len(other.unmatched)
    assert one.total == other.total or trios > 1


def test_seeds_do_shuffle_people_who_are_all_alike() -> None:
    alike = [person(f"p{number}") for number in range(9)]

    assert len({solve(alike, POLICY, STRANGERS, seed).matches for seed in range(8)}) > 1


def test_the_same_seed_gives_the_same_answer_after_a_restart() -> None:
    program = """
from bot.matching.people import Candidate, History
from bot.matching.policy import Policy
from bot.matching.solve import solve

def some(number, step):
    return frozenset(skill for place, skill in enumerate("abcdefg") if (number * step + place) % 4 == 0)

both = frozenset({"en", "de"})
people = [Candidate(f"p{n}", some(n, 3), some(n, 5), both, (480, 900)) for n in range(31)]
print(solve(people, Policy(), History(), 7))
"""
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for hash_seed in ("1", "2")
    }

    assert len(answers) == 1


def test_nobody_nobody_at_all_and_one_person_alone() -> None:
    assert solve([], POLICY, STRANGERS, 1) == Solution((), ())
    assert solve([person("mira")], POLICY, STRANGERS, 1) == Solution((), (Unmatched("mira", WhyAlone.NOBODY_ELSE, ()),))


def test_two_people_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="'mira'"):
        solve([person("mira"), person("jonas"), person("mira")], POLICY, STRANGERS, 1)


def test_who_can_give_each_other_most_comes_together() -> None:
    people = [person("a", "law", "sql"), person("b", "music", "maths"), person("c", "sql", "law"), person("d", "maths")]

    solution = solve(people, POLICY, STRANGERS, 1)

    assert [match.members for match in solution.matches] == [("a", "c"), ("b", "d")]
    assert solution.total == 2 * (100 + 15) + 2 * (40 + 15)


def test_three_people_become_a_trio_worth_each_ones_average_score() -> None:
    people = [person("a", "law"), person("b", "sql", "law"), person("c", "music", "sql")]

    (match,) = solve(people, POLICY, STRANGERS, 1).matches

    assert match.members == ("a", "b", "c")
    assert [each.total for each in match.scores] == [55, 15, 55]
    assert match.worth == 125


def test_no_trio_holds_two_people_who_may_not_meet() -> None:
    solution = solve([person("a"), person("b"), person("c")], POLICY, History.of([("a", "c", 1)]), 1)

    assert [len(match.members) for match in solution.matches] == [2]
    assert [(each.reason, each.rules) for each in solution.unmatched] == [
        (WhyAlone.NOBODY_LEFT, ((Rule.MET_RECENTLY, 1),))
    ]


def test_who_waited_gets_the_partner_whom_a_better_fit_could_have_had() -> None:
    people = [person("a", "law"), person("b", wants="law"), person("c", waited_rounds=1)]

    solution = solve(people, POLICY, History.of([("b", "c", 1)]), 1)

    assert [match.members for match in solution.matches] == [("a", "c")]
    assert [each.id for each in solution.unmatched] == ["b"]


def test_who_stays_alone_is_told_the_rule_that_left_nobody() -> None:
    people = [
        person("a"),
        person("b"),
        person("c", languages=frozenset({"tr"})),
        person("d", languages=frozenset({"fr", "en"})),
        person("e", languages=frozenset({"fr"})),
    ]
    history = History.of([("d", "a", 2), ("d", "b", 2), ("d", "e", 2)])

    solution = solve(people, POLICY, history, 1)

    assert [match.members for match in solution.matches] == [("a", "b")]
    assert solution.unmatched == (
        Unmatched("c", WhyAlone.NO_SHARED_LANGUAGE, ((Rule.NO_SHARED_LANGUAGE, 4),)),
        Unmatched("d", WhyAlone.MET_EVERYONE, ((Rule.NO_SHARED_LANGUAGE, 1), (Rule.MET_RECENTLY, 3))),
        Unmatched("e", WhyAlone.MET_EVERYONE, ((Rule.NO_SHARED_LANGUAGE, 3), (Rule.MET_RECENTLY, 1))),
    )


def test_week_after_week_everybody_gets_somebody_new_as_long_as_there_are_enough() -> None:
    met: dict[frozenset[str], int] = {}
    for week in range(4):
        history = History({pair: float(week - then) for pair, then in met.items()})
        solution = solve([person(name) for name in "abcdefgh"], POLICY, history, seed=3)
        assert solution.unmatched == ()
        met |= {frozenset(match.members): week for match in solution.matches}

    assert len(met) == 4 * 4


def only_match(*people: Candidate) -> Match:
    (match,) = solve(people, POLICY, STRANGERS, 1).matches
    return match


def test_reasons_name_both_directions_before_a_second_skill() -> None:
    match = only_match(person("mira", "law music sql", "maths"), person("jonas", "maths", "law music sql"))

    assert reasons(match, FROM_OFFERS_AND_WANTS) == (
        Reason(ReasonKind.SKILL, 40, "jonas", "mira", "maths"),
        Reason(ReasonKind.SKILL, 40, "mira", "jonas", "law"),
        Reason(ReasonKind.SKILL, 20, "mira", "jonas", "music"),
    )
    assert reasons(match)[2] == Reason(ReasonKind.HOURS, 15, amount=540)


def test_in_a_trio_everybody_who_receives_something_is_named_once() -> None:
    match = only_match(person("a", "law", "music"), person("b", "sql", "law"), person("c", "music", "sql"))

    assert {reason.receiver for reason in reasons(match)} == {"a", "b", "c"}


def test_hours_and_languages_are_reasons_only_when_all_members_share_them() -> None:
    both = frozenset({"de", "en"})
    match = only_match(
        person("a", languages=both), person("b", languages=both, work=(840, 1440)), person("c", languages=both)
    )

    assert reasons(match) == (
        Reason(ReasonKind.HOURS, 11, amount=180),
        Reason(ReasonKind.LANGUAGES, 3, amount=2),
    )
    assert reasons(only_match(person("a"), person("b", work=(0, 60)), person("c"))) == ()


@pytest.mark.parametrize(
    ("mira", "jonas", "word"),
    [
        (person("mira", "law", "sql"), person("jonas", "sql", "law"), Quality.STRONG),
        (person("mira", "law"), person("jonas", wants="law"), Quality.GOOD),
        (person("mira"), person("jonas"), Quality.STRETCH),
        (person("mira", waited_rounds=5), person("jonas"), Quality.STRETCH),
    ],
)
def test_the_word_for_a_match_comes_from_the_fit_and_not_from_the_waiting(
    mira: Candidate, jonas: Candidate, word: Quality
) -> None:
    assert quality(only_match(mira, jonas), POLICY) is word
