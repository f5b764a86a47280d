"""When people could meet: inside everybody's working hours, or honestly the nearest to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cadence import WorkingHours, is_working_day
from bot.domain.meeting_times import LENGTH, MOST, NOTICE, REACH, meeting_times
from bot.domain.participants import Presence

MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
BERLIN = Presence("Europe/Berlin", WorkingHours())
ZONES = ("Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "America/Toronto", "Australia/Lord_Howe", "Africa/Cairo")
QUARTERS = st.integers(0, 60).map(lambda quarter: quarter * 15)
PRESENCES = st.builds(
    Presence,
    st.sampled_from(ZONES),
    st.builds(lambda start, length: WorkingHours(start, min(start + 60 + length, 1440)), QUARTERS, QUARTERS),
    st.sampled_from(["", "DE-BE", "IN", "CA"]),
    st.one_of(st.none(), st.dates(date(2026, 10, 25), date(2027, 4, 10))),
)
MOMENTS = st.datetimes(datetime(2026, 10, 20), datetime(2027, 4, 5), timezones=st.just(UTC))  # noqa: DTZ001  the zone follows


def clock(moment: datetime, there: Presence) -> datetime:
    return moment.astimezone(ZoneInfo(there.zone)).replace(tzinfo=None)


def is_at_work(there: Presence, start: datetime) -> bool:
    """Say whether a meeting lies within one working day of somebody, by the clock on their wall."""
    first, until = clock(start, there), clock(start + LENGTH, there)
    midnight = datetime.combine(first.date(), datetime.min.time())
    minutes = [(moment - midnight) / timedelta(minutes=1) for moment in (first, until)]
    there_today = not there.paused_until or first.date() >= there.paused_until
    inside = there.hours.start <= minutes[0] and minutes[1] <= there.hours.end
    return inside and there_today and is_working_day(first.date(), there.region)


@settings(deadline=None)  # the first look into a calendar of holidays takes its time
@given(st.lists(PRESENCES, min_size=2, max_size=3), MOMENTS)
def test_common_times_lie_in_everybodys_working_hours(people: list[Presence], now: datetime) -> None:
    """For any two or three people, in any season, over holidays and both clock changes."""
    found = meeting_times(people, now)

    assert len(found.starts) <= MOST
    for start in found.starts:
        assert now + NOTICE <= start
        assert start + LENGTH <= now + NOTICE + REACH
        if found.common:
            assert all(is_at_work(one, start) for one in people)
    assert all(earlier < later for earlier, later in pairwise(found.starts))
    if found.common:
        assert all(later - earlier >= LENGTH for earlier, later in pairwise(found.starts))


@settings(deadline=None)  # the first look into a calendar of holidays takes its time
@given(st.lists(PRESENCES, min_size=2, max_size=3), MOMENTS)
def test_times_without_a_common_hour_are_honest_and_bearable(people: list[Presence], now: datetime) -> None:
    """Then no proposal is within everybody's hours, and none begins before six or ends after ten in the evening."""
    found = meeting_times(people, now)

    for start in () if found.common else found.starts:
        assert not all(is_at_work(one, start) for one in people)
        for one in people:
            assert clock(start, one).hour >= 6
            assert clock(start + LENGTH, one).time() <= datetime(2026, 1, 1, 22, 0, tzinfo=UTC).time()


@settings(deadline=None)  # the first look into a calendar of holidays takes its time
@given(st.lists(PRESENCES, min_size=2, max_size=3), MOMENTS)
def test_the_same_people_get_the_same_times(people: list[Presence], now: datetime) -> None:
    """Asked twice, or drawn anew for a message that is sent again."""
    assert meeting_times(people, now) == meeting_times(people, now)


def test_two_in_one_office_get_three_times_on_three_days_at_three_hours() -> None:
    found = meeting_times([BERLIN, BERLIN], MONDAY)

    shown = [clock(start, BERLIN) for start in found.starts]
    assert found.common
    assert [moment.strftime("%a %d %H:%M") for moment in shown] == ["Tue 03 10:00", "Mon 09 14:00", "Thu 12 11:30"]


