from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.cadence import Weekday
from bot.domain.people import Language
from bot.domain.programmes import (
    NAME,
    BotNotInvited,
    ProgrammePlan,
    Room,
    RoomNotPrivate,
    RoomShared,
    WeeksOutOfRange,
    check_room,
    kept_plan,
    last_day,
    read_hour,
    read_weekday,
    read_weeks,
)
from bot.domain.refusals import Refused
from bot.domain.wording import TEXT, TextMissing, TextTooLong
from tests.unit.hostile import HOSTILE

PLAN = ProgrammePlan("Growing", "Learn", Weekday.MONDAY, 9, 12, "Be kind", Language.EN)
ROOM = Room("C1", private=True, bot_inside=True, shared=False)


def changed(**facts: Any) -> ProgrammePlan:
    return replace(PLAN, **facts)


@pytest.mark.parametrize(("text", "weeks"), [("1", 1), ("12", 12), (" 52 ", 52), ("012", 12)])
def test_weeks_are_a_whole_number_of_a_year(text: str, weeks: int) -> None:
    assert read_weeks(text) == weeks


@pytest.mark.parametrize("text", ["", "0", "53", "999999", "-3", "12.5", "1e1", "twelve", "²", "१२", "12 weeks"])
def test_other_lengths_are_refused_at_the_field(text: str) -> None:
    with pytest.raises(WeeksOutOfRange) as told:
        read_weeks(text)
    assert told.value.field == "weeks"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_values_of_menus_and_inputs_do_no_harm(text: str) -> None:
    """S24: a forged menu gives the default, a forged text is cleaned or refused."""
    assert read_weekday(text) is Weekday.MONDAY
    assert read_hour(text) == 9
    with pytest.raises(WeeksOutOfRange):
        read_weeks(text)
    for name in ("name", "purpose", "guidelines"):
        try:
            kept = kept_plan(changed(**{name: text}))
        except Refused:
            continue
        assert "\0" not in getattr(kept, name)


@pytest.mark.parametrize(("text", "hour"), [("0", 0), ("9", 9), ("23", 23), ("24", 9), ("", 9), ("-1", 9), ("7.5", 9)])
def test_an_hour_outside_the_menu_is_nine(text: str, hour: int) -> None:
    assert read_hour(text) == hour


def test_weekdays_are_read_by_their_english_names() -> None:
    assert [read_weekday(day.name.lower()) for day in Weekday] == list(Weekday)


def test_a_plan_is_kept_clean() -> None:
    """One line for the name, blank texts are empty."""
    kept = kept_plan(replace(PLAN, name=" Growing\n together ", purpose=" ", guidelines="\0"))

    assert kept == replace(PLAN, name="Growing together", purpose="", guidelines="")


@pytest.mark.parametrize(("name", "limit"), [("name", NAME), ("purpose", TEXT), ("guidelines", TEXT)])
def test_a_text_over_its_limit_is_refused_at_its_field(name: str, limit: int) -> None:
    with pytest.raises(TextTooLong) as told:
        kept_plan(changed(**{name: "x" * (limit + 1)}))
    assert told.value.field == name


def test_a_programme_needs_a_name_and_a_length() -> None:
    with pytest.raises(TextMissing) as told:
        kept_plan(replace(PLAN, name=" "))
    assert told.value.field == "name"
    with pytest.raises(WeeksOutOfRange):
        kept_plan(replace(PLAN, weeks=0))


@pytest.mark.parametrize(
    ("room", "refusal"),
    [
        (ROOM, None),
        (replace(ROOM, bot_inside=False), BotNotInvited),
        (replace(ROOM, bot_inside=False, private=False, shared=True), RoomNotPrivate),
        (replace(ROOM, shared=True), RoomShared),
        (replace(ROOM, private=False), RoomNotPrivate),
    ],
)
def test_an_owners_room_is_private_with_the_bot_inside(room: Room, refusal: type[Refused] | None) -> None:
    """Nobody is asked to invite the bot to a channel that would be refused next."""
    if refusal is None:
        check_room(room)
        return
    with pytest.raises(refusal):
        check_room(room)


def test_a_pairing_of_twelve_weeks_ends_on_the_same_weekday() -> None:
    """Also over the end of a year and a leap day."""
    assert last_day(date(2026, 11, 2), 12) == date(2027, 1, 25)
    assert last_day(date(2028, 2, 28), 1) == date(2028, 3, 6)
