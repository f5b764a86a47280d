"""Goals: set, changed, shared or kept to oneself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.rules import Rules
from demo.town import Town
from sandbox.surfaces import elements
from tests.scenario.goals import TALK, choose, edit, my_goals, set_goal
from tests.scenario.habits import NAMES, answer, everything, form, letters, programme, sent, together, told, typed
from tests.scenario.people import match, newest, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


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
    choose(town, "lena", listed, "second", "dropped")
    assert "Making room" in shown(sent(town, "lena", {}).view)
    set_goal(town, "lena", title="learn to dance")
    assert "second" not in answer(town, "lena", "/tandem goals")


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
        ({"steps": "\n".join(f"{number}" for number in range(201))}, "steps"),
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


def test_a_changed_goal_keeps_its_steps_and_what_was_said_of_it(town: Town) -> None:
    programme(town, "lena")
    set_goal(town, "lena", kind="leadership", aim="learning", why="I freeze", measure="one talk held")
    town.clicks("lena", my_goals(town, "lena"), "step.tick.0")

    edit(town, "lena")
    fields = ("title", "kind", "aim", "why", "measure")
    assert [typed(town, "lena", name) for name in fields] == [
        *(TALK["title"], "leadership", "learning", "I freeze", "one talk held")
    ]
    sent(town, "lena", {"title": "Speak freely", "kind": "career"})

    said = answer(town, "lena", "/tandem goals")
    assert "Speak freely" in said
    assert "1 of 2 steps" in said
    edit(town, "lena", "Speak freely")
    assert (typed(town, "lena", "kind"), typed(town, "lena", "aim")) == ("career", "learning")


def test_how_a_goal_goes_is_said_with_one_click_and_can_change(town: Town) -> None:
    """In the list and on the home tab alike."""
    programme(town, "lena")
    set_goal(town, "lena")
    goals = my_goals(town, "lena")
    assert _said(goals) is None
    town.clicks("lena", goals, "goal.confidence", _saying(goals, "stuck"))
    assert _said(newest(town, "lena")) == "Stuck"

    town.opens_home("lena")
    town.clicks_home("lena", "goal.confidence", _saying(goals, "on_track"))
    assert _said(town.box.home("lena")) == "On track"


def _confidence(screen: Any) -> dict[str, Any]:
    found = [one for block in screen.blocks for one in elements(block) if one.get("action_id") == "goal.confidence"]
    return dict(found[0])


def _saying(screen: Any, word: str) -> str:
    return next(str(one["value"]) for one in _confidence(screen)["options"] if one["value"].startswith(word))


def _said(screen: Any) -> str | None:
    chosen = _confidence(screen).get("initial_option")
    return chosen["text"]["text"] if chosen else None


def test_a_goal_that_is_overdue_can_still_be_changed(town: Town) -> None:
    """The day that has passed stays as it was; only a new day has to lie ahead."""
    programme(town, "lena")
    set_goal(town, "lena", due_on="2026-11-05")
    town.travel(timedelta(days=10))
    edit(town, "lena")
    assert list(town.submits("lena", {"due_on": "2026-11-06"}).errors) == ["due_on"]
    sent(town, "lena", {"title": "Speak freely", "due_on": "2026-11-05"})
    assert "Speak freely" in answer(town, "lena", "/tandem goals")


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


def test_a_goal_made_private_takes_its_name_out_of_what_the_partner_was_sent(town: Town) -> None:
    """The check-in's summary and a note about it stay, without the goal; made shared again, they name it."""
    together(town, "lena", "noah")
    set_goal(town, "lena", title="Dance in public")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "one step"})
    town.says("lena", "/tandem note tried the first turn")
    town.deliver()
    assert len([one for one in told(town, "noah") if "Dance in public" in one]) == 2

    edit(town, "lena", "Dance in public")
    sent(town, "lena", {"visibility": "private"})
    town.deliver()
    assert "Dance in public" not in everything(town, "noah")
    assert "tried the first turn" in told(town, "noah")[-1]

    town.travel(timedelta(minutes=1))
    edit(town, "lena", "Dance in public")
    sent(town, "lena", {"title": "Dance in the street", "visibility": "shared"})
    town.deliver()
    assert len([one for one in told(town, "noah") if "Dance in the street" in one]) == 2


def test_a_trio_shares_a_goal_with_both_partners(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    set_goal(town, "lena")
    assert {"Noah Berg", "Ida Holm"} <= {name for name in NAMES.values() if name in shown(my_goals(town, "lena"))}


def test_a_programme_may_allow_fewer_goals(town: Town) -> None:
    programme(town, "lena")
    with town.tandem.database.transaction(town.tandem.database.workspaces()[0][0]) as tx:
        for row in tx.programmes.active():
            row.own_rules = Rules(most_goals=1).changed()
    set_goal(town, "lena")
    assert "Set another goal" not in shown(my_goals(town, "lena"))
    assert "1 goal" in answer(town, "lena", "/tandem goal dance")
