from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.people import Candidate, History
from bot.matching.policy import Policy
from bot.matching.rules import Rule, forbidden
from bot.matching.score import Term, TermKind, score

POLICY = Policy()
STRANGERS = History()
SKILLS = st.frozensets(st.sampled_from("abcdef"))


def person(name: str, offers: str = "", wants: str = "", **more: Any) -> Candidate:
    given_ = {"languages": frozenset({"en"}), "work": (480, 1020), **more}
    return Candidate(name, frozenset(offers.split()), frozenset(wants.split()), **given_)


@st.composite
def people(draw: st.DrawFn, name: str) -> Candidate:
    minute = st.integers(0, 1440)
    languages = draw(st.frozensets(st.sampled_from(["de", "en", "fr", "tr"])))
    window, waited = draw(st.tuples(minute, minute)), draw(st.integers(0, 20))
    return Candidate(name, draw(SKILLS), draw(SKILLS), languages, window, waited)


def points(a: Candidate, b: Candidate, kind: TermKind, history: History = STRANGERS) -> int:
    return sum(term.points for term in score(a, b, POLICY, history).terms if term.kind is kind)


@settings(max_examples=60, deadline=None)
@given(people("mira"), people("jonas"), st.floats(0, 100))
def test_the_terms_add_up_to_the_score_in_either_order(mira: Candidate, jonas: Candidate, weeks: float) -> None:
    history = History.of([("mira", "jonas", weeks)])
    forth, back = score(mira, jonas, POLICY, history), score(jonas, mira, POLICY, history)

    assert forth.total == sum(term.points for term in forth.terms) == back.total
    assert sorted(forth.terms) == sorted(back.terms)
    assert forth.fit <= forth.total
    assert all(term.points for term in forth.terms)


@settings(max_examples=60, deadline=None)
@given(people("mira"), people("jonas"), st.sampled_from("abcdef"))
def test_one_more_offer_never_lowers_a_score(mira: Candidate, jonas: Candidate, skill: str) -> None:
    richer = Candidate(mira.id, mira.offers | {skill}, mira.wants, mira.languages, mira.work, mira.waited_rounds)

    assert score(richer, jonas, POLICY, STRANGERS).total >= score(mira, jonas, POLICY, STRANGERS).total


def test_each_skill_names_who_gives_and_who_receives_and_further_ones_count_less() -> None:
    mira, jonas = person("mira", offers="law maths music sql"), person("jonas", wants="law maths music sql")

    assert score(mira, jonas, POLICY, STRANGERS).terms[:3] == (
        Term(TermKind.SKILL, 40, "mira", "jonas", "law", 1),
        Term(TermKind.SKILL, 20, "mira", "jonas", "maths", 2),
        Term(TermKind.SKILL, 10, "mira", "jonas", "music", 3),
    )
    assert points(mira, jonas, TermKind.SKILL) == 70


def test_giving_both_ways_is_worth_more_than_as_much_one_way() -> None:
    both = score(person("a", "law", "sql"), person("b", "sql", "law"), POLICY, STRANGERS)
    one = score(person("a", "law sql"), person("b", wants="law sql"), POLICY, STRANGERS)

    assert both.total - one.total == 40
    assert TermKind.BOTH_WAYS not in {term.kind for term in one.terms}


@pytest.mark.parametrize(("work", "worth"), [((480, 1020), 15), ((900, 1440), 7), ((1020, 1200), 0)])
def test_common_working_hours_count_in_proportion_up_to_four_hours(work: tuple[int, int], worth: int) -> None:
    assert points(person("a"), person("b", work=work), TermKind.HOURS) == worth


@pytest.mark.parametrize(("languages", "worth"), [("en", 0), ("en de", 3), ("en de fr tr", 6)])
def test_only_languages_beyond_the_first_shared_one_count(languages: str, worth: int) -> None:
    many = person("a", languages=frozenset({"en", "de", "fr", "tr"}))

    assert points(many, person("b", languages=frozenset(languages.split())), TermKind.LANGUAGES) == worth


@pytest.mark.parametrize(("weeks", "worth"), [(12, -60), (32, -30), (51, -2), (52, 0), (90, 0)])
def test_a_pair_that_met_before_loses_points_that_fade_with_the_weeks(weeks: float, worth: int) -> None:
    history = History.of([("a", "b", weeks)])

    assert points(person("a"), person("b"), TermKind.MET_BEFORE, history) == worth


def test_who_waited_counts_more_than_any_fit_and_is_no_part_of_it() -> None:
    mira, jonas = person("mira", waited_rounds=2), person("jonas")

    waited = score(mira, jonas, POLICY, STRANGERS)

    assert waited.total - waited.fit == 400
    assert Term(TermKind.WAITING, 400, receiver="mira", amount=2) in waited.terms
    best = score(
        person("a", "p q r", "x y z", languages=frozenset("klmn")),
        person("b", "x y z", "p q r", languages=frozenset("klmn")),
        POLICY,
        STRANGERS,
    )
    assert best.total < POLICY.waiting_points


@pytest.mark.parametrize(
    ("other", "weeks", "rule"),
    [
        (person("mira"), 50, Rule.SAME_PERSON),
        (person("jonas", languages=frozenset({"de"})), 50, Rule.NO_SHARED_LANGUAGE),
        (person("jonas", languages=frozenset({"de"})), 1, Rule.NO_SHARED_LANGUAGE),
        (person("jonas"), 11.9, Rule.MET_RECENTLY),
        (person("jonas"), 12, None),
    ],
)
def test_the_first_rule_that_forbids_a_pair_is_named(other: Candidate, weeks: float, rule: Rule | None) -> None:
    history = History.of([("mira", "jonas", weeks)])

    assert forbidden(person("mira"), other, POLICY, history) is rule
    assert forbidden(other, person("mira"), POLICY, history) is rule


@pytest.mark.parametrize(
    "weights",
    [
        {"both_ways_points": -1},
        {"skill_points": (10, 20)},
        {"skill_points": (-1,)},
        {"full_overlap_minutes": 0},
        {"min_gap_weeks": 60},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(weights: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"negative|skill_points|full_overlap_minutes|memory_weeks"):
        Policy(**weights)
