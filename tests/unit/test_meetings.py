from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.cadence import WorkingHours
from bot.domain.follow_ups import FollowUpDraft, FollowUpPast, FollowUpTooFar, kept_follow_up
from bot.domain.meetings import (
    DayMissing,
    HourMissing,
    MeetingPast,
    MeetingTooFar,
    TimeMissing,
    Wanted,
    ask_at,
    day_before,
    overlap,
    period,
    read_length,
    start_in,
    start_of,
)
from bot.domain.participants import Presence
from bot.domain.refusals import Refused

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BERLIN = Presence("Europe/Berlin", WorkingHours(), "DE-BE")


def wanted(slot: str = "", day: date | None = None, at: time | None = None) -> Wanted:
    return Wanted(slot, day, at, 45, None, None)


def test_a_day_and_a_time_of_ones_own_go_before_an_offered_one() -> None:
    offered = wanted((NOW + HOUR).isoformat(), date(2026, 11, 6), time(14))

    assert start_of(offered, "Europe/Berlin", NOW) == datetime(2026, 11, 6, 13, 0, tzinfo=UTC)
    assert start_of(wanted((NOW + HOUR).isoformat()), "Europe/Berlin", NOW) == NOW + HOUR


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 3, 28), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),  # half past two does not exist
        (date(2027, 10, 31), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # and here there are two
    ],
)
def test_the_hour_of_a_clock_change_is_one_moment(day: date, expected: datetime) -> None:
    assert start_of(wanted(day=day, at=time(2, 30)), "Europe/Berlin", NOW) == expected


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (wanted(), TimeMissing),
        (wanted("soon"), TimeMissing),
        (wanted("2026-11-06T14:00:00"), TimeMissing),
        (wanted("9999-12-31T23:59:59-12:00"), MeetingTooFar),
        (wanted("0001-01-01T00:00:00+12:00"), MeetingPast),
        (wanted(NOW.isoformat()), MeetingPast),
        (wanted(day=date(2026, 11, 6)), HourMissing),
        (wanted(at=time(14)), DayMissing),
        (wanted(day=date.min, at=time.min), MeetingPast),
        (wanted(day=date.max, at=time.max), MeetingTooFar),
        (wanted(day=date(2026, 11, 2), at=time(9)), MeetingPast),
    ],
)
def test_a_time_that_cannot_be_is_refused(asked: Wanted, refusal: type[Refused]) -> None:
    """Whatever a forged form holds."""
    with pytest.raises(refusal):
        start_of(asked, "Europe/Berlin", NOW)


def test_meetings_that_follow_each_other_do_not_overlap() -> None:
    assert overlap(NOW, 45, NOW + timedelta(minutes=30), 30)
    assert not overlap(NOW, 45, NOW + timedelta(minutes=45), 30)
    assert not overlap(NOW + timedelta(minutes=45), 30, NOW, 45)


def test_the_day_before_is_a_working_day() -> None:
    """A Monday is announced on Friday, and the day after a holiday on the day before that."""
    monday, after_holiday = datetime(2026, 11, 9, 9, 0, tzinfo=UTC), datetime(2026, 12, 28, 9, 0, tzinfo=UTC)

    assert day_before(BERLIN, monday, 9) == datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
    assert day_before(BERLIN, after_holiday, 9) == datetime(2026, 12, 24, 8, 0, tzinfo=UTC)


def test_people_are_asked_at_work() -> None:
    assert ask_at(BERLIN, datetime(2026, 11, 6, 18, 0, tzinfo=UTC)) == datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


def test_a_period_names_its_minute_and_fits_its_column() -> None:
    assert start_in(period(NOW)) == NOW
    assert len(period(NOW)) == 10


@pytest.mark.parametrize(("text", "minutes"), [("60", 60), ("45", 45), ("", 45), ("7", 45), ("-1", 45)])
def test_a_length_is_one_of_those_offered(text: str, minutes: int) -> None:
    assert read_length(text) == minutes


@pytest.mark.parametrize(("by", "refusal"), [(date(2026, 11, 1), FollowUpPast), (date(2028, 1, 1), FollowUpTooFar)])
def test_a_follow_up_is_due_from_today_within_a_year(by: date, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        kept_follow_up(FollowUpDraft("book a room", "", by), date(2026, 11, 2))
    assert (
        kept_follow_up(FollowUpDraft(" book\na room", "", date(2026, 11, 2)), date(2026, 11, 2)).text == "book a room"
    )
