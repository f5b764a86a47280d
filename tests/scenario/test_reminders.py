"""The one reminder of a check-in: when it comes and how it sounds is up to its reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from demo.town import Town
from tests.scenario.habits import checkins, form, local, sent, together, typed
from tests.scenario.people import paired, shown

WEDNESDAY_NOON = datetime(2026, 11, 11, 12, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def chooses(town: Town, who: str, how: str) -> None:
    """Let somebody choose by the button of their profile."""
    town.says(who, "/tandem profile")
    town.box.click_view(who, "reminder.edit")
    assert town.tandem.follow_ups.wait()
    sent(town, who, {"reminders": how})
    town.box.close_modal(who)


@pytest.mark.parametrize(
    ("how", "moment", "words"),
    [
        ("gentle", "Wed 2026-11-11 09:00", "Whenever it suits you, Lena"),
        ("standard", "Tue 2026-11-10 09:00", "still open, Lena"),
        ("active", "Mon 2026-11-09 15:00", "One minute now"),
    ],
)
def test_it_comes_once_as_its_reader_likes_it(town: Town, how: str, moment: str, words: str) -> None:
    """Two working days later, the next one or the same day; nobody else's changes."""
    together(town, "lena", "noah")
    chooses(town, "lena", how)
    town.travel_to(WEDNESDAY_NOON)

    _, reminded = checkins(town, "lena")
    assert local(reminded, BERLIN) == moment
    assert words in shown(reminded)
    assert [local(one, BERLIN) for one in checkins(town, "noah")] == ["Mon 2026-11-09 09:00", "Tue 2026-11-10 09:00"]


@pytest.mark.parametrize(("hour", "again"), [(9, "12:00"), (11, "14:00"), (13, "16:00")])
def test_who_wanted_to_be_asked_later_today_is_not_reminded_beside_it(town: Town, hour: int, again: str) -> None:
    """One question in the afternoon, before or after the hour of the reminder that would have come."""
    together(town, "lena", "noah")
    chooses(town, "lena", "active")
    town.travel_to(datetime(2026, 11, 9, hour - 1, 30, tzinfo=UTC))

    town.clicks("lena", checkins(town, "lena")[-1], "checkin.later")
    town.travel_to(WEDNESDAY_NOON)

    asked_again = [local(one, BERLIN) for one in checkins(town, "lena")[1:]]
    assert asked_again == [f"Mon 2026-11-09 {again}"]


def test_a_reminder_on_another_day_still_comes_to_who_was_asked_later(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(datetime(2026, 11, 9, 8, 30, tzinfo=UTC))

    town.clicks("lena", checkins(town, "lena")[-1], "checkin.later")
    town.travel_to(WEDNESDAY_NOON)

    asked_again = [local(one, BERLIN) for one in checkins(town, "lena")[1:]]
    assert asked_again == ["Mon 2026-11-09 12:00", "Tue 2026-11-10 09:00"]


def test_it_can_be_changed_where_it_is_read(town: Town) -> None:
    """The reminder itself leads to the choice, which knows what was chosen."""
    together(town, "lena", "noah")
    town.travel_to(WEDNESDAY_NOON)

    town.clicks("lena", checkins(town, "lena")[-1], "reminder.edit")
    assert typed(town, "lena", "reminders") == "standard"
    assert "never on a holiday" in form(town, "lena")
    sent(town, "lena", {"reminders": "gentle"})
    town.clicks("lena", checkins(town, "lena")[-1], "reminder.edit")
    assert typed(town, "lena", "reminders") == "gentle"


def test_a_programme_says_how_those_are_reminded_who_have_not_chosen(make_town: Callable[..., Town]) -> None:
    town = make_town(datetime(2026, 11, 2, 9, 0, tzinfo=UTC), rules={"reminders": "gentle"})
    together(town, "lena", "noah")
    chooses(town, "noah", "active")
    town.travel_to(WEDNESDAY_NOON)

    assert [local(checkins(town, who)[-1], BERLIN)[:3] for who in ("lena", "noah")] == ["Wed", "Mon"]


def test_it_is_spoken_in_each_readers_language(town: Town) -> None:
    paired(town, "mira", "jonas")
    for who, how in (("mira", "gentle"), ("jonas", "active")):
        chooses(town, who, how)
    town.travel_to(WEDNESDAY_NOON)

    assert "Wann immer es dir passt, Mira" in shown(checkins(town, "mira")[-1])
    assert "Eine Minute jetzt" in shown(checkins(town, "jonas")[-1])
