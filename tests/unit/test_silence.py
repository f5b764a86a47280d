"""The days of silence with paper and pencil."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from bot.domain.rules import Rules
from bot.domain.silence import NOTICE, Loop, Step, apart_from, silent_until

MONDAY = date(2026, 11, 9)
USUAL = Loop(Rules().silence_days, every_weeks=1, region="")


@pytest.mark.parametrize(
    ("step", "days"), [(Step.NUDGE, 7), (Step.ASK, 14), (Step.OFFER, 21), (Step.CLOSE, 28)], ids=str
)
def test_each_step_has_its_day(step: Step, days: int) -> None:
    assert USUAL.due_on(step, MONDAY, None) == MONDAY + timedelta(days=days)


def test_a_rhythm_of_two_weeks_doubles_every_step() -> None:
    slow = Loop(Rules().silence_days, every_weeks=2, region="")
    assert slow.due_on(Step.NUDGE, MONDAY, None) == MONDAY + timedelta(days=14)
    assert slow.due_on(Step.CLOSE, MONDAY, None) == MONDAY + timedelta(days=56)


def test_nothing_ends_without_notice_however_late_the_silence_is_found() -> None:
    """Found after two months, every step still waits for the one before it."""
    taken = MONDAY + timedelta(days=60)
    for step in (Step.ASK, Step.OFFER, Step.CLOSE):
        assert USUAL.due_on(step, MONDAY, taken) == taken + NOTICE


def test_public_holidays_do_not_count() -> None:
    """From 18 December a week in Berlin ends on the 27th: the 25th and 26th are holidays there."""
    before_christmas = date(2026, 12, 18)
    assert silent_until(before_christmas, 7, "DE-BE") == date(2026, 12, 27)
    assert silent_until(before_christmas, 7, "") == date(2026, 12, 25)


def test_no_days_pass_at_once() -> None:
    assert silent_until(MONDAY, 0, "DE-BE") == MONDAY


FRIDAY = MONDAY + timedelta(days=4)


@pytest.mark.parametrize(
    ("asked", "today", "first"),
    [
        (None, MONDAY, MONDAY),
        (MONDAY, MONDAY, MONDAY + timedelta(days=2)),
        (MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)),
        (MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(days=2)),
        (MONDAY, MONDAY + timedelta(days=9), MONDAY + timedelta(days=9)),
        (FRIDAY, FRIDAY, FRIDAY + timedelta(days=4)),
    ],
)
def test_a_check_in_and_its_reminder_are_given_space(asked: date | None, today: date, first: date) -> None:
    """Asked on Monday, reminded on Tuesday, nudged on Wednesday at the earliest; the weekend lies between as well."""
    assert apart_from(asked, today, "") == first


@pytest.mark.parametrize("days", [(7, 14, 21), (7, 14, 14, 28), (28, 21, 14, 7), (1, 14, 21, 28), (7, 14, 21, 400)])
def test_the_rule_wants_four_rising_numbers_of_days(days: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError):
        Rules(silence_days=days)


def test_a_programme_can_do_without_the_loop() -> None:
    assert Rules(silence_days=()).silence_days == ()
