from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.checkins import CheckinState
from bot.domain.streaks import weeks_in_a_row

MONDAY = date(2026, 11, 9)
WORDS = {"a": CheckinState.ANSWERED, "m": CheckinState.MISSED, "n": CheckinState.NOT_THIS_WEEK, "o": CheckinState.OPEN}


@pytest.mark.parametrize(
    ("newest_first", "weeks"),
    [("", 0), ("o", 0), ("a", 1), ("aaa", 3), ("oaa", 2), ("ana", 2), ("nn", 0), ("ama", 1), ("ma", 0), ("anoa", 2)],
)
def test_only_a_week_in_silence_ends_the_row(newest_first: str, weeks: int) -> None:
    """One put aside or still open counts neither way."""
    found = [(MONDAY - timedelta(weeks=i), WORDS[letter]) for i, letter in enumerate(newest_first)]
    assert weeks_in_a_row(found) == weeks


def test_weeks_without_a_check_in_do_not_end_the_row() -> None:
    """A break, a holiday, a rhythm of two weeks."""
    found = [(MONDAY - timedelta(weeks=i), CheckinState.ANSWERED) for i in (0, 4, 6)]
    assert weeks_in_a_row(found) == 3


def test_a_report_ahead_of_time_belongs_to_its_week() -> None:
    found = [(MONDAY + timedelta(days=3), CheckinState.ANSWERED), (MONDAY, CheckinState.ANSWERED)]
    assert weeks_in_a_row(found) == 1
    found = [(MONDAY + timedelta(days=3), CheckinState.MISSED), (MONDAY, CheckinState.ANSWERED)]
    assert weeks_in_a_row(found) == 1
