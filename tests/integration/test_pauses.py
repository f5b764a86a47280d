"""R6: whatever the clock and the machine do, each week's check-in comes once or is folded into one, never at night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock.clock import DemoClock
from bot.db.session import Database
from bot.domain.cadence import CATCH_UP, iso_week
from bot.domain.messages import MessageKind
from bot.domain.slots import SlotState
from tests.integration.household import START
from tests.integration.neighbourhood import Neighbourhood, at_work, found, found_anew
from tests.thorough import examples, some

SECOND, HOUR, A_DAY, A_WEEK = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONDAY = START + A_WEEK  # nine o'clock in Berlin
HOME = {"berlin": "Europe/Berlin", "kathmandu": "Asia/Kathmandu", "newyork": "America/New_York"}
PAUSES = [
    SECOND, 59 * SECOND, 59 * 60 * SECOND, HOUR + SECOND, 5 * HOUR, 12 * HOUR, A_DAY, 2 * A_DAY, 3 * A_DAY, 4 * A_DAY,
    5 * A_DAY, A_WEEK, 10 * A_DAY, 14 * A_DAY,
]  # fmt: skip
STOPS = {
    "the evening before": MONDAY - 12 * HOUR,
    "just before": MONDAY - SECOND,
    "just after": MONDAY + SECOND,
    "before the reminder": MONDAY + A_DAY - HOUR,
    "friday evening": MONDAY + 4 * A_DAY + 9 * HOUR,
}


@pytest.fixture
def everybody(database: Database, clock: DemoClock) -> Neighbourhood:
    """Three people on three continents."""
    home = found(database, clock)
    home.pair(HOME)
    return home


def check_each_week(home: Neighbourhood, away: tuple[datetime, datetime], until: datetime) -> None:
    """Each week was asked once, unless the pause outlasted what a late check-in is worth; nothing came at night."""
    for who in home.people:
        asked = home.asked_in(who)
        assert set(asked.values()) <= {1}, (who, asked)
        for slot in home.slots(who):
            if slot.due_at <= until - A_DAY:
                missed = away[0] < slot.due_at and slot.due_at + CATCH_UP <= away[1]
                assert asked[slot.period] == (0 if missed else 1), (who, slot.period, slot.state)
        weeks = {iso_week((START + n * A_WEEK).date()) for n in range(1, (until - A_DAY - START) // A_WEEK + 1)}
        lost = weeks - set(asked)
        assert len(lost) <= max(0, (away[1] - away[0] - CATCH_UP) // A_WEEK + 1), (who, lost)
        reminded = home.posts(who, MessageKind.CHECKIN_REMINDER)
        assert len(reminded) <= len(asked)
        assert all(at_work(post) for post in home.posts(who)), [post for post in home.posts(who) if not at_work(post)]
        moments = [post.at for post in home.posts(who)]
        assert len(set(moments)) == len(moments), "a reminder beside its own check-in"


@pytest.mark.parametrize(
    ("stops", "pause"),
    some(
        [(stop, pause) for pause in PAUSES for stop in ("just before", "before the reminder")]
        + [(stop, pause) for stop in STOPS for pause in PAUSES[2::4]],
        every=5,
    ),
    ids=str,
)
def test_a_pause_of_any_length_costs_no_check_in_that_is_still_worth_it(
    everybody: Neighbourhood, stops: str, pause: timedelta
) -> None:
    """A second to a fortnight, at five moments of the week."""
    home, stop = everybody, STOPS[stops]
    home.run_until(stop)
    home.clock.move(pause)
    until = stop + pause + 8 * A_DAY
    home.run_until(until)

    check_each_week(home, (stop, stop + pause), until)


@given(
    stop=st.integers(0, 14 * 24 * 60),
    pause=st.integers(1, 14 * 24 * 60),
    down=st.booleans(),
    zone=st.sampled_from([*HOME.values()]),
)
@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_pause_at_any_minute(
    fresh: Callable[[], Neighbourhood], stop: int, pause: int, zone: str, *, down: bool
) -> None:
    """Of the bot, or with ``down`` of Slack alone: then the bot goes on planning and trying."""
    home = fresh()
    home.pair({"one": zone, "two": zone})
    stops, goes_on = START + timedelta(minutes=stop), START + timedelta(minutes=stop + pause)
    home.run_until(stops)
    if down:
        home.box.down = True
        home.run_until(goes_on)
        home.box.down = False
    home.clock.move_to(goes_on)
    until = goes_on + 8 * A_DAY
    home.run_until(until)

    for who in home.people:
        assert set(home.asked_in(who).values()) <= {1}
        assert all(at_work(post) for post in home.posts(who)), home.posts(who)
        assert iso_week((until - A_DAY).date()) in home.asked_in(who) or (until - A_DAY).weekday() == 0
        newest = [slot for slot in home.slots(who) if slot.due_at <= goes_on < slot.due_at + CATCH_UP]
        assert all(slot.state in {SlotState.FIRED, SlotState.MERGED} for slot in newest)


@pytest.mark.parametrize("turns", [-HOUR, A_DAY, -A_DAY], ids=["an hour back", "a day forward", "a day back"])
@pytest.mark.parametrize("stops", some(list(STOPS), every=2))
def test_a_clock_that_jumps_asks_nobody_twice_and_leaves_nobody_out(
    everybody: Neighbourhood, stops: str, turns: timedelta
) -> None:
    """Set wrong and set right again, by hand or by a time server."""
    home, stop = everybody, STOPS[stops]
    home.run_until(stop)
    home.clock.move(turns)
    home.tick()
    home.clock.move(-turns)
    home.run_until(stop + 9 * A_DAY)

    for who in home.people:
        asked = home.asked_in(who)
        assert set(asked.values()) == {1}
        weeks = {iso_week(day) for day in (MONDAY.date(), (MONDAY + A_WEEK).date()) if day <= (stop + 8 * A_DAY).date()}
        assert weeks <= set(asked), who
        assert len(home.posts(who, MessageKind.CHECKIN_REMINDER)) <= len(asked)


@pytest.fixture
def fresh(database: Database, clock: DemoClock) -> Callable[[], Neighbourhood]:
    """Make an empty neighbourhood at the start, again and again, in place of the one before."""
    teams = (f"T{number}" for number in count())

    def make() -> Neighbourhood:
        clock.move_to(START)
        return found_anew(database, clock, team=next(teams))

    return make
