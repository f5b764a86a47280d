"""R6: the nights when clocks change, people who move, holidays and breaks: one check-in a week, at the right hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock.clock import DemoClock
from bot.db.session import Database
from bot.domain import cadence, holidays
from bot.domain.cadence import Weekday, WorkingHours, iso_week
from bot.domain.messages import MessageKind
from bot.domain.slots import SlotState
from tests.integration.household import START
from tests.integration.neighbourhood import Neighbourhood, at_work, found, found_anew
from tests.thorough import examples, some

HOUR, A_DAY, A_WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
CHANGING = ("Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe")
STRANGE = (*CHANGING, "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Gaza", "Pacific/Chatham")
AROUND_THE_CLOCK = WorkingHours(0, 24 * 60)


def changes(name: str, first: date, years: int) -> Iterator[datetime]:
    """Yield the instants at which clocks change in a zone."""
    where, moment = ZoneInfo(name), datetime.combine(first, datetime.min.time(), UTC)
    while moment.year < first.year + years or moment.date() < first.replace(year=first.year + years):
        following = moment + HOUR
        if moment.astimezone(where).utcoffset() != following.astimezone(where).utcoffset():
            yield following.replace(minute=0)
        moment = following


NIGHTS = [(name, moment) for name in CHANGING for moment in changes(name, date(2026, 11, 1), 3)]


def test_three_years_hold_two_changes_each() -> None:
    """Were they not found, the nights below would be nights like any other."""
    assert len(NIGHTS) == len(CHANGING) * 6


@pytest.mark.parametrize(("name", "moment"), some(NIGHTS, every=3), ids=lambda value: str(value)[:16])
def test_every_night_of_a_change_has_its_check_in_once(
    database: Database, clock: DemoClock, name: str, moment: datetime
) -> None:
    """Asked for the very hour that is left out or comes twice, and at nine."""
    local = moment.astimezone(ZoneInfo(name))
    before = (moment - timedelta(minutes=1)).astimezone(ZoneInfo(name))
    for hour in {local.hour, before.hour, (before.hour + 1) % 24, 9}:
        clock.move_to(moment - 4 * A_DAY)
        home = found_anew(database, clock, team=f"T{hour}", weekday=Weekday(before.weekday()), hour=hour)
        home.pair({"one": name, "two": "UTC"}, AROUND_THE_CLOCK)
        home.run_until(moment + 3 * A_DAY)
        check_hour(home, name, hour)


def check_hour(home: Neighbourhood, name: str, hour: int) -> None:
    """Assert that slots stand at their hour, or right after the hour that is left out, and that all came once."""
    slots = [slot for slot in home.slots("one") if slot.due_at <= home.clock.now()]
    assert dict(home.asked_in("one")) == {slot.period: 1 for slot in slots} != {}
    for slot in slots:
        at = slot.due_at.astimezone(ZoneInfo(name))
        wall = at.replace(tzinfo=None)
        wanted = datetime.combine(at.date(), cadence.clock_time(hour * 60))
        just_before = (slot.due_at - timedelta(seconds=1)).astimezone(ZoneInfo(name)).replace(tzinfo=None)
        assert wall == wanted or just_before < wanted < wall, (hour, at)
        earlier = [(slot.due_at - n * HOUR / 2).astimezone(ZoneInfo(name)).replace(tzinfo=None) for n in (1, 2)]
        assert wanted not in earlier, "the second of the two"
    assert all(at_work(post, AROUND_THE_CLOCK) for post in home.posts("one"))


@given(before=st.sampled_from(STRANGE), after=st.sampled_from(STRANGE), minutes=st.integers(-36 * 60, 36 * 60))
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_moves_hours_before_it_is_asked_once_in_that_week(
    database: Database, clock: DemoClock, before: str, after: str, minutes: int
) -> None:
    """To the other side of the earth, a day and a half before or after, or in the very minute."""
    clock.move_to(START)
    home = found_anew(database, clock, team=f"{STRANGE.index(before)}-{STRANGE.index(after)}-{minutes}")
    home.pair({"one": before, "two": before})
    due = cadence.instant(date(2026, 11, 9), cadence.clock_time(9 * 60), before)
    home.run_until(due + timedelta(minutes=minutes))
    home.change("one", zone=after)
    home.run_until(due + 4 * A_DAY)

    # Where it was still Sunday when they were introduced, the Monday after it counts as well.
    asked = dict(home.asked_in("one"))
    assert asked["2026-W46"] == 1
    assert set(asked.values()) == {1}
    moved = due + timedelta(minutes=minutes)
    assert all(at_work(post) for post in home.posts("one") if post.at > moved + HOUR)


@pytest.mark.parametrize(
    ("region", "monday", "came"),
    [
        ("DE-BE", date(2027, 3, 8), "2027-03-09"),  # Women's Day
        ("DE-BE", date(2027, 3, 29), "2027-03-30"),  # Easter Monday
        ("DE-BY", date(2027, 3, 8), "2027-03-08"),  # none in Bavaria
        ("US", date(2027, 7, 5), "2027-07-06"),
        ("", date(2027, 3, 29), "2027-03-29"),
    ],
)
def test_a_check_in_on_a_holiday_comes_on_the_next_working_day(
    database: Database, clock: DemoClock, region: str, monday: date, came: str
) -> None:
    """At the same hour, and the reminder a working day later; the next week is as usual."""
    clock.move_to(datetime.combine(monday, datetime.min.time(), UTC) - 6 * A_DAY)
    home = found(database, clock, holidays=region)
    home.pair({"one": "Europe/Berlin", "two": "Europe/Berlin"})
    home.run_until(clock.now() + 14 * A_DAY)

    [first, second] = home.posts("one", MessageKind.CHECKIN)
    assert first.at.isoformat()[:16] == f"{came}T09:00"
    assert second.at.date() == monday + A_WEEK
    assert all(at_work(post, region=region) for post in home.posts("one"))
    reminders = home.posts("one", MessageKind.CHECKIN_REMINDER)
    assert reminders[0].at.date() == first.at.date() + A_DAY


def test_where_the_rest_of_the_week_is_off_the_week_is_left_out_and_recorded(
    database: Database, clock: DemoClock
) -> None:
    """Good Friday: nothing comes, and the slot says why nothing came."""
    clock.move_to(datetime(2027, 3, 15, 12, 0, tzinfo=UTC))
    home = found(database, clock, weekday=Weekday.FRIDAY, holidays="DE")
    home.pair({"one": "Europe/Berlin", "two": "Europe/Berlin"})
    home.run_until(datetime(2027, 4, 5, tzinfo=UTC))

    assert [post.at.date() for post in home.posts("one", MessageKind.CHECKIN)] == [date(2027, 3, 19), date(2027, 4, 2)]
    states = {slot.period: slot.state for slot in home.slots("one")}
    assert states["2027-W12"] is SlotState.SKIPPED


def test_a_holiday_of_ones_own_region_counts_and_the_programmes_only_without_one(
    database: Database, clock: DemoClock
) -> None:
    """Of three in one programme of Berlin's, one lives in Bavaria and one wants no holidays at all."""
    clock.move_to(datetime(2027, 3, 3, 12, 0, tzinfo=UTC))
    home = found(database, clock, holidays="DE-BE")
    home.pair(dict.fromkeys(("berlin", "munich", "nowhere"), "Europe/Berlin"))
    home.change("munich", holidays="DE-BY")
    home.change("nowhere", holidays="")
    home.run_until(datetime(2027, 3, 12, tzinfo=UTC))

    days = {who: [post.at.day for post in home.posts(who, MessageKind.CHECKIN)] for who in home.people}
    assert days == {"berlin": [9], "munich": [8], "nowhere": [8]}


