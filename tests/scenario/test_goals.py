"""Goals in small steps: set, ticked, changed, finished, let go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from demo.town import Town
from tests.scenario.habits import answer, form, letters, programme, sent, together, told, typed
from tests.scenario.people import match, newest, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
TALK: dict[str, Any] = {"title": "Speak in front of 50 people", "steps": "- write the outline\n\n* rehearse aloud"}


def set_goal(town: Town, who: str, **fields: Any) -> None:
    town.says(who, "/tandem goal")
    sent(town, who, {**TALK, **fields})


def test_a_goal_with_steps_stands_in_the_list_with_who_can_see_it(town: Town) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal Speak in public")
    assert typed(town, "lena", "title") == "Speak in public"
    result = sent(town, "lena", {**TALK, "why": "I freeze", "measure": "one talk held", "due_on": "2026-12-18"})
    assert "Noah Berg" in shown(result.view)

    listed = answer(town, "lena", "/tandem goals")
    assert "Speak in front of 50 people" in listed
    assert "0 of 2 steps" in listed
    assert "write the outline" in listed
    assert "18 December 2026" in listed
    assert "Noah Berg" in listed


def test_german_words_open_the_same_form(town: Town) -> None:
    programme(town, "lena")
    town.says("lena", "/tandem ziel Vor Leuten sprechen")
    assert typed(town, "lena", "title") == "Vor Leuten sprechen"


def test_steps_are_ticked_from_the_home_tab_and_the_bar_moves(town: Town) -> None:
    together(town, "lena", "noah")
    set_goal(town, "lena")
    assert "0 of 2 steps" in shown(town.opens_home("lena"))

    town.clicks_home("lena", "step.tick.0")
    home = shown(town.box.home("lena"))
    assert "1 of 2 steps" in home
    assert "write the outline" not in home

    town.clicks_home("lena", "step.tick.0")
    assert "2 of 2 steps" in shown(town.box.home("lena"))


def test_steps_are_ticked_from_the_list_as_well(town: Town) -> None:
    programme(town, "lena")
    set_goal(town, "lena")
    said = town.says("lena", "/tandem goals")
    assert said.message is not None
    town.clicks("lena", said.message, "step.tick.1")
    assert "1 of 2 steps" in shown(newest(town, "lena"))
    lists = [one for one in town.box.messages("lena") if "step.tick" in str(one.blocks)]
    assert len(lists) == 1, "the list is changed in place"


def test_a_fourth_goal_waits_until_one_is_finished_or_let_go(town: Town) -> None:
    """What was typed for it is handed back."""
    programme(town, "lena")
    for title in ("first", "second", "third"):
        set_goal(town, "lena", title=title)
    said = answer(town, "lena", "/tandem goal learn to dance")
    assert "3 goals" in said
    assert "learn to dance" in said

    town.clicks("lena", newest(town, "lena"), "goals.show")
    listed = newest(town, "lena")
    menus = [block for block in listed.blocks if "goal.menu" in str(block)]
    town.box.click("lena", listed, "goal.menu", option=_option(menus[1], "dropped"), block_id=menus[1]["block_id"])
    town.box.until(lambda: "Making room" in shown(newest(town, "lena")))
    set_goal(town, "lena", title="learn to dance")
    assert "second" not in answer(town, "lena", "/tandem goals")


def _option(menu: dict[str, Any], verb: str) -> str:
    return next(str(one["value"]) for one in menu["accessory"]["options"] if one["value"].startswith(verb))


def test_a_past_or_absurd_date_is_said_at_its_field_and_the_text_is_kept(town: Town) -> None:
    programme(town, "lena")
    town.says("lena", "/tandem goal")
    for day in ("2026-11-02", "2020-01-01", "2031-01-01", "9999-12-31"):
        assert list(town.submits("lena", {**TALK, "due_on": day}).errors) == ["due_on"]
    assert typed(town, "lena", "title") == TALK["title"]
    sent(town, "lena", {"due_on": "2027-02-01"})


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"steps": "\n".join(f"step {number}" for number in range(21))}, "steps"),
        ({"steps": "x" * 201}, "steps"),
        ({"title": " \u200b\u202e "}, "title"),
    ],
)
def test_a_wrong_goal_is_corrected_at_its_field(town: Town, fields: dict[str, Any], field: str) -> None:
    programme(town, "lena")
    town.says("lena", "/tandem goal")
    result = town.submits("lena", {**TALK, "why": "keep me", **fields})
    assert list(result.errors) == [field]
    assert typed(town, "lena", "why") == "keep me"


def test_a_changed_goal_keeps_what_is_done(town: Town) -> None:
    programme(town, "lena")
    set_goal(town, "lena")
    listed = town.says("lena", "/tandem goals").message
    assert listed is not None
    town.clicks("lena", listed, "step.tick.0")

    town.clicks("lena", listed, "goal.menu", _menu(listed, "edit"))
    assert typed(town, "lena", "steps") == "write the outline\nrehearse aloud"
    sent(town, "lena", {"title": "Speak freely", "steps": "write the outline\nrehearse aloud\nask for feedback"})

    said = answer(town, "lena", "/tandem goals")
    assert "Speak freely" in said
    assert "1 of 3 steps" in said


def test_a_goal_that_is_overdue_can_still_be_changed(town: Town) -> None:
    """The day that has passed stays as it was; only a new day has to lie ahead."""
    programme(town, "lena")
    set_goal(town, "lena", due_on="2026-11-05")
    town.travel(timedelta(days=10))
    listed = town.says("lena", "/tandem goals").message
    assert listed is not None
    town.clicks("lena", listed, "goal.menu", _menu(listed, "edit"))
    assert list(town.submits("lena", {"due_on": "2026-11-06"}).errors) == ["due_on"]
    sent(town, "lena", {"title": "Speak freely", "due_on": "2026-11-05"})
    assert "Speak freely" in answer(town, "lena", "/tandem goals")


@pytest.mark.parametrize(("verb", "word"), [("done", ":tada:"), ("dropped", "Making room")])
def test_a_goal_is_finished_with_a_small_celebration_or_let_go_kindly(town: Town, verb: str, word: str) -> None:
    programme(town, "lena")
    set_goal(town, "lena")
    listed = town.says("lena", "/tandem goals").message
    assert listed is not None
    town.clicks("lena", listed, "goal.menu", _menu(listed, verb))
    assert word in shown(newest(town, "lena"))
    assert "No goal yet" in answer(town, "lena", "/tandem goals")

    town.clicks("lena", listed, "goal.menu", _menu(listed, verb))
    assert "not yours" in shown(newest(town, "lena"))


def _menu(message: Any, verb: str) -> str:
    return _option(next(block for block in message.blocks if "goal.menu" in str(block)), verb)


def test_a_goal_set_before_there_is_a_partner_is_shared_once_there_is_one(town: Town) -> None:
    """Only if it was meant to be shared."""
    programme(town, "lena", "noah")
    set_goal(town, "lena", title="Open goal")
    town.says("noah", "/tandem goal")
    sent(town, "noah", {"title": "Hidden goal", "visibility": "private"})
    assert "Noah" not in answer(town, "lena", "/tandem goals")
    match(town, owner="otto")
    assert "Noah Berg" in answer(town, "lena", "/tandem goals")
    assert "Lena" not in answer(town, "noah", "/tandem goals")


def test_the_partner_reads_a_shared_goal_in_the_check_in_and_a_private_one_never(town: Town) -> None:
    together(town, "lena", "noah")
    set_goal(town, "lena")
    town.says("noah", "/tandem goal")
    sent(town, "noah", {"title": "Hidden goal", "steps": "hidden step", "visibility": "private"})
    town.travel_to(NEXT_MONDAY)
    for who in ("lena", "noah"):
        town.says(who, "/tandem checkin")
        sent(town, who, {"promise": "something small", "progress": f"a line of {who}"})
    town.deliver()
    assert "Speak in front of 50 people" in told(town, "noah")[-1]
    assert "a line of lena" in told(town, "noah")[-1]
    assert "Hidden goal" not in shown([one.blocks for one in letters(town, "lena")])
    assert "a line of noah" not in told(town, "lena")[-1]


def test_the_goal_form_names_who_could_read_along(town: Town) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    assert "Noah Berg" in form(town, "lena")
