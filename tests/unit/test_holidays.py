from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    WorkingHours,
    checkin_day,
    is_working_day,
    iso_week,
    next_working_day,
    next_working_moment,
    zone,
)
from bot.domain.holidays import RegionUnknown, is_holiday, is_known, kept_region

REGIONS = ("", "DE", "DE-BE", "DE-BY", "AT", "US", "US-NY", "EG", "NP", "AU-NSW", "JP", "IN-KA", "GB-ENG")
ZONES = ("Europe/Berlin", "America/New_York", "Africa/Cairo", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
regions, days = st.sampled_from(REGIONS), st.dates(date(2024, 1, 1), date(2034, 12, 31))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2034, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  made aware


@pytest.mark.parametrize(
    ("region", "day", "off"),
    [
        ("DE-BE", date(2027, 3, 8), True),  # Women's Day, in Berlin
        ("DE-BY", date(2027, 3, 8), False),
        ("DE", date(2027, 3, 8), False),
        ("DE-BY", date(2027, 5, 27), True),  # Corpus Christi, in Bavaria
        ("US", date(2026, 11, 26), True),  # Thanksgiving
        ("US", date(2027, 7, 5), True),  # the Monday for a Fourth of July on a Sunday
        ("", date(2026, 12, 25), False),
        ("XX", date(2026, 12, 25), False),  # known once, dropped since: no reason to stop
    ],
)
def test_a_region_has_its_own_holidays(region: str, day: date, *, off: bool) -> None:
    """A state has more than its country, and none of its neighbour's."""
    assert is_holiday(day, region) is off


@pytest.mark.parametrize(
    ("typed", "kept"), [("de-be", "DE-BE"), (" AT ", "AT"), ("", ""), ("  ", ""), ("au-nsw", "AU-NSW")]
)
def test_a_region_is_kept_in_capitals(typed: str, kept: str) -> None:
    """As ISO 3166 writes it; nothing is nothing."""
    assert kept_region(typed) == kept


@pytest.mark.parametrize("typed", ["Berlin", "DE-XX", "XX", "DE-", "DE BE", "D" * 1_000_000, "<@U1>", "holidays"])
def test_a_region_nobody_knows_is_refused(typed: str) -> None:
    """When it is configured, and not on the morning it would have mattered."""
    with pytest.raises(RegionUnknown):
        kept_region(typed)


def test_every_region_of_these_tests_is_known() -> None:
    """Were they not, the properties below would speak of no holidays at all."""
    assert all(is_known(region) for region in REGIONS if region)


@given(day=days, region=regions)
def test_a_check_in_moves_to_the_next_working_day_of_its_week_or_not_at_all(day: date, region: str) -> None:
    """Compared with walking through the week day by day."""
    week = [day + timedelta(days=n) for n in range(7) if iso_week(day + timedelta(days=n)) == iso_week(day)]
    working = [one for one in week if is_working_day(one, region)]

    moved = checkin_day(day, region)

    assert moved == (day if not is_holiday(day, region) else next(iter(working), None))


@given(day=days, region=regions)
def test_the_next_working_day_is_the_first_one_that_is_worked_on(day: date, region: str) -> None:
    following = next_working_day(day, region)

    assert is_working_day(following, region)
    between = [day + timedelta(days=n) for n in range(1, (following - day).days)]
    assert not any(is_working_day(one, region) for one in between)


@given(
    now=moments, region=regions, name=st.sampled_from(ZONES), start=st.integers(0, 1400), length=st.integers(15, 600)
)
def test_nobody_is_told_outside_their_hours_or_on_a_holiday(
    now: datetime, region: str, name: str, start: int, length: int
) -> None:
    """Never earlier, and at once when they are there."""
    hours = WorkingHours(start, min(start + length, 24 * 60))
    moment = next_working_moment(now, hours, name, region)

    local = moment.astimezone(zone(name))
    assert moment >= now
    assert is_working_day(local.date(), region)
    in_gap = local.hour * 60 + local.minute - 60 <= hours.end  # hours that lie in a gap begin when it is over
    assert hours.start <= local.hour * 60 + local.minute and in_gap
    assert next_working_moment(moment, hours, name, region) - moment < timedelta(days=5)
    here = now.astimezone(zone(name))
    if is_working_day(here.date(), region) and hours.start <= here.hour * 60 + here.minute < hours.end:
        assert moment == now


def test_a_year_nobody_has_calculated_yet_is_no_error() -> None:
    """The moon's calendars end somewhere."""
    assert is_holiday(date(2060, 1, 26), "IN-KA")
    assert not is_holiday(date(2060, 1, 27), "IN-KA")


def test_over_christmas_in_berlin_it_is_monday_again() -> None:
    """Friday the 25th, Saturday the 26th, Sunday."""
    eve = datetime(2026, 12, 24, 17, 30, tzinfo=UTC)

    moment = next_working_moment(eve, WorkingHours(), "Europe/Berlin", "DE-BE")

    assert moment == datetime(2026, 12, 28, 8, 0, tzinfo=UTC)
