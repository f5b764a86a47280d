"""Joining, taking a break, coming back, leaving, and in which language one is spoken to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from demo.town import Town
from tests.scenario.habits import OWNER, answer, checkins, form, live_here, programme, sent, together, told, typed
from tests.scenario.people import join, match, newest, set_up, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
PROFILE = {"offers": ["writing", "spreadsheets"], "wants": "public speaking", "languages": ["en", "de"]}


def test_joining_shows_the_data_notice_first_and_the_profile_after_agreeing(town: Town) -> None:
    """Whoever closes the notice is not in; whoever agrees and fills in the profile is."""
    programme(town)
    live_here(town, "lena")
    town.says("lena", "/tandem join")
    notice = form(town, "lena")
    assert "What is stored" in notice
    assert "Who reads it" in notice
    assert "How long" in notice
    assert "legal hold" in notice
    town.box.close_modal("lena")
    assert "join.start" in str(town.says("lena", "/tandem goals").blocks)

    town.says("lena", "/tandem join")
    town.submits("lena", {})
    assert "people who run the programme" in form(town, "lena")
    sent(town, "lena", {**PROFILE, "hope": "courage", "work_start": "480", "work_end": "960"})
    town.says("lena", "/tandem profile")
    assert typed(town, "lena", "offers") == "writing, spreadsheets"
    assert typed(town, "lena", "hope") == "courage"
    assert typed(town, "lena", "work_start") == "480"


def test_who_agreed_and_came_back_later_goes_on_with_the_profile(town: Town) -> None:
    programme(town)
    live_here(town, "lena")
    town.says("lena", "/tandem join")
    town.submits("lena", {})
    town.box.close_modal("lena")

    town.says("lena", "/tandem join")
    sent(town, "lena", PROFILE)
    assert "in already" in answer(town, "lena", "/tandem join")


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"offers": []}, "offers"),
    ({"wants": ["a, b, c, d, e, f, g, h", "i"]}, "wants"),
    ({"work_start": "1020", "work_end": "540"}, "work_end"),
)


def test_a_wrong_profile_is_corrected_at_its_field_and_keeps_its_text(town: Town) -> None:
    programme(town)
    live_here(town, "lena")
    town.says("lena", "/tandem join")
    town.submits("lena", {})
    for wrong, field in WRONG:
        right = {**PROFILE, "hope": "keep this", "work_start": "540", "work_end": "1020"}
        assert list(town.submits("lena", {**right, **wrong}).errors) == [field]
        assert typed(town, "lena", "hope") == "keep this"
    sent(town, "lena", {**PROFILE, "work_start": "540", "work_end": "1020"})


def test_joining_twice_says_that_one_is_in_already(town: Town) -> None:
    programme(town, "lena")
    assert "in already" in answer(town, "lena", "/tandem join")
    town.clicks("lena", newest(town, "lena"), "profile.edit")
    assert "What I can offer" in form(town, "lena")


def test_where_there_is_no_programme_joining_says_so(town: Town) -> None:
    live_here(town, "lena")
    assert "no programme here yet" in answer(town, "lena", "/tandem join")


def test_with_two_programmes_one_chooses_which_to_join(town: Town) -> None:
    programme(town)
    set_up(town, owner=OWNER, room="second-owners", name="Second year")
    live_here(town, "lena")
    said = town.says("lena", "/tandem join")
    assert "Growing together" in shown(said)
    assert said.message is not None
    town.clicks("lena", said.message, "join.programme.1")
    assert "Second year" in form(town, "lena")


ASKING = (
    "note I did it",
    "note",
    "notes",
    "goal",
    "goals",
    "checkin",
    "partner",
    "pause",
    "resume",
    "leave",
    "profile",
)


def test_who_has_not_joined_gets_one_sentence_and_a_join_button_that_works(town: Town) -> None:
    """Whatever they try first."""
    programme(town)
    live_here(town, "lena")
    for word in ASKING:
        said = town.says("lena", f"/tandem {word}")
        assert "Joining takes two minutes" in shown(said), word
        assert said.message is not None
        town.clicks("lena", said.message, "join.start")
        assert "What is stored" in form(town, "lena")
        town.box.close_modal("lena")


def test_during_a_break_nothing_is_asked_and_the_return_is_by_itself(town: Town) -> None:
    """The partner hears of both, kindly and in time; the next check-in after the return comes."""
    together(town, "lena", "noah")
    said = answer(town, "lena", "/tandem pause until 16 November")
    assert "16 November" in said
    town.deliver()
    assert "taking a break" in told(town, "noah")[-1]
    assert "16 November" in told(town, "noah")[-1]

    town.travel_to(NEXT_MONDAY + timedelta(hours=4))
    assert checkins(town, "lena") == []
    assert len(checkins(town, "noah")) == 1

    town.travel_to(NEXT_MONDAY + timedelta(days=7, hours=4))
    assert len(checkins(town, "lena")) == 1
    assert any("back from the break" in text for text in told(town, "noah"))


def test_coming_back_early_ends_the_break_at_once(town: Town) -> None:
    together(town, "lena", "noah")
    said = town.says("lena", "/tandem pause 3 weeks")
    town.deliver()
    assert said.message is not None
    town.travel(timedelta(days=1))
    town.clicks("lena", said.message, "pause.end")
    town.deliver()
    assert "back from the break" in told(town, "noah")[-1]

    town.travel_to(NEXT_MONDAY)
    assert len(checkins(town, "lena")) == 1


def test_resume_without_a_break_says_that_everything_runs(town: Town) -> None:
    programme(town, "lena")
    assert "not on a break" in answer(town, "lena", "/tandem resume")


def test_a_break_moved_to_another_day_is_told_with_the_new_day(town: Town) -> None:
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem pause until 16 November")
    town.deliver()
    answer(town, "lena", "/tandem pause until 30 November")
    town.deliver()
    assert "30 November" in told(town, "noah")[-1]


def test_the_same_break_taken_again_after_coming_back_is_told_again(town: Town) -> None:
    together(town, "lena", "noah")
    for line in ("/tandem pause until 30 November", "/tandem resume", "/tandem pause until 30 November"):
        answer(town, "lena", line)
        town.deliver()
        town.travel(timedelta(minutes=5))
    assert "taking a break" in told(town, "noah")[-1]


def test_a_check_in_that_is_open_may_still_be_answered_during_a_break(town: Town) -> None:
    """It is not reminded of."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    answer(town, "lena", "/tandem pause until 20 November")
    town.travel(timedelta(days=2))
    assert len(checkins(town, "lena")) == 1
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "rest well"})


