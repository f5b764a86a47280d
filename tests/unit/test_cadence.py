from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    Weekday,
    WorkingHours,
    checkin_days,
    clock_time,
    instant,
    iso_week,
    latest_turn,
    local_day,
    next_working_day,
    next_working_moment,
    utc_window,
    zone,
)

FIRST, DAYS = date(2026, 1, 1), 3 * 365 + 1
# Spring and autumn in the north and the south; a change at midnight; a change of half an hour.
CHANGING = ("Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe")
MANY = (*CHANGING, "UTC", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Gaza")
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  made aware
minutes = st.integers(0, 24 * 60 - 1)
zones = st.sampled_from(MANY)


def walked_there(day: date, at: time, where: ZoneInfo) -> datetime:
    """Find the instant the slow way: the first minute from the day before at which the wall clock has come that far."""
    wanted = datetime.combine(day, at)
    moment = datetime.combine(day, time(), UTC) - timedelta(hours=20)
    while moment.astimezone(where).replace(tzinfo=None) < wanted:
        moment += timedelta(minutes=15)
    return moment


@pytest.mark.parametrize("name", CHANGING)
@pytest.mark.parametrize("at", [time(0), time(0, 30), time(2), time(2, 15), time(9)], ids=str)
def test_every_day_of_three_years_has_one_instant_at_its_hour(name: str, at: time) -> None:
    """Compared with a clock that is walked forward: gap → first instant after it, fold → the first of the two."""
    where = ZoneInfo(name)
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        found = instant(day, at, name)
        local = found.astimezone(where).replace(tzinfo=None)
        wanted = datetime.combine(day, at)
        if local == wanted:
            earlier = (found - timedelta(minutes=30)).astimezone(where), (found - timedelta(hours=1)).astimezone(where)
            assert all(one.replace(tzinfo=None) != wanted for one in earlier), "not the second of two"
        else:
            assert local > wanted, (day, local)
            assert (found - timedelta(seconds=1)).astimezone(where).replace(tzinfo=None) < wanted


@pytest.mark.parametrize(
    ("name", "day", "at", "expected"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T01:00:00+00:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30:00+00:00"),
        ("Europe/Berlin", date(2026, 10, 26), time(9), "2026-10-26T08:00:00+00:00"),
        ("America/New_York", date(2027, 3, 14), time(2, 30), "2027-03-14T07:00:00+00:00"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01T05:30:00+00:00"),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 30), "2026-04-23T22:00:00+00:00"),
        ("Africa/Cairo", date(2026, 10, 29), time(23, 30), "2026-10-29T20:30:00+00:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30:00+00:00"),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "2027-04-03T14:45:00+00:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(9), "2011-12-30T10:00:00+00:00"),
    ],
)
def test_the_nights_when_clocks_change(name: str, day: date, at: time, expected: str) -> None:
    """Known by heart: spring gaps, autumn folds, half an hour on Lord Howe, and the day Samoa left out."""
    assert instant(day, at, name).isoformat() == expected


@given(day=days, minute=minutes, name=zones)
def test_an_instant_is_what_a_clock_on_the_wall_comes_to(day: date, minute: int, name: str) -> None:
    """For any quarter of an hour in any of the stranger zones."""
    at = clock_time(minute - minute % 15)

    assert instant(day, at, name) == walked_there(day, at, zone(name))


@given(day=days, minute=minutes, name=zones)
def test_later_days_never_come_earlier(day: date, minute: int, name: str) -> None:
    """Two days in a row keep their order, whatever the clocks do in between."""
    at = clock_time(minute)

    assert instant(day, at, name) < instant(day + timedelta(days=1), at, name)


@given(first=days, weekday=st.sampled_from(Weekday), span=st.integers(0, 800))
def test_there_is_one_check_in_a_week(first: date, weekday: Weekday, span: int) -> None:
    """Every ISO week in the span has its weekday once, also where a year has 53 weeks."""
    found = checkin_days(weekday, first, first + timedelta(days=span))

    assert all(day.weekday() == weekday for day in found)
    assert len({iso_week(day) for day in found}) == len(found)
    assert found == [
        first + timedelta(days=n) for n in range(span + 1) if (first + timedelta(days=n)).weekday() == weekday
    ]


def test_no_day_lies_in_a_span_that_ends_before_it_begins() -> None:
    """A pairing that ended yesterday plans nothing."""
    assert checkin_days(Weekday.MONDAY, date(2026, 11, 9), date(2026, 11, 2)) == []


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_weeks_follow_iso_across_the_new_year(day: date, week: str) -> None:
    """The week belongs to the year that has its Thursday."""
    assert iso_week(day) == week


@given(day=days)
def test_the_next_working_day_is_never_a_weekend(day: date) -> None:
    """Friday's is Monday's."""
    following = next_working_day(day)

    assert following.weekday() < 5
    assert 1 <= (following - day).days <= 3


hours = (
    st.tuples(minutes, st.integers(1, 24 * 60)).filter(lambda pair: pair[0] < pair[1]).map(lambda p: WorkingHours(*p))
)


@given(now=moments, working=hours, name=zones)
def test_a_message_goes_out_at_work_and_within_days(now: datetime, working: WorkingHours, name: str) -> None:
    """On a weekday, within working hours, not before now and not later than after a weekend."""
    moment = next_working_moment(now, working, name)
    local = moment.astimezone(zone(name))

    assert now <= moment <= now + timedelta(days=4, hours=2)
    assert local.weekday() < 5 or local.time() < time(3), "a gap may push a start at midnight, never into a weekend"
    assert next_working_moment(moment, working, name) == moment or working.end - working.start < 120


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-02T08:00:00+00:00", "2026-11-02T08:00:00+00:00"),
        ("2026-11-02T07:59:00+00:00", "2026-11-02T08:00:00+00:00"),
        ("2026-11-02T15:59:59+00:00", "2026-11-02T15:59:59+00:00"),
        ("2026-11-02T16:00:00+00:00", "2026-11-03T08:00:00+00:00"),
        ("2026-11-06T20:00:00+00:00", "2026-11-09T08:00:00+00:00"),
        ("2026-11-07T10:00:00+00:00", "2026-11-09T08:00:00+00:00"),
        ("2026-10-24T10:00:00+00:00", "2026-10-26T08:00:00+00:00"),
    ],
)
def test_working_moments_in_berlin(now: str, expected: str) -> None:
    """Inside at once, before at nine, after tomorrow, weekends on Monday, also when clocks change in between."""
    found = next_working_moment(datetime.fromisoformat(now), WorkingHours(), "Europe/Berlin")

    assert found == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "name", [None, "", "Mars/Olympus", "../../etc/passwd", "Europe", "Europe/Berlin\0", "x" * 5_000, "/UTC"]
)
def test_a_zone_nobody_knows_is_utc(name: str | None) -> None:
    """Slack users may have none, and a strange one reads no file."""
    assert zone(name).key == "UTC"


