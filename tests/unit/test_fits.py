"""When somebody is asked how it fits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.db.fits import FitRow
from bot.domain.cadence import WorkingHours
from bot.domain.fits import AGAIN, FIRST, FitAnswer, ask_at, is_time
from bot.domain.participants import Presence

BERLIN = Presence("Europe/Berlin", WorkingHours(), "DE-BE")
MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def test_the_question_comes_after_ten_days_at_the_programmes_hour() -> None:
    assert ask_at(BERLIN, MONDAY, FIRST, 10) == datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "at"),
    [
        (datetime(2026, 11, 4, 8, 0, tzinfo=UTC), datetime(2026, 11, 16, 8, 0, tzinfo=UTC)),  # a Saturday
        (datetime(2026, 12, 15, 8, 0, tzinfo=UTC), datetime(2026, 12, 28, 8, 0, tzinfo=UTC)),  # Christmas
        (datetime(2026, 3, 20, 9, 0, tzinfo=UTC), datetime(2026, 3, 30, 7, 0, tzinfo=UTC)),  # clocks have changed
    ],
)
def test_never_on_a_weekend_or_a_holiday(since: datetime, at: datetime) -> None:
    assert ask_at(BERLIN, since, FIRST, 9) == at


def test_an_hour_outside_work_waits_for_work() -> None:
    assert ask_at(BERLIN, MONDAY, FIRST, 7) == datetime(2026, 11, 12, 8, 0, tzinfo=UTC)


def test_it_is_time_when_the_days_have_passed_give_or_take_a_zone() -> None:
    assert not is_time(BERLIN, MONDAY, AGAIN, MONDAY + timedelta(days=12))
    assert is_time(BERLIN, MONDAY, AGAIN, MONDAY + timedelta(days=13))


@pytest.mark.parametrize("said", FitAnswer)
def test_a_stored_answer_does_not_show_by_its_length_what_it_is(said: FitAnswer) -> None:
    """What is sealed is as long for every answer."""
    row = FitRow()
    row.say(said, MONDAY)

    assert row.__dict__["_waiting_answer"] == said.ljust(14)
