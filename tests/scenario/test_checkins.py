"""The weekly check-in: at each person's own hour, reminded of once, told to the partner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from demo.town import ROOM, Town
from tests.scenario.habits import (
    OWNER,
    answer,
    checkins,
    everything,
    form,
    letters,
    live_here,
    local,
    programme,
    sent,
    together,
    told,
    typed,
)
from tests.scenario.people import CAST, join, match, move_in, newest, paired, set_up, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
A_MINUTE, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONES = {who: CAST[who].get("zone", "Europe/Berlin") for who in ("mira", "ana", "tess", "raj")}


def answers(town: Town, who: str, promise: str, **fields: Any) -> None:
    town.says(who, "/tandem checkin")
    sent(town, who, {"promise": promise, **fields})


@pytest.mark.parametrize(
    ("start", "monday"),
    [
        (datetime(2026, 10, 14, 9, 0, tzinfo=UTC), datetime(2026, 10, 19, tzinfo=UTC)),  # clocks go back on 25 October
        (datetime(2027, 3, 17, 9, 0, tzinfo=UTC), datetime(2027, 3, 22, tzinfo=UTC)),  # and forward on 28 March
    ],
)
def test_it_comes_at_nine_in_everybodys_own_zone_before_and_after_the_clocks_change(
    make_town: Callable[..., Town], start: datetime, monday: datetime
) -> None:
    """Berlin, Lisbon, Toronto and Kolkata: two Mondays, always nine o'clock."""
    town = make_town(start)
    paired(town, *ZONES)
    expected = [(monday + timedelta(weeks=week)).strftime("Mon %Y-%m-%d 09:00") for week in range(2)]
    for week in range(2):
        town.travel_to(monday + timedelta(weeks=week, hours=20))
        for who in ZONES:
            answers(town, who, "the same again", **({"outcome": "kept"} if week else {}))
    for who, zone in ZONES.items():
        asked = [local(one, zone) for one in letters(town, who) if "checkin.open" in str(one.blocks)]
        assert asked == expected, who


def test_somebody_who_moves_gets_it_at_nine_of_the_new_place_once(town: Town) -> None:
    """The change of zone reaches what was planned already."""
    together(town, "lena", "noah")
    town.travel_to(datetime(2026, 11, 8, 20, 0, tzinfo=UTC))
    town.box.change_person("lena", zone="America/Toronto")
    town.travel_to(datetime(2026, 11, 9, 20, 0, tzinfo=UTC))
    assert [local(one, "America/Toronto") for one in checkins(town, "lena")] == ["Mon 2026-11-09 09:00"]
    assert [local(one, "Europe/Berlin") for one in checkins(town, "noah")] == ["Mon 2026-11-09 09:00"]


def test_moving_after_it_came_does_not_bring_a_second_one_in_the_week(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY + AN_HOUR)
    answers(town, "lena", "pack boxes")
    town.box.change_person("lena", zone="America/Toronto")
    town.travel(timedelta(days=2))
    assert len(checkins(town, "lena")) == 1