def test_a_continent_apart_the_times_lie_in_the_hours_both_work() -> None:
    """Berlin's late afternoon is Toronto's early morning."""
    found = meeting_times([BERLIN, Presence("America/Toronto", WorkingHours())], MONDAY)

    assert found.common
    assert all(15 <= clock(start, BERLIN).hour < 17 for start in found.starts)


def test_who_never_works_at_the_same_time_is_offered_the_nearest_edge() -> None:
    """Los Angeles begins an hour after Berlin has gone home: both bend, nobody by more than an hour."""
    west = Presence("America/Los_Angeles", WorkingHours())
    found = meeting_times([BERLIN, west], MONDAY)

    assert not found.common
    assert [clock(start, BERLIN).strftime("%H:%M") for start in found.starts] == ["17:00"] * 3
    assert [clock(start, west).strftime("%H:%M") for start in found.starts] == ["08:00"] * 3


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles"])
def test_other_times_than_one_that_is_taken(zone: str) -> None:
    """In common hours or at their nearest edge: as many as without it, and none that overlaps it."""
    people = [BERLIN, Presence(zone, WorkingHours())]
    usual = meeting_times(people, MONDAY)
    taken = (usual.starts[0], usual.starts[0] + timedelta(hours=1))
    found = meeting_times(people, MONDAY, taken)

    assert found.common == usual.common
    assert len(found.starts) == MOST
    assert [start for start in found.starts if start < taken[1] and taken[0] < start + LENGTH] == []


def test_a_taken_time_that_was_the_only_common_one_leaves_nothing() -> None:
    """It is not said, then, that their hours do not overlap."""
    short = Presence("Europe/Berlin", WorkingHours(540, 585))
    found = meeting_times([BERLIN, short], MONDAY, (MONDAY, MONDAY + timedelta(days=30)))

    assert found.common
    assert found.starts == ()


@pytest.mark.parametrize("away", [{"paused_until": date(2026, 12, 1)}, {"hours": WorkingHours(540, 570)}])
def test_who_is_away_or_has_half_an_hour_a_day_is_offered_nothing(away: dict[str, object]) -> None:
    """Better no proposal than one that nobody can keep."""
    never = Presence(**{"zone": "Europe/Berlin", "hours": WorkingHours(), **away})  # type: ignore[arg-type]  # by name

    assert meeting_times([BERLIN, never], MONDAY).starts == ()


def test_a_holiday_of_one_of_them_is_no_day_to_meet() -> None:
    """The first days of January in Berlin, with New Year's Day on a Friday."""
    local = Presence("Europe/Berlin", WorkingHours(), "DE-BE")
    found = meeting_times([BERLIN, local], datetime(2026, 12, 31, tzinfo=UTC))

    assert date(2027, 1, 1) not in [clock(start, BERLIN).date() for start in found.starts]
    assert len(found.starts) == MOST


def test_times_keep_their_hour_when_clocks_change_between_now_and_then() -> None:
    """The last Sunday of October lies in the ten days; working hours are by the wall clock on both sides of it."""
    found = meeting_times([BERLIN, Presence("Europe/Lisbon", WorkingHours())], datetime(2026, 10, 22, 8, 0, tzinfo=UTC))

    assert found.common
    assert all(10 <= clock(start, BERLIN).hour < 17 for start in found.starts)
    assert {clock(start, BERLIN).date() > date(2026, 10, 25) for start in found.starts} == {True, False}


def test_one_short_window_a_day_is_used_as_it_is() -> None:
    """An hour together on working days: one time on each of three of them."""
    late = Presence("Europe/Berlin", WorkingHours(16 * 60, 20 * 60))
    found = meeting_times([BERLIN, late], MONDAY)

    assert [clock(start, BERLIN).strftime("%H:%M") for start in found.starts] == ["16:00"] * 3
    assert len({start.date() for start in found.starts}) == 3
