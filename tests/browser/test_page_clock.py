"""The clock of the page, asked without a browser: where it goes, where it does not, what happens when it gets stuck."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.browser.bare_town import START, BareTown
from tests.patience import PATIENCE


@pytest.fixture
def town() -> Iterator[BareTown]:
    town = BareTown()
    yield town
    town.close()


def test_without_a_traveller_time_stands(town: BareTown) -> None:
    """The page says that nobody can move the clock, and does not try."""
    assert town.get("clock?as=mira")["can_travel"] is False
    assert town.post("clock", **{"as": "mira", "to": "hour"})[1]["error"] == "no_traveller"


@pytest.mark.parametrize(
    ("who", "to", "arrival"),
    [
        ("mira", "hour", "2026-11-05T09:30:00+00:00"),
        ("mira", "morning", "2026-11-06T08:00:00+00:00"),
        ("mira", "monday", "2026-11-09T08:00:00+00:00"),
        ("raj", "monday", "2026-11-09T03:30:00+00:00"),
        ("mira", "event", "2026-11-05T08:45:00+00:00"),
        ("mira", "2026-12-24", "2026-12-24T08:00:00+00:00"),
        ("mira", "2027-06-24", "2027-06-24T07:00:00+00:00"),
        ("mira", "2026-11-06T18:00", "2026-11-06T17:00:00+00:00"),
    ],
)
def test_the_clock_goes_where_it_is_sent(town: BareTown, who: str, to: str, arrival: str) -> None:
    """Mornings and Mondays are those of the person who acts; the journey is noted in the timeline."""
    town.box.page.traveller = town.move_to
    town.box.page.next_event = lambda: START + timedelta(minutes=15)
    status, clock = town.post("clock", **{"as": who, "to": to})
    assert (status, clock["now"]) == (200, arrival)
    assert town.get("timeline")["entries"][-1]["kind"] == "travel"


@pytest.mark.parametrize("to", ["2026-11-05", "2020-01-01", "2030-01-01", "soon", "0000-00-00", "event"])
def test_the_clock_refuses_odd_journeys(town: BareTown, to: str) -> None:
    """Back, too far, to no date at all or to an event that is not there: a sentence, and the time stays."""
    town.box.page.traveller, town.box.page.next_event = town.move_to, lambda: None
    status, _ = town.post("clock", **{"as": "mira", "to": to})
    assert 400 <= status < 500 and town.now == START


def test_a_clock_that_gets_stuck_says_so_and_can_be_tried_again(town: BareTown) -> None:
    """An error of whoever moves the clock is one sentence; the next journey works."""

    def broken(_moment: datetime) -> None:
        raise TimeoutError

    town.box.page.traveller = broken
    assert town.post("clock", **{"as": "mira", "to": "hour"}) == (
        503,
        {"error": "stuck", "message": "The clock got stuck on the way."},
    )
    town.box.page.traveller = town.move_to
    assert town.post("clock", **{"as": "mira", "to": "hour"})[0] == 200


def test_the_clock_makes_one_journey_at_a_time(town: BareTown) -> None:
    """While it is under way a second journey is refused, and the page keeps answering."""
    started, go_on = threading.Event(), threading.Event()

    def slow(moment: datetime) -> None:
        started.set()
        assert go_on.wait(PATIENCE)
        town.move_to(moment)

    town.box.page.traveller = slow
    first: list[int] = []
    journey = threading.Thread(target=lambda: first.append(town.post("clock", **{"as": "mira", "to": "hour"})[0]))
    journey.start()
    assert started.wait(PATIENCE)
    assert town.get("clock?as=mira")["travelling"] is True
    assert town.post("clock", **{"as": "mira", "to": "hour"})[1]["error"] == "travelling"
    go_on.set()
    journey.join()
    assert first == [200] and town.get("clock?as=mira")["travelling"] is False