def test_who_does_not_answer_is_reminded_once_on_the_next_working_day(town: Town) -> None:
    """And not again until the next check-in."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY + timedelta(days=6))
    assert [local(one, "Europe/Berlin") for one in checkins(town, "lena")] == [
        "Mon 2026-11-09 09:00",
        "Tue 2026-11-10 09:00",
    ]
    assert "still open" in shown(checkins(town, "lena")[-1])


def test_after_a_friday_check_in_the_reminder_comes_on_monday(town: Town) -> None:
    together(town, "lena", "noah", weekday="friday")
    town.travel_to(NEXT_MONDAY + timedelta(days=3))
    assert [local(one, "Europe/Berlin") for one in checkins(town, "lena")] == [
        "Fri 2026-11-06 09:00",
        "Mon 2026-11-09 09:00",
    ]


def test_a_check_in_that_comes_late_is_followed_by_its_reminder_a_working_day_after_it_came(town: Town) -> None:
    """Nobody ran on Friday: found on Saturday, it waits for Monday, and the reminder does not come beside it."""
    together(town, "lena", "noah", weekday="friday")
    town.travel_to(datetime(2026, 11, 4, 8, 0, tzinfo=UTC))
    town.clock.move_to(datetime(2026, 11, 7, 10, 0, tzinfo=UTC))
    town.travel_to(datetime(2026, 11, 11, 8, 0, tzinfo=UTC))
    assert [local(one, "Europe/Berlin") for one in checkins(town, "lena")] == [
        "Mon 2026-11-09 09:00",
        "Tue 2026-11-10 09:00",
    ]


def test_who_asks_before_it_is_there_reads_when_it_comes(town: Town) -> None:
    """Today before its hour is today; without a partner, and after the last one, no day is promised."""
    programme(town, "lena", "noah")
    assert "when you have a partner" in answer(town, "lena", "/tandem checkin")
    match(town, owner="otto")
    town.travel_to(NEXT_MONDAY - AN_HOUR)
    assert "Monday, 9 November" in answer(town, "lena", "/tandem checkin")
    answer(town, "noah", "/tandem leave")
    town.clicks("noah", newest(town, "noah"), "leave.confirm")
    assert "when you have a partner" in answer(town, "lena", "/tandem checkin")


def test_a_check_in_on_a_public_holiday_comes_the_day_after_and_says_so_before(make_town: Callable[..., Town]) -> None:
    """Women's Day in Berlin is a Monday; who asks reads Tuesday, and gets it on Tuesday."""
    town = make_town(datetime(2027, 3, 3, 9, 0, tzinfo=UTC), holidays="DE-BE")
    together(town, "lena", "noah")
    assert "Tuesday, 9 March" in answer(town, "lena", "/tandem checkin")
    town.travel_to(datetime(2027, 3, 16, 12, 0, tzinfo=UTC))
    assert [local(one, "Europe/Berlin") for one in checkins(town, "lena")] == [
        "Tue 2027-03-09 09:00",
        "Wed 2027-03-10 09:00",
        "Mon 2027-03-15 09:00",
        "Tue 2027-03-16 09:00",
    ]


def test_a_week_without_a_working_day_left_is_not_announced(make_town: Callable[..., Town]) -> None:
    """Good Friday has no day after it in its week."""
    town = make_town(datetime(2027, 3, 20, 9, 0, tzinfo=UTC), holidays="DE")
    together(town, "lena", "noah", weekday="friday")
    assert "Friday, 2 April" in answer(town, "lena", "/tandem checkin")
    town.travel_to(datetime(2027, 4, 2, 12, 0, tzinfo=UTC))
    assert [local(one, "Europe/Berlin") for one in checkins(town, "lena")] == ["Fri 2027-04-02 09:00"]


def test_no_check_in_is_announced_and_no_promise_asked_for_beyond_the_time_together(town: Town) -> None:
    """A pairing of one week that began on a Wednesday: its only check-in asks for no promise."""
    town.clock.move_to(datetime(2026, 11, 4, 8, 0, tzinfo=UTC))
    programme(town, "lena", "noah", weeks="1")
    match(town, owner="otto")
    town.travel_to(NEXT_MONDAY)
    town.clicks("lena", checkins(town, "lena")[-1], "checkin.open")
    assert "What do you promise" not in form(town, "lena")
    sent(town, "lena", {"progress": "two pages"})
    home = town.opens_home("lena")
    assert home is not None
    assert "what is left of your time together" in shown(home)