def test_a_region_that_is_set_after_planning_still_counts(database: Database, clock: DemoClock) -> None:
    """Also in the minute before, when no planner comes along any more."""
    clock.move_to(datetime(2027, 3, 3, 12, 0, tzinfo=UTC))
    home = found(database, clock)
    home.pair({"one": "Europe/Berlin", "two": "Europe/Berlin"})
    home.run_until(datetime(2027, 3, 8, 7, 59, tzinfo=UTC))
    home.set_programme(holidays="DE-BE")
    clock.move_to(datetime(2027, 3, 8, 8, 0, tzinfo=UTC))
    home.ticks.send()
    assert home.posts("one") == []
    home.run_until(datetime(2027, 3, 12, tzinfo=UTC))

    assert [post.at.day for post in home.posts("one", MessageKind.CHECKIN)] == [9]


def test_over_christmas_nothing_comes_until_people_are_back(database: Database, clock: DemoClock) -> None:
    """Reminders as well: the one of Christmas Eve would be due on the 25th, that of New Year's Eve on the 1st."""
    clock.move_to(datetime(2026, 12, 16, 12, 0, tzinfo=UTC))
    home = found(database, clock, weekday=Weekday.THURSDAY, holidays="DE-BE")
    home.pair({"one": "Europe/Berlin", "two": "Europe/Berlin"})
    home.run_until(datetime(2027, 1, 5, tzinfo=UTC))

    assert [post.at.isoformat()[:16] for post in home.posts("one")] == [
        "2026-12-17T09:00",
        "2026-12-18T09:00",
        "2026-12-24T09:00",
        "2026-12-28T09:00",
        "2026-12-31T09:00",
        "2027-01-04T09:00",
    ]
    assert all(at_work(post, region="DE-BE") for post in home.posts("one"))


def test_a_break_leaves_its_weeks_out_and_they_are_recorded(database: Database, clock: DemoClock) -> None:
    """Back on Wednesday: the next one is Monday's."""
    clock.move_to(START)
    home = found(database, clock)
    home.pair({"one": "Europe/Berlin", "two": "Europe/Berlin"})
    home.run_until(START + 3 * A_DAY)
    home.change("one", paused_until=date(2026, 11, 18))
    home.run_until(START + 3 * A_WEEK + HOUR)

    assert dict(home.asked_in("one")) == {"2026-W48": 1}
    assert dict(home.asked_in("two")) == {"2026-W46": 1, "2026-W47": 1, "2026-W48": 1}
    states = {slot.period: slot.state for slot in home.slots("one")}
    assert {states[week] for week in ("2026-W46", "2026-W47")} == {SlotState.SKIPPED}


