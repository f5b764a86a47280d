"""What owners may be told of a count, and that nobody can work out anybody from all that was ever told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain import snapshots
from bot.domain.retention import RULES, Data
from bot.domain.rules import Rules
from bot.domain.snapshots import LEAST, Answer, Figure

START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)  # a Monday, at the moment of the count
DAYS = 14
WEEKS = 9
numbers = st.integers(0, 60)
leasts = st.integers(LEAST, 12)


@given(yes=numbers, no=numbers, least=leasts)
def test_a_number_leaves_enough_on_both_sides(yes: int, no: int, least: int) -> None:
    """Whatever is told as a number, neither those it means nor the others are few, and none or all is no number."""
    figure = snapshots.told(yes, yes + no, least)

    assert (figure.yes is not None) is (figure.answer is Answer.SOME)
    assert (figure.yes is not None) is (yes >= least and no >= least)
    assert figure.yes in (None, yes)


@given(yes=numbers, no=numbers, least=leasts)
def test_words_never_say_less_than_what_many_numbers_share(yes: int, no: int, least: int) -> None:
    """In words "none" cannot be told from "four", nor "all" from "all but four"; of a small group nothing is told."""
    among = yes + no
    figure = snapshots.told(yes, among, least)
    alike = [other for other in range(among + 1) if snapshots.told(other, among, least) == figure]

    if figure.answer is Answer.TOO_FEW:
        assert among < 2 * least and len(alike) == among + 1
    elif figure.yes is None:
        assert len(alike) == least
        assert {0, least - 1} <= set(alike) or {among, among - least + 1} <= set(alike)


@dataclass(frozen=True)
class Pair:
    """A pairing as owners know it: when it began and ended."""

    began: datetime
    ended: datetime

    def lasts(self, now: datetime) -> bool:
        return self.began <= now < self.ended


def hours_after(first: int, last: int) -> st.SearchStrategy[datetime]:
    return st.integers(first, last).map(lambda hours: START + timedelta(hours=hours))


LASTING = START + timedelta(days=999)
A_WEEK = 24 * 7
pairs = st.builds(
    Pair,
    st.one_of(st.just(START), hours_after(0, 3 * A_WEEK)),
    st.one_of(st.just(LASTING), hours_after(2 * A_WEEK, WEEKS * A_WEEK)),
)


def signing(most: int) -> st.SearchStrategy[list[bool]]:
    """Return who signs: now about half of them, now nearly all, now nearly none."""
    mixed, nearly_all = st.booleans(), st.sampled_from([True] * 9 + [False])
    shares = (mixed, nearly_all, nearly_all.map(lambda one: not one))
    return st.one_of([st.lists(one, min_size=most, max_size=most) for one in shares])


def published(company: Sequence[Pair], signs: Sequence[bool], least: int) -> list[tuple[Figure, frozenset[int]]]:
    """Return what owners are told week by week, with who is counted: which pairings those are they can know."""
    until: datetime | None = None
    said = []
    for week in range(WEEKS):
        now = START + timedelta(weeks=week)
        after, until_now = snapshots.span(now, DAYS, until)
        group = [i for i, one in enumerate(company) if after < one.began <= until_now and one.lasts(now)]
        figure = snapshots.told(sum(not signs[i] for i in group), len(group), least)
        if figure.answer is not Answer.TOO_FEW:
            until = until_now
        said.append((figure, frozenset(group)))
    return said


def counted(said: Sequence[tuple[Figure, frozenset[int]]]) -> list[int]:
    return [one for figure, group in said if figure.answer is not Answer.TOO_FEW for one in group]


@settings(deadline=None, max_examples=60)
@given(company=st.lists(pairs, min_size=6, max_size=10), signs=signing(10), own=st.integers(0, 5))
def test_all_weeks_together_and_ones_own_knowledge_pin_nobody(company: list[Pair], signs: list[bool], own: int) -> None:
    """Every company that would have been told the same is gone through: in some of them each other pairing signs.

    In others it does not. With 3 on a side instead of 5, so that all of them can be gone through; one's own pairing is
    known for certain.
    """
    least = 3
    true = tuple(signs[: len(company)])
    told = published(company, true, least)
    possible = [
        world
        for world in product((True, False), repeat=len(company))
        if world[own] is true[own] and published(company, world, least) == told
    ]

    for one in set(range(len(company))) - {own}:
        assert {world[one] for world in possible} == {True, False}, f"{one} is known from {told}"


@settings(deadline=None)
@given(company=st.lists(pairs, max_size=40), signs=signing(40))
def test_nobody_is_counted_twice_and_who_signed_never_decides_who_is_counted(
    company: list[Pair], signs: list[bool]
) -> None:
    """So no difference of two weeks means anything, and a week without a number tells nothing."""
    told = published(company, signs, LEAST)
    everybody = counted(told)

    assert len(everybody) == len(set(everybody))
    opposite = published(company, [not one for one in signs], LEAST)
    assert [group for _, group in opposite] == [group for _, group in told]


def test_the_plain_rule_would_give_a_newcomer_away() -> None:
    """Why each is counted once: 7 of 20, then 8 of 21, tells of the one that is new. Here it waits for others."""
    company = [Pair(START - timedelta(days=20), LASTING)] * 20
    late = Pair(START - timedelta(days=10), LASTING)

    first, second, *_ = published([*company, late], [True] * 13 + [False] * 8, LEAST)

    assert first[0] == Figure(Answer.SOME, 7, 20, LEAST)
    assert second[0] == Figure(Answer.TOO_FEW, None, 1, LEAST)


@pytest.mark.parametrize(
    ("now", "moment", "following"),
    [
        (datetime(2026, 11, 9, 5, 59, tzinfo=UTC), datetime(2026, 11, 9, 6, 0, tzinfo=UTC), date(2026, 11, 9)),
        (datetime(2026, 11, 9, 6, 0, tzinfo=UTC), datetime(2026, 11, 9, 6, 0, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 15, 23, 0, tzinfo=UTC), datetime(2026, 11, 9, 6, 0, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2027, 1, 3, 12, 0, tzinfo=UTC), datetime(2026, 12, 28, 6, 0, tzinfo=UTC), date(2027, 1, 4)),
    ],
    ids=["just before", "just then", "at the end", "over the year"],
)
def test_a_week_is_counted_on_monday_at_six(now: datetime, moment: datetime, following: date) -> None:
    """In UTC, in its ISO week, also where that belongs to the other year."""
    assert snapshots.moment(now) == moment
    assert snapshots.next_day(now) == following
    assert snapshots.week(moment) == snapshots.week(now)


def test_what_was_counted_is_remembered_for_as_long_as_it_could_be_counted_again() -> None:
    """A pairing counted once is too old for another count before the row that says so is deleted."""
    kept = RULES[Data.SNAPSHOT].days

    assert kept is not None
    assert timedelta(days=kept) > snapshots.OLDEST


def test_the_smallest_group_can_only_be_raised() -> None:
    """Five, or more where a programme wants it."""
    assert Rules().min_group == LEAST == 5
    assert Rules(min_group=8).min_group == 8
    with pytest.raises(ValidationError):
        Rules(min_group=4)
