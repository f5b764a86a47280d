from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.judge import judge_of, scored
from bot.matching.people import History, Person, Population, Track
from bot.matching.policy import Policy
from bot.matching.score import TermKind
from tests.unit.matching_people import SKILLS, fit_of, pair, person, populations

POLICY = Policy()


def points(a: Person, b: Person, kind: TermKind, history: History | None = None) -> int:
    judge = judge_of(Population.of([a, b], history), POLICY, 0)
    terms = judge.scorer.terms(pair(judge, *((0, 1) if a.id < b.id else (1, 0))))
    return int(terms[tuple(TermKind).index(kind)][0])


@settings(max_examples=60, deadline=None)
@given(populations(least=2))
def test_the_stored_terms_add_up_to_the_score_in_either_order(population: Population) -> None:
    judge = judge_of(population, POLICY, 0)
    together = list(combinations(range(len(population)), 2))
    first, second = np.array(together, dtype=np.int32).T

    fit, broken = judge.weigh(first, second)
    backwards, broken_too = judge.weigh(second, first)

    matches = scored(judge, population, together)
    assert [match.scores[0].fit for match in matches] == fit.tolist() == backwards.tolist()
    assert [sum(match.scores[0].points) + match.scores[0].waiting for match in matches] == [m.worth for m in matches]
    assert broken.tolist() == broken_too.tolist()


@settings(max_examples=60, deadline=None)
@given(populations(least=2), st.sampled_from(SKILLS), st.sampled_from(list(Track)))
def test_one_more_offer_never_lowers_anybodys_best_score(population: Population, skill: str, track: Track) -> None:
    poorer = population.people[0]
    richer = replace(poorer, offers=poorer.offers | {skill})
    others = population.people[1:]

    before = max(fit_of(poorer, other, POLICY, population.history, track) for other in others)
    after = max(fit_of(richer, other, POLICY, population.history, track) for other in others)

    assert after >= before


def test_the_defaults_add_up_to_110_points() -> None:
    everything = {
        "goals": frozenset({"lead", "speak"}),
        "languages": frozenset({"de", "en", "fr"}),
        "level": 3,
        "style": (1, 3, 5),
        "site": "remote",
    }
    mira = person("mira", "law maths music", "a b c", department="it", **everything)
    jonas = person("jonas", "a b c", "law maths music", department="hr", **everything)

    assert fit_of(mira, jonas, POLICY) == 110
    assert POLICY.waiting_points > 110


def test_each_direction_has_its_points_and_both_ways_is_worth_more() -> None:
    giver, taker = person("a", offers="law maths music sql"), person("b", wants="law maths music sql")

    assert points(giver, taker, TermKind.GIVES) == 20 + 8 + 4
    assert points(giver, taker, TermKind.RECEIVES) == 0
    assert points(giver, taker, TermKind.BOTH_WAYS) == 0
    assert points(person("a", "law", "sql"), person("b", "sql", "law"), TermKind.BOTH_WAYS) == 8


@pytest.mark.parametrize(("work", "worth"), [((480, 1020), 6), ((900, 1440), 3), ((1020, 1200), 0), (None, 0)])
def test_common_working_hours_count_in_proportion_up_to_four_hours(work: tuple[int, int] | None, worth: int) -> None:
    assert points(person("a"), person("b", work=work), TermKind.HOURS) == worth


@pytest.mark.parametrize(("languages", "worth"), [("en", 0), ("en de", 1), ("en de fr tr", 2), ("", 0)])
def test_only_languages_beyond_the_first_shared_one_count(languages: str, worth: int) -> None:
    many = person("a", languages=frozenset({"en", "de", "fr", "tr"}))

    assert points(many, person("b", languages=frozenset(languages.split())), TermKind.LANGUAGES) == worth


@pytest.mark.parametrize(("level", "worth"), [(2, 6), (3, 4), (4, 2), (5, 0), (9, 0), (None, 0)])
def test_a_close_level_counts_and_an_unknown_one_does_not(level: int | None, worth: int) -> None:
    assert points(person("a", level=2), person("b", level=level), TermKind.LEVEL) == worth


@pytest.mark.parametrize(("style", "worth"), [((1, 2, 3), 6), ((2, 2, 3), 5), ((5, 5, 5), 1), (None, 0)])
def test_a_similar_working_style_counts(style: tuple[int, int, int] | None, worth: int) -> None:
    assert points(person("a", style=(1, 2, 3)), person("b", style=style), TermKind.STYLE) == worth


@pytest.mark.parametrize(("one", "other", "worth"), [("it", "hr", 5), ("it", "it", 0), ("it", "", 0), ("", "", 0)])
def test_two_known_and_different_departments_count(one: str, other: str, worth: int) -> None:
    assert points(person("a", department=one), person("b", department=other), TermKind.DEPARTMENT) == worth


@pytest.mark.parametrize(("one", "other", "worth"), [("remote", "remote", 3), ("Bonn", "remote", 0), ("", "", 0)])
def test_the_same_site_counts(one: str, other: str, worth: int) -> None:
    assert points(person("a", site=one), person("b", site=other), TermKind.SITE) == worth


def test_shared_goals_count_up_to_two() -> None:
    goals = frozenset({"lead", "speak", "write"})

    assert points(person("a", goals=goals), person("b", goals=goals), TermKind.GOALS) == 10
    assert points(person("a", goals=goals), person("b", goals=frozenset({"lead"})), TermKind.GOALS) == 5


def test_a_wish_counts_and_a_mutual_one_more() -> None:
    wishing = person("a", wishes=frozenset({"b"}))

    assert points(wishing, person("b"), TermKind.WISH) == 10
    assert points(wishing, person("b", wishes=frozenset({"a"})), TermKind.WISH) == 30


@pytest.mark.parametrize(("weeks", "worth"), [(12, -60), (58, -30), (103, -1), (104, 0), (400, 0)])
def test_a_pair_that_met_before_loses_points_that_fade_with_the_weeks(weeks: float, worth: int) -> None:
    history = History.of([("a", "b", weeks)])

    assert points(person("a"), person("b"), TermKind.MET_BEFORE, history) == worth


def test_in_a_directed_track_only_what_the_mentor_offers_counts_and_it_counts_twice() -> None:
    mentor, mentee = person("a", "law", "sql", level=4), person("b", "sql", "law", level=2)
    same = fit_of(person("c", level=4), person("d", level=2), POLICY, track=Track.CAREER)

    assert fit_of(mentor, mentee, POLICY, track=Track.CAREER) - same == 2 * 20
    assert same - fit_of(person("c", level=3), person("d", level=2), POLICY, track=Track.CAREER) == 2


def test_who_waited_counts_more_than_any_fit_and_is_no_part_of_it() -> None:
    population = Population.of([person("mira", waited_rounds=2), person("jonas", waited_rounds=99)])
    judge = judge_of(population, POLICY, 0)

    (match,) = scored(judge, population, [(0, 1)])

    assert match.scores[0].waiting == 200 * (2 + 10)
    assert match.fit == 6
