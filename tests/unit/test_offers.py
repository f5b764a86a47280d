"""Time to think about a match: three days from when somebody can have read the question."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.domain.cadence import WorkingHours
from bot.domain.offers import answer_by
from bot.domain.participants import Presence


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        (datetime(2026, 11, 2, 9, 30, tzinfo=UTC), datetime(2026, 11, 5, 9, 30, tzinfo=UTC)),
        (datetime(2026, 11, 2, 22, 0, tzinfo=UTC), datetime(2026, 11, 6, 8, 0, tzinfo=UTC)),  # read on Tuesday at nine
        (datetime(2026, 11, 5, 9, 0, tzinfo=UTC), datetime(2026, 11, 9, 8, 0, tzinfo=UTC)),  # not on a Sunday
        (datetime(2026, 12, 22, 9, 0, tzinfo=UTC), datetime(2026, 12, 28, 8, 0, tzinfo=UTC)),  # nor at Christmas
    ],
)
def test_silence_becomes_a_yes_in_working_hours_three_days_after_it_could_be_read(
    asked: datetime, until: datetime
) -> None:
    assert answer_by(Presence("Europe/Berlin", WorkingHours(), "DE-BE"), asked) == until


def test_a_break_is_no_time_to_think() -> None:
    """Asked before a long break that began meanwhile: the days count from the return."""
    away = Presence("Europe/Berlin", WorkingHours(), "", date(2026, 11, 9))

    assert answer_by(away, datetime(2026, 11, 2, 9, 0, tzinfo=UTC)) == datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