ABSURD = {
    "until 1 January 2020": "from tomorrow on",
    "until 2 November 2026": "from tomorrow on",
    "until 31 February": "could not read",
    "until 2999-01-01": "more than a year",
    "999 months": "more than a year",
    "0 days": "from tomorrow on",
    "when pigs fly": "could not read",
    "9" * 500: "could not read",
}


def test_a_break_until_a_weekday_ends_on_the_next_such_day(town: Town) -> None:
    """It is Monday: until Monday is a week."""
    programme(town, "lena")
    assert "6 November" in answer(town, "lena", "/tandem pause until Friday")
    assert "9 November" in answer(town, "lena", "/tandem pause bis Montag")


def test_a_past_or_absurd_date_after_pause_is_said_inside_the_form(town: Town) -> None:
    """Nothing is paused, and a picked date does it."""
    programme(town, "lena")
    for said, why in ABSURD.items():
        town.says("lena", f"/tandem pause {said}")
        assert why in form(town, "lena"), said
        assert "until" in town.submits("lena", {"until": "2026-11-02"}).errors
        assert "until" in town.submits("lena", {"until": "2031-01-01"}).errors
        town.box.close_modal("lena")
    town.says("lena", "/tandem pause")
    assert "16 November" in shown(town.submits("lena", {"until": "2026-11-16"}).view)


def test_leaving_ends_a_pair_kindly_and_the_other_one_comes_first_next_time(town: Town) -> None:
    """Leaving is asked once, never why; afterwards nothing more is written to who left."""
    together(town, "lena", "noah")
    asked = town.says("lena", "/tandem leave")
    assert "nobody asks why" in shown(asked)
    assert asked.message is not None
    town.clicks("lena", asked.message, "leave.confirm")
    town.deliver()

    assert "has left the programme" in told(town, "noah")[-1]
    assert "You come first in the next round" in told(town, "noah")[-1]
    before = len(told(town, "lena"))
    town.travel_to(NEXT_MONDAY + timedelta(days=2))
    assert len(told(town, "lena")) == before
    assert checkins(town, "noah") == []


def test_when_one_of_three_leaves_the_other_two_go_on(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    asked = town.says("lena", "/tandem leave")
    assert asked.message is not None
    town.clicks("lena", asked.message, "leave.confirm")
    town.deliver()
    assert "go on together" in told(town, "noah")[-1]
    assert "go on together" in told(town, "ida")[-1]

    town.travel_to(NEXT_MONDAY)
    assert len(checkins(town, "noah")) == len(checkins(town, "ida")) == 1
    assert "Ida" in shown(checkins(town, "noah")[-1])
    assert "Lena" not in shown(checkins(town, "noah")[-1])


def test_who_left_can_join_again(town: Town) -> None:
    together(town, "lena", "noah")
    asked = town.says("lena", "/tandem leave")
    assert asked.message is not None
    town.clicks("lena", asked.message, "leave.confirm")

    join(town, "lena")
    town.travel(timedelta(weeks=13))
    match(town, owner=OWNER)
    assert "Noah" in answer(town, "lena", "/tandem partner")


def test_the_language_one_chooses_is_spoken_from_then_on(town: Town) -> None:
    """In answers at once and in what comes by itself; what Slack says later does not take it back."""
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem language de")
    assert "Ziel" in answer(town, "lena", "/tandem goals")
    town.box.change_person("lena", locale="en-US")
    town.travel_to(NEXT_MONDAY)
    assert "Hallo" in told(town, "lena")[-1]
    assert "Hello" in told(town, "noah")[-1]


def test_a_change_that_names_no_language_changes_none(town: Town) -> None:
    """Slack's events about a person do not always say it."""
    live_here(town, "lena", locale="de-DE")
    assert "gespeichert" in answer(town, "lena", "/tandem privacy")
    town.box.change_person("lena", locale="", zone="Europe/Lisbon")
    assert "gespeichert" in answer(town, "lena", "/tandem privacy")


def test_an_unknown_language_offers_the_two_there_are(town: Town) -> None:
    programme(town, "lena")
    said = town.says("lena", "/tandem language klingon")
    assert "Deutsch" in shown(said)
    assert said.message is not None
    town.clicks("lena", said.message, "language.de")
    assert "Deutsch" in shown(town.box.messages("lena")[-1])
