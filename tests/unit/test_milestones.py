"""Half-time and the last week with paper and pencil."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.domain import milestones
from bot.domain.rules import Rules

RULES = Rules()
MONDAY = date(2026, 11, 2)


def test_halfway_is_between_the_first_and_the_last_day() -> None:
    assert milestones.half_day(MONDAY, MONDAY + timedelta(weeks=12), RULES) == MONDAY + timedelta(weeks=6)


def test_a_short_time_together_is_not_stopped_halfway() -> None:
    """Four weeks are long enough, a day less is not."""
    four = timedelta(weeks=4)
    assert milestones.half_day(MONDAY, MONDAY + four, RULES) == MONDAY + timedelta(weeks=2)
    assert milestones.half_day(MONDAY, MONDAY + four - timedelta(days=1), RULES) is None


def test_the_end_is_spoken_of_a_week_before_but_never_before_the_half() -> None:
    last = MONDAY + timedelta(weeks=12)
    assert milestones.closing_day(MONDAY, last, RULES) == last - timedelta(weeks=1)
    assert milestones.closing_day(MONDAY, MONDAY + timedelta(weeks=1), RULES) == MONDAY + timedelta(days=4)


def test_a_day_off_moves_the_question_to_the_next_working_day() -> None:
    """A Saturday, and a holiday on the Monday behind it."""
    assert milestones.ask_at(date(2026, 11, 7), "Europe/Berlin", "") == datetime(2026, 11, 9, 13, 0, tzinfo=UTC)
    easter = milestones.ask_at(date(2027, 3, 27), "Europe/Berlin", "DE")
    assert easter == datetime(2027, 3, 30, 12, 0, tzinfo=UTC)


def test_late_answers_count_for_two_weeks() -> None:
    assert milestones.answers_count_until(MONDAY, RULES) == date(2026, 11, 16)
