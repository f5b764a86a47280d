"""Two or three arrange to meet: a suggestion, its answer, the calendar, another time, and calling it off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar

from demo.town import Town
from sandbox import Message
from tests.scenario.habits import OWNER, answer, form, letters, live_here, local, programme, sent, together, told, typed
from tests.scenario.people import join, match, newest, shown

FRIDAY = {"day": "2026-11-06", "time": "14:00"}
LATER = {"day": "2026-11-10", "time": "10:30"}


def suggests(town: Town, who: str, **fields: str) -> None:
    """Have somebody suggest a time by the command."""
    town.says(who, "/tandem meet")
    if town.box.modal(who) is None:
        town.clicks(who, newest(town, who), "meeting.new")
    sent(town, who, {**FRIDAY, **fields})
    town.deliver()


def card(town: Town, who: str, action: str) -> Message:
    """Return the newest message on which somebody can do ``action``."""
    return next(one for one in reversed(town.box.messages(who)) if f"'{action}'" in str(one.blocks))


def looked_up(town: Town, who: str) -> Message:
    """Return what somebody has just looked up: it stays as it is, like a screen on another device."""
    seen = town.says(who, "/tandem meet").message
    assert seen is not None
    return seen


def does(town: Town, who: str, action: str) -> None:
    town.clicks(who, card(town, who, action), action)
    town.deliver()


def agree(town: Town, one: str, other: str, **fields: str) -> None:
    """Have two people agree on a time."""
    suggests(town, one, **fields)
    does(town, other, "meeting.accept")


def entry(town: Town, who: str, number: int = -1) -> Any:
    """Return the calendar entry somebody was handed, the newest unless told."""
    file = town.box.files(who)[number]
    return Calendar.from_ical(town.box.download(who, file.id)).walk("VEVENT")[0]


def page(message: Message, action: str) -> dict[str, str]:
    """Return what a link of a message fills into the form of a calendar."""
    blocks = [block for block in message.blocks if block["type"] == "actions"]
    [url] = [one["url"] for block in blocks for one in block["elements"] if one["action_id"] == action]
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_suggestion_is_accepted_and_both_have_it_for_their_calendars(town: Town) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem meet")
    assert "nobody's calendar" in form(town, "lena")
    sent(town, "lena", {**FRIDAY, "place": "Café & Bar", "topic": "the talk"})
    town.deliver()

    asked = told(town, "noah")[-1]
    assert "Lena suggests a time to meet" in asked
    assert "Friday, 6 November, 14:00–14:45" in asked
    assert "Café &amp; Bar" in asked
    does(town, "noah", "meeting.accept")

    for who, partner in (("lena", "Noah"), ("noah", "Lena")):
        agreed = card(town, who, "meeting.file")
        assert f"You meet {partner}" in shown(agreed)
        google = page(agreed, "meeting.google")
        assert google["dates"] == "20261106T130000Z/20261106T134500Z"
        assert google["location"] == "Café & Bar"
        assert page(agreed, "meeting.outlook")["startdt"] == "2026-11-06T13:00:00Z"
        town.clicks(who, agreed, "meeting.file")
        found = entry(town, who)
        assert found["dtstart"].dt == datetime(2026, 11, 6, 13, 0, tzinfo=UTC)
        assert found["dtend"].dt - found["dtstart"].dt == timedelta(minutes=45)
        assert (found["location"], found["description"], found["sequence"]) == ("Café & Bar", "the talk", 0)
    assert entry(town, "lena")["uid"] == entry(town, "noah")["uid"]


def test_an_offered_time_can_be_chosen_and_lies_in_both_working_hours(town: Town) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem meet")
    view = town.box.modal("lena")
    assert view is not None
    [choice] = [block for block in view.blocks if block.get("block_id") == "slot"]
    offered = [one["value"] for one in choice["element"]["options"]]
    assert len(offered) == 3
    sent(town, "lena", {"slot": offered[1]})
    town.deliver()

    start = datetime.fromisoformat(offered[1]).astimezone(UTC)
    assert 8 <= start.hour < 16
    assert f"{start.day} November" in told(town, "noah")[-1]


def test_each_reads_the_time_on_their_own_clock(town: Town) -> None:
    programme(town, "lena")
    live_here(town, "raj", zone="Asia/Kolkata")
    join(town, "raj")
    match(town, owner=OWNER)
    agree(town, "lena", "raj", time="10:00")
    assert "10:00–10:45" in shown(card(town, "lena", "meeting.file"))
    assert "14:30–15:15" in shown(card(town, "raj", "meeting.file"))


def test_another_time_can_be_suggested_and_the_old_buttons_mean_nothing_any_more(town: Town) -> None:
    """What was suggested first cannot be accepted by mistake; its message says that there is another time."""
    together(town, "lena", "noah")
    suggests(town, "lena", topic="the talk")
    first, old = card(town, "noah", "meeting.accept"), looked_up(town, "noah")
    town.clicks("noah", first, "meeting.another")
    assert typed(town, "noah", "topic") == "the talk"
    sent(town, "noah", LATER)
    town.deliver()

    assert "another time instead" in next(shown(one) for one in letters(town, "noah") if one.ts == first.ts)
    assert "Noah suggests a time" in told(town, "lena")[-1]
    town.clicks("noah", old, "meeting.accept")
    assert "no longer stands" in shown(newest(town, "noah"))
    does(town, "lena", "meeting.accept")
    assert "Tuesday, 10 November, 10:30" in answer(town, "noah", "/tandem meet")
    does(town, "lena", "meeting.file")
    assert "put the meeting into your calendar" in newest(town, "lena").text, "nothing was in it before"


def test_an_agreed_time_stands_until_the_new_one_is_accepted(town: Town) -> None:
    """The new calendar file is the same entry with a higher number, and people are told to move it themselves."""
    together(town, "lena", "noah")
    agree(town, "lena", "noah")
    does(town, "lena", "meeting.file")
    does(town, "noah", "meeting.another")
    sent(town, "noah", LATER)
    town.deliver()
    assert "Friday, 6 November" in answer(town, "lena", "/tandem meet")
    assert "another time for your meeting on Friday, 6 November" in told(town, "lena")[-1]

    does(town, "lena", "meeting.accept")
    assert "Friday, 6 November" not in answer(town, "noah", "/tandem meet")
    assert "Move it in your calendar" in told(town, "noah")[-1]
    town.clicks("lena", card(town, "lena", "meeting.file"), "meeting.file")
    assert "move the entry" in newest(town, "lena").text
    before, after = entry(town, "lena", 0), entry(town, "lena")
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt == datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


def test_not_this_time_is_told_to_whoever_asked(town: Town) -> None:
    together(town, "lena", "noah")
    suggests(town, "lena")
    does(town, "noah", "meeting.decline")
    assert "Noah cannot make it" in told(town, "lena")[-1]
    assert "Find a time" in told(town, "lena")[-1]
    town.says("lena", "/tandem meet")
    assert town.box.modal("lena") is not None, "nothing is planned, so the form opens"


def test_a_meeting_called_off_can_be_taken_out_of_the_calendar(town: Town) -> None:
    together(town, "lena", "noah")
    agree(town, "lena", "noah")
    old = looked_up(town, "lena")
    does(town, "noah", "meeting.call_off")
    assert "Called off" in told(town, "lena")[-1]
    town.clicks("lena", card(town, "lena", "meeting.file"), "meeting.file")
    assert entry(town, "lena")["status"] == "CANCELLED"
    town.clicks("lena", old, "meeting.call_off")
    assert "no longer stands" in shown(newest(town, "lena"))


def test_three_meet_once_all_have_accepted(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    suggests(town, "lena")
    does(town, "noah", "meeting.accept")
    assert "Still open: Ida" in answer(town, "lena", "/tandem meet")
    does(town, "ida", "meeting.accept")
    for who in ("lena", "noah", "ida"):
        assert "You meet" in answer(town, who, "/tandem meet")


def test_of_three_who_become_two_the_two_need_no_third_answer(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    suggests(town, "lena")
    does(town, "noah", "meeting.accept")
    town.says("ida", "/tandem leave")
    town.clicks("ida", newest(town, "ida"), "leave.confirm")
    town.deliver()
    assert "You meet Noah" in answer(town, "lena", "/tandem meet")


def test_a_suggestion_comes_in_the_partners_working_hours(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(datetime(2026, 11, 2, 21, 0, tzinfo=UTC))
    suggests(town, "lena")
    town.travel_to(datetime(2026, 11, 3, 9, 0, tzinfo=UTC))
    asked = card(town, "noah", "meeting.accept")
    assert local(asked, "Europe/Berlin") == "Tue 2026-11-03 09:00"


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"day": "2026-11-01", "time": "10:00"}, "day", "has passed"),
        ({"day": "2026-11-02", "time": "08:00"}, "day", "has passed"),
        ({"day": "2029-01-01", "time": "10:00"}, "day", "two years"),
        ({"day": "2026-11-06"}, "time", "what time"),
        ({"time": "10:00"}, "day", "which day"),
        ({}, "day", "When do you want to meet"),
    ],
)
def test_a_time_that_cannot_be_is_said_at_its_field_and_nothing_is_lost(
    town: Town, fields: dict[str, str], field: str, said: str
) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem meet")
    result = town.submits("lena", {"topic": "the talk", **fields})
    assert said in str(result.errors[field])
    assert typed(town, "lena", "topic") == "the talk"


def test_the_same_hour_is_not_planned_twice_nor_are_more_than_five(town: Town) -> None:
    together(town, "lena", "noah")
    for number in range(5):
        suggests(town, "lena", time=f"{9 + number}:00".zfill(5))
    town.says("lena", "/tandem meet")
    for time, said in (("10:30", "have a meeting with each other already"), ("16:00", "5 meetings planned")):
        town.clicks("lena", newest(town, "lena"), "meeting.new")
        assert said in str(town.submits("lena", {**FRIDAY, "time": time}).errors["day"])
        town.box.close_modal("lena")


def test_a_second_device_changes_nothing(town: Town) -> None:
    together(town, "lena", "noah")
    suggests(town, "lena")
    devices = card(town, "noah", "meeting.accept"), looked_up(town, "noah")
    for device in devices:
        town.clicks("noah", device, "meeting.accept")
        town.deliver()
    assert len([text for text in told(town, "lena") if "You meet Noah" in text]) == 1


def test_a_time_that_has_passed_cannot_be_accepted(town: Town) -> None:
    together(town, "lena", "noah")
    suggests(town, "lena")
    town.travel_to(datetime(2026, 11, 6, 15, 0, tzinfo=UTC))
    does(town, "noah", "meeting.accept")
    assert "has passed. Suggest another" in shown(newest(town, "noah"))


def test_a_button_of_an_ended_pairing_says_so(town: Town) -> None:
    together(town, "lena", "noah")
    suggests(town, "lena")
    asked = card(town, "noah", "meeting.accept")
    town.says("lena", "/tandem leave")
    town.clicks("lena", newest(town, "lena"), "leave.confirm")
    town.deliver()
    for action in ("meeting.accept", "meeting.another", "meeting.decline"):
        town.clicks("noah", asked, action)
        assert "it has ended" in shown(newest(town, "noah"))


def test_who_has_no_partner_is_told_so(town: Town) -> None:
    programme(town, "lena")
    assert "no partner yet" in answer(town, "lena", "/tandem meet")


def test_an_hour_that_a_clock_change_leaves_out_or_repeats_is_one_moment(town: Town) -> None:
    """In March the clock jumps from two to three; in October it shows half past two twice, and the first counts."""
    together(town, "lena", "noah", weeks="52")
    agree(town, "lena", "noah", day="2027-03-28", time="02:30")
    assert "Sunday, 28 March, 03:00" in answer(town, "noah", "/tandem meet")
    agree(town, "lena", "noah", day="2027-10-31", time="02:30")
    town.clicks("lena", card(town, "lena", "meeting.file"), "meeting.file")
    assert entry(town, "lena")["dtstart"].dt == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_all_of_it_is_spoken_in_german_too(town: Town) -> None:
    programme(town)
    live_here(town, "lena", "noah", locale="de-DE")
    for who in ("lena", "noah"):
        join(town, who)
    match(town, owner=OWNER)
    town.says("lena", "/tandem treffen")
    sent(town, "lena", FRIDAY)
    town.deliver()
    assert "Lena schlägt einen Termin für ein Treffen vor" in told(town, "noah")[-1]
    does(town, "noah", "meeting.accept")
    assert "Freitag, 6. November, 14:00–14:45 Uhr" in told(town, "lena")[-1]
    town.clicks("lena", card(town, "lena", "meeting.file"), "meeting.file")
    assert entry(town, "lena")["summary"] == "Tandem: Treffen mit Noah Berg"