def test_somebody_who_works_in_the_evening_is_asked_in_the_evening(database: Database, clock: DemoClock) -> None:
    """The programme asks at nine, their day begins at two in the afternoon."""
    late = WorkingHours(14 * 60, 22 * 60)
    clock.move_to(START)
    home = found(database, clock)
    home.pair({"one": "Asia/Kathmandu", "two": "Asia/Kathmandu"}, late)
    home.run_until(START + A_WEEK + 3 * A_DAY)

    assert [post.at.isoformat()[:16] for post in home.posts("one")] == ["2026-11-09T14:00", "2026-11-10T14:00"]
    assert all(at_work(post, late) for post in home.posts("one"))


def test_an_earlier_week_found_beside_a_newer_one_is_folded_into_it(database: Database, clock: DemoClock) -> None:
    """Friday's and, after the owners chose another day, Monday's: one question, and the record of both."""
    clock.move_to(START)
    home = found(database, clock, weekday=Weekday.FRIDAY)
    home.pair({"one": "Europe/Berlin", "two": "Europe/Berlin"})
    clock.move_to(START + 3 * A_DAY)
    home.ticks.plan()
    clock.move_to(START + A_WEEK)
    home.set_programme(weekday=int(Weekday.MONDAY))
    home.tick()

    assert dict(home.asked_in("one")) == {"2026-W46": 1}
    assert [slot.state for slot in home.slots("one")] == [SlotState.MERGED, SlotState.FIRED]


def test_two_who_are_introduced_on_two_days_begin_in_the_same_week(database: Database, clock: DemoClock) -> None:
    """It is Monday in Kathmandu and still Sunday in Honolulu: neither is asked on this Monday."""
    clock.move_to(datetime(2026, 11, 9, 2, 0, tzinfo=UTC))
    home = found(database, clock)
    home.pair({"one": "Asia/Kathmandu", "two": "Pacific/Honolulu"})
    home.run_until(clock.now() + A_WEEK + A_DAY)

    assert dict(home.asked_in("one")) == dict(home.asked_in("two")) == {"2026-W47": 1}


def test_the_day_of_the_introduction_has_no_check_in_also_if_one_was_planned_before(
    database: Database, clock: DemoClock
) -> None:
    """Two who lost their partners are brought together on the very day an old plan stands for."""
    clock.move_to(START)
    home = found(database, clock)
    home.pair({"one": "Europe/Berlin", "two": "Europe/Berlin"})
    home.run_until(START + 6 * A_DAY)
    home.part("one")
    clock.move_to(START + A_WEEK - HOUR)
    home.pair_again("one", "two")
    home.run_until(START + 9 * A_DAY)
    assert home.asked_in("one") == {}
    home.run_until(START + 2 * A_WEEK + HOUR)

    assert dict(home.asked_in("one")) == {"2026-W47": 1}


@given(
    names=st.lists(st.sampled_from(STRANGE), min_size=2, max_size=6),
    weekday=st.sampled_from(Weekday),
    hour=st.integers(0, 23),
    region=st.sampled_from(["", "DE-BE", "US", "NP", "EG"]),
    offset=st.integers(0, 380 * 24),
)
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_at_once_is_planned_what_each_alone_would_be(
    database: Database, clock: DemoClock, names: list[str], weekday: Weekday, hour: int, region: str, offset: int
) -> None:
    """Compared with going through people, days and the calendar one by one."""
    clock.move_to(START)
    home = found_anew(
        database, clock, team=f"{hash((*names, weekday, hour, region, offset))}", weekday=weekday, hour=hour
    )
    home.set_programme(holidays=region)
    for number, name in enumerate(names):
        home.pair({f"a{number}": name, f"b{number}": names[0]})
    now = START + timedelta(hours=offset)
    clock.move_to(now)
    home.ticks.plan()

    for number, name in enumerate(names):
        introduced = max(cadence.local_day(START, one) for one in (name, names[0]))
        wanted = alone(name, weekday, hour, region, now, introduced)
        assert {slot.period: slot.due_at for slot in home.slots(f"a{number}")} == wanted, name


def alone(name: str, weekday: Weekday, hour: int, region: str, now: datetime, introduced: date) -> dict[str, datetime]:
    """Return what is to stand in one person's plan, the slow way."""
    today, plan = cadence.local_day(now, name), {}
    for n in range(-12, 3):
        usual = today + n * A_DAY
        if usual.weekday() != weekday:
            continue
        day = usual
        while holidays.is_holiday(day, region) or (day != usual and day.weekday() > Weekday.FRIDAY):
            day += A_DAY
        if iso_week(day) != iso_week(usual):
            day = usual
        due = cadence.instant(day, cadence.clock_time(hour * 60), name)
        if introduced < day <= today + 2 * A_DAY and due > now - 4 * A_DAY:
            plan[iso_week(day)] = due
    return plan