def test_a_changed_weekday_does_not_announce_a_second_check_in_in_the_week(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    answers(town, "lena", "two pages")
    town.says("otto", "/tandem-admin settings", ROOM)
    sent(town, "otto", {"weekday": "thursday"})
    home = town.opens_home("lena")
    assert home is not None
    assert "Thursday, 19 November" in shown(home)
    town.travel(timedelta(days=7))
    assert len([one for one in told(town, "lena") if "Last time you promised" in one]) == 0
    town.travel(timedelta(days=3, hours=2))
    assert "Last time you promised" in told(town, "lena")[-1]


def test_the_first_reminder_does_not_speak_of_a_promise_nobody_made(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY + A_DAY)
    assert "not yet" not in told(town, "lena")[-1]
    answers(town, "lena", "two pages")
    town.travel_to(NEXT_MONDAY + timedelta(days=8))
    assert "not yet" in told(town, "lena")[-1]


def test_an_old_check_in_leads_to_the_newer_one(town: Town) -> None:
    """By a button, without typing."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    old = checkins(town, "lena")[0]
    town.travel(timedelta(days=7))
    said = town.clicks("lena", old, "checkin.open")
    assert said.message is None or "checkin.open" in str(said.message.blocks)
    town.clicks("lena", newest(town, "lena"), "checkin.open")
    assert "23 November" in form(town, "lena")


def test_who_has_answered_is_not_reminded(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    answers(town, "lena", "two pages")
    town.travel(timedelta(days=5))
    assert not any("still open" in text for text in told(town, "lena"))
    assert sum("still open" in text for text in told(town, "noah")) == 1


def test_the_answered_message_turns_into_the_answer(town: Town) -> None:
    """In place, with the way to change it; the reminder too, when the answer came after it."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY + A_DAY)
    asked, reminded = checkins(town, "lena")
    town.clicks("lena", reminded, "checkin.open")
    sent(town, "lena", {"promise": "two pages"})
    town.deliver()
    for message in (asked, reminded):
        now = next(one for one in letters(town, "lena") if one.ts == message.ts)
        assert "Answered" in shown(now)
        assert "two pages" in shown(now)


def test_a_late_answer_counts(town: Town) -> None:
    """The partner reads it, and it is asked for in the next week."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY + timedelta(days=4))
    answers(town, "lena", "better late")
    town.deliver()
    assert "better late" in told(town, "noah")[-1]
    town.travel_to(NEXT_MONDAY + timedelta(days=7))
    assert "better late" in shown(checkins(town, "lena")[-1])


def test_a_changed_answer_changes_the_partners_summary_in_place(town: Town) -> None:
    """And is what will be asked for in the next week."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    answers(town, "lena", "two pages", progress="tired")
    town.deliver()
    before = [one.ts for one in letters(town, "noah")]
    town.travel(A_MINUTE)
    town.says("lena", "/tandem checkin")
    assert typed(town, "lena", "promise") == "two pages"
    sent(town, "lena", {"promise": "one page", "progress": ""})
    town.travel(A_MINUTE)
    assert [one.ts for one in letters(town, "noah")] == before
    assert "one page" in told(town, "noah")[-1]
    assert "two pages" not in everything(town, "noah")
    assert "tired" not in everything(town, "noah")

    town.travel_to(NEXT_MONDAY + timedelta(days=7))
    assert "one page" in shown(checkins(town, "lena")[-1])


def test_a_check_in_whose_place_a_newer_one_has_taken_says_so(town: Town) -> None:
    """Its button is still there, its answer would be lost: the person is sent to the newer one."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    [old] = checkins(town, "lena")
    town.clicks("lena", old, "checkin.open")
    town.travel(timedelta(days=7))

    result = town.submits("lena", {"promise": "too late for this one"})
    assert "newer check-in" in str(result.errors)
    assert typed(town, "lena", "promise") == "too late for this one"
    town.box.close_modal("lena")
    town.clicks("lena", old, "checkin.open")
    assert "newer check-in" in shown(newest(town, "lena"))
    answers(town, "lena", "fresh start")


def test_an_unkept_promise_of_a_week_without_an_answer_is_asked_for_again(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    answers(town, "lena", "two pages")
    town.travel(timedelta(days=14))
    assert "two pages" in shown(checkins(town, "lena")[-1])


def test_the_summary_waits_for_the_working_hours_of_whoever_reads_it(town: Town) -> None:
    """Mira answers at nine in Berlin; Tess in Toronto reads it at nine of her own day."""
    paired(town, "mira", "tess")
    town.travel_to(NEXT_MONDAY)
    answers(town, "mira", "two pages")
    town.travel_to(NEXT_MONDAY + timedelta(hours=5, minutes=59))
    assert "two pages" not in everything(town, "tess")
    town.travel_to(NEXT_MONDAY + timedelta(hours=6))
    [summary] = [one for one in letters(town, "tess") if "two pages" in shown(one)]
    assert local(summary, "America/Toronto") == "Mon 2026-11-09 09:00"


def test_an_answer_on_friday_evening_is_read_on_monday_morning(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(datetime(2026, 11, 13, 18, 0, tzinfo=UTC))
    answers(town, "lena", "two pages")
    town.travel_to(datetime(2026, 11, 16, 10, 0, tzinfo=UTC))
    [summary] = [one for one in letters(town, "noah") if "two pages" in shown(one)]
    assert local(summary, "Europe/Berlin") == "Mon 2026-11-16 09:00"


def test_one_cheers_once_and_the_partner_reads_it_once(town: Town) -> None:
    """The button turns into a word; a repeated click, or one sent twice, changes nothing."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    answers(town, "lena", "two pages")
    town.deliver()
    summary = letters(town, "noah")[-1]
    town.clicks("noah", summary, "checkin.cheer")
    [click] = [one for one in town.box.deliveries if "checkin.cheer" in str(one.payload.get("actions"))]
    town.box.replay(click, times=3)
    town.deliver()
    assert sum("cheering" in text for text in told(town, "lena")) == 1
    assert "checkin.cheer" not in str(letters(town, "noah")[-1].blocks)

    town.travel(A_MINUTE)
    answers(town, "lena", "one page")
    town.travel(A_MINUTE)
    assert "one page" in told(town, "noah")[-1]
    assert "checkin.cheer" not in str(letters(town, "noah")[-1].blocks)


def test_before_the_first_one_the_command_says_when_it_comes(town: Town) -> None:
    together(town, "lena", "noah")
    assert "9 November" in answer(town, "lena", "/tandem checkin")


def test_without_a_partner_nothing_is_asked(town: Town) -> None:
    programme(town, "lena")
    town.travel_to(NEXT_MONDAY + A_DAY)
    assert checkins(town, "lena") == []


def test_the_reflection_stays_with_its_author(town: Town) -> None:
    """Its question is another one every week."""
    together(town, "lena", "noah")
    questions = []
    for week in range(4):
        town.travel_to(NEXT_MONDAY + timedelta(weeks=week))
        town.says("lena", "/tandem checkin")
        view = town.box.modal("lena")
        assert view is not None
        questions.append(view.element("reflection")[0]["label"]["text"])
        sent(town, "lena", {"promise": "go on", "reflection": "mine alone", **({"outcome": "partly"} if week else {})})
    town.travel(A_DAY)
    assert len(set(questions)) == 4
    assert "mine alone" not in everything(town, "noah")


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"promise": " \u200b "}, "promise"), ({"promise": "fine", "outcome": None}, "outcome")],
)
def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(
    town: Town, fields: dict[str, Any], field: str
) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    answers(town, "lena", "two pages")
    town.travel(timedelta(days=7))
    town.says("lena", "/tandem checkin")
    result = town.submits("lena", {"outcome": "kept", "progress": "kept line", **fields})
    assert list(result.errors) == [field]
    assert typed(town, "lena", "progress") == "kept line"


