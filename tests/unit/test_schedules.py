"""When rounds come, with paper and pencil."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.attendance import Attendance, is_silent, sits_out
from bot.domain.cadence import Weekday
from bot.domain.dates import DatePast
from bot.domain.schedules import (
    Calendar,
    EveryWeeksOutOfRange,
    FirstDayMissing,
    FirstDayOff,
    Rhythm,
    Schedule,
    heads_up_day,
    kept_schedule,
    read_every_weeks,
    read_rhythm,
)

THURSDAY = date(2026, 11, 12)
WEEK = timedelta(weeks=1)


def calendar(schedule: Schedule, region: str = "", zone: str = "Europe/Berlin") -> Calendar:
    return Calendar(schedule, Weekday.MONDAY, 9, zone, region)


def test_a_round_by_hand_has_no_day() -> None:
    assert calendar(Schedule()).next_round(THURSDAY) is None
    assert calendar(Schedule()).next_late_run(THURSDAY) is None


def test_a_round_that_comes_once_comes_once() -> None:
    once = calendar(Schedule(Rhythm.ONCE, first_day=THURSDAY))
    assert once.next_round(THURSDAY - 9 * WEEK) == THURSDAY
    assert once.next_round(THURSDAY) == THURSDAY
    assert once.next_round(THURSDAY + timedelta(days=1)) is None


@pytest.mark.parametrize("weeks", [1, 2, 6, 52])
def test_a_rhythm_goes_on_for_years_without_a_gap(weeks: int) -> None:
    every = calendar(Schedule(Rhythm.WEEKS, weeks, THURSDAY))
    day = THURSDAY
    for _ in range(60):
        following = every.next_round(day + timedelta(days=1))
        assert following == day + weeks * WEEK
        day = following


def test_a_round_on_a_holiday_comes_on_the_next_working_day_and_the_rhythm_stays() -> None:
    easter = calendar(Schedule(Rhythm.WEEKS, 1, date(2027, 3, 22)), "DE")
    assert easter.next_round(date(2027, 3, 23)) == date(2027, 3, 30)
    assert easter.next_round(date(2027, 3, 31)) == date(2027, 4, 5)


def test_late_joiners_are_matched_weekly_from_the_first_round_on() -> None:
    late = calendar(Schedule(Rhythm.WEEKS, 6, THURSDAY, late_joiners=True))
    assert late.next_late_run(date(2026, 11, 2)) == THURSDAY
    assert late.next_late_run(THURSDAY + timedelta(days=1)) == THURSDAY + WEEK
    by_hand = calendar(Schedule(late_joiners=True))
    assert by_hand.next_late_run(THURSDAY) == date(2026, 11, 16), "the day of the check-in"


def test_a_round_runs_at_the_same_local_hour_before_and_after_clocks_change() -> None:
    berlin = calendar(Schedule())
    assert berlin.moment(date(2026, 10, 23)) == datetime(2026, 10, 23, 7, 0, tzinfo=UTC)
    assert berlin.moment(date(2026, 10, 26)) == datetime(2026, 10, 26, 8, 0, tzinfo=UTC)


def test_people_hear_of_a_round_on_a_working_day_three_days_before_or_earlier() -> None:
    assert heads_up_day(date(2026, 11, 12), 3, "") == date(2026, 11, 9)
    assert heads_up_day(date(2026, 11, 10), 3, "") == date(2026, 11, 6), "not on a Saturday"
    assert heads_up_day(date(2026, 12, 28), 3, "DE") == date(2026, 12, 24), "not at Christmas"


def test_a_schedule_needs_a_working_day_ahead() -> None:
    today = date(2026, 11, 2)
    with pytest.raises(FirstDayMissing):
        kept_schedule(Schedule(Rhythm.ONCE), today, None)
    with pytest.raises(FirstDayOff):
        kept_schedule(Schedule(Rhythm.ONCE, first_day=date(2026, 11, 14)), today, None)
    with pytest.raises(DatePast):
        kept_schedule(Schedule(Rhythm.ONCE, first_day=today), today, None)
    assert kept_schedule(Schedule(Rhythm.ONCE, first_day=today), today, today).first_day == today, "it was kept before"
    assert kept_schedule(Schedule(first_day=today), today, None).first_day is None, "by hand has none"


@pytest.mark.parametrize("text", ["0", "53", "-1", "1.5", "two", "٣", "9" * 9])
def test_what_is_no_number_of_weeks_is_refused(text: str) -> None:
    with pytest.raises(EveryWeeksOutOfRange):
        read_every_weeks(text)


def test_what_a_form_left_empty_has_its_default() -> None:
    assert read_every_weeks(" ") == Schedule().weeks
    assert read_every_weeks(" 6 ") == 6
    assert read_rhythm("forged") is Rhythm.BY_HAND


def test_silence_twice_in_a_row_and_only_then_puts_somebody_out() -> None:
    assert not is_silent([])
    assert not is_silent([None])
    assert is_silent([None, None])
    assert not is_silent([None, Attendance.SKIP, None])
    assert not is_silent([Attendance.IN, None, None])
    assert is_silent([Attendance.OUT, Attendance.IN])


def test_a_skip_lasts_until_the_next_question_or_for_two_weeks() -> None:
    later = THURSDAY + 2 * WEEK
    assert sits_out(Attendance.SKIP, THURSDAY, later, asked_again=False)
    assert not sits_out(Attendance.SKIP, THURSDAY, later + timedelta(days=1), asked_again=False)
    assert sits_out(Attendance.SKIP, THURSDAY, later + timedelta(days=1), asked_again=True)
    assert sits_out(Attendance.OUT, THURSDAY, later + 9 * WEEK, asked_again=False)
    assert not any(sits_out(one, THURSDAY, later, asked_again=True) for one in (None, Attendance.IN, Attendance.THIRD))
