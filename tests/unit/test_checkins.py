from __future__ import annotations

from datetime import date

from bot.domain.checkins import week_ends


def test_a_promise_is_for_a_week() -> None:
    assert week_ends(date(2026, 12, 28), ends_on=date(2027, 3, 1)) == date(2027, 1, 4)


def test_no_promise_stands_beyond_the_time_together() -> None:
    """On the last day it ends with the day."""
    assert week_ends(date(2026, 12, 28), ends_on=date(2026, 12, 31)) == date(2026, 12, 31)
    assert week_ends(date(2026, 12, 28), ends_on=date(2026, 12, 28)) == date(2026, 12, 28)
