from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.domain.cadence import WorkingHours
from bot.domain.participants import Presence
from bot.domain.postponements import later_today, period

BERLIN = Presence("Europe/Berlin", WorkingHours())


def monday(hour: int, minute: int = 0) -> datetime:
    """Return a moment of Monday 9 November 2026 in UTC; Berlin is an hour ahead."""
    return datetime(2026, 11, 9, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (monday(8, 4), monday(11)),  # 9:04 in Berlin: at noon
        (monday(8, 59), monday(11)),
        (monday(4), monday(8)),  # before work: when it begins
        (monday(13, 30), monday(15)),  # half past two: an hour before five
        (monday(14, 30), monday(15)),
        (monday(14, 45), None),  # a quarter to four: too soon before that hour
        (monday(18), None),
        (datetime(2026, 11, 8, 9, 0, tzinfo=UTC), None),  # a Sunday
    ],
)
def test_later_is_some_hours_on_within_todays_work(now: datetime, at: datetime | None) -> None:
    assert later_today(BERLIN, now, 3) == at


def test_later_respects_breaks_holidays_and_half_hour_zones() -> None:
    away = Presence("Europe/Berlin", WorkingHours(), paused_until=date(2026, 11, 20))
    assert later_today(away, monday(8), 3) is None
    assert (
        later_today(Presence("Europe/Berlin", WorkingHours(), "DE-BE"), datetime(2027, 3, 8, 8, 0, tzinfo=UTC), 3)
        is None
    )
    kolkata = Presence("Asia/Kolkata", WorkingHours())
    assert later_today(kolkata, monday(3, 40), 3) == monday(6, 30)


def test_two_taps_within_an_hour_ask_once() -> None:
    """The database keeps one slot for each period."""
    first, second = later_today(BERLIN, monday(8, 4), 3), later_today(BERLIN, monday(8, 50), 3)
    assert first and second
    assert period(first) == period(second) == "261109T11"
    assert len(period(first)) <= 10