def test_every_zone_of_the_machine_can_be_planned_in() -> None:
    """None of them makes an instant impossible."""
    for name in sorted(available_timezones()):
        for day in (date(2026, 3, 29), date(2026, 10, 25)):
            assert instant(day, time(2, 30), name).tzinfo is UTC


def test_the_local_day_differs_around_the_world() -> None:
    """One moment, two dates."""
    now = datetime(2026, 11, 2, 10, 30, tzinfo=UTC)

    assert local_day(now, "Pacific/Kiritimati") == date(2026, 11, 3)
    assert local_day(now, "Pacific/Pago_Pago") == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("name", "expected"), [("UTC", (540, 1020)), ("Europe/Berlin", (480, 960)), ("Pacific/Auckland", (1200, 240))]
)
def test_working_hours_in_utc_may_wrap_midnight(name: str, expected: tuple[int, int]) -> None:
    """Start after end means: over midnight."""
    assert utc_window(WorkingHours(), name, date(2026, 11, 2)) == expected


@pytest.mark.parametrize(("days", "turn"), [(0, 0), (1, 0), (6, 0), (7, 7), (13, 7), (14, 14), (40, 35)])
def test_the_latest_turn_is_counted_from_the_beginning(days: int, turn: int) -> None:
    """The day itself is one; what comes next lies a whole round behind it."""
    begun = date(2026, 11, 2)

    assert latest_turn(begun, 7, begun + timedelta(days=days)) == begun + timedelta(days=turn)