def test_the_form_says_before_sending_what_the_partner_will_read(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    assert "Noah Berg" in form(town, "lena")
    assert "reflection" in form(town, "lena")


def test_the_form_sent_twice_has_one_effect(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    answers(town, "lena", "two pages", progress="a line")
    [submission] = [
        one
        for one in town.box.deliveries
        if one.payload.get("type") == "view_submission" and one.payload["view"]["callback_id"] == "checkin.save"
    ]
    assert [reply.status for reply in town.box.replay(submission, times=3)] == [200, 200, 200]
    town.deliver()
    assert sum("two pages" in text for text in told(town, "noah")) == 1
    assert answer(town, "lena", "/tandem notes").count("a line") == 1


def test_a_newcomer_pairing_in_the_middle_of_a_week_is_asked_on_the_next_monday(town: Town) -> None:
    programme(town, "lena")
    town.travel_to(datetime(2026, 11, 4, 10, 0, tzinfo=UTC))
    live_here(town, "noah")
    join(town, "noah")
    match(town, owner="otto")
    town.travel_to(NEXT_MONDAY - A_MINUTE)
    assert checkins(town, "lena") == []
    town.travel(A_MINUTE)
    assert len(checkins(town, "lena")) == len(checkins(town, "noah")) == 1


def test_partners_in_far_zones_begin_in_the_same_week(make_town: Callable[..., Town]) -> None:
    """Introduced on a Berlin Monday that is still Sunday in Los Angeles, both are first asked a week later."""
    town = make_town(datetime(2026, 11, 2, 7, 0, tzinfo=UTC))
    live_here(town, OWNER, "mira")
    live_here(town, "tess", zone="America/Los_Angeles")
    set_up(town, owner=OWNER)
    for who in ("mira", "tess"):
        join(town, who)
    match(town, owner=OWNER)

    town.travel_to(NEXT_MONDAY - A_MINUTE)
    assert [len(checkins(town, who)) for who in ("mira", "tess")] == [0, 0]
    town.travel(A_DAY)
    assert [len(checkins(town, who)) for who in ("mira", "tess")] == [1, 1]


def test_everybody_reads_it_in_the_own_language(town: Town) -> None:
    move_in(town, "olga", "mira", "ana")
    set_up(town)
    join(town, "mira")
    join(town, "ana")
    match(town)
    town.travel_to(NEXT_MONDAY + AN_HOUR)
    assert "Hallo" in told(town, "mira")[-1]
    assert "Hello" in told(town, "ana")[-1]
