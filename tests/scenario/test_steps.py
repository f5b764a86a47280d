"""Steps of a goal: ticked, planned, put in order, added and removed."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.steps import MOST_STEPS, PAGE
from demo.town import Town
from tests.scenario.access_scene import Scene
from tests.scenario.goals import choose, my_goals, presses, set_goal
from tests.scenario.habits import everything, programme, sent, together, typed
from tests.scenario.people import newest, shown

THREE = "buy shoes\nfind a teacher\ndance"


def opened(town: Town, who: str = "lena") -> Any:
    """Let somebody open all steps of their only goal; return the window."""
    town.clicks(who, my_goals(town, who), "steps.show")
    return window(town, who)


def window(town: Town, who: str = "lena") -> Any:
    view = town.box.modal(who)
    assert view is not None
    return view


def order(screen: Any) -> list[str]:
    """Return the steps of a window from top to bottom, without their plans."""
    return [block["text"]["text"].splitlines()[0] for block in screen.blocks if "accessory" in block]


@pytest.fixture
def lena(town: Town) -> Town:
    """A town where Lena has a goal of three steps."""
    programme(town, "lena")
    set_goal(town, "lena", title="Dance in public", steps=THREE)
    return town


def test_steps_are_ticked_from_the_home_tab_and_the_bar_moves(lena: Town) -> None:
    assert "0 of 3 steps" in shown(lena.opens_home("lena"))

    lena.clicks_home("lena", "step.tick.0")
    home = shown(lena.box.home("lena"))
    assert "1 of 3 steps" in home
    assert "buy shoes" not in home

    lena.clicks_home("lena", "step.tick.0")
    assert "2 of 3 steps" in shown(lena.box.home("lena"))


def test_steps_are_ticked_from_the_list_as_well(lena: Town) -> None:
    lena.clicks("lena", my_goals(lena, "lena"), "step.tick.1")
    assert "1 of 3 steps" in shown(newest(lena, "lena"))
    lists = [one for one in lena.box.messages("lena") if "step.tick" in str(one.blocks)]
    assert len(lists) == 1, "the list is changed in place"


def test_a_step_ticked_by_mistake_is_opened_again_in_the_window(lena: Town) -> None:
    choose(lena, "lena", opened(lena), "find a teacher", "tick")
    assert "✓ find a teacher" in order(window(lena))
    assert "33%" in shown(window(lena))

    choose(lena, "lena", window(lena), "find a teacher", "untick")
    assert order(window(lena)) == THREE.splitlines()
    assert "0%" in shown(window(lena))


def test_a_step_moves_up_and_down(lena: Town) -> None:
    choose(lena, "lena", opened(lena), "dance", "up")
    assert order(window(lena)) == ["buy shoes", "dance", "find a teacher"]
    choose(lena, "lena", window(lena), "buy shoes", "down")
    assert order(window(lena)) == ["dance", "buy shoes", "find a teacher"]
    assert "dance" in shown(my_goals(lena, "lena")).partition("buy shoes")[0]


def test_two_clicks_on_one_entry_move_a_step_once(lena: Town) -> None:
    """The second, from the same window or another device, shows the list as it is."""
    stale = opened(lena)
    choose(lena, "lena", stale, "dance", "up")
    _again(lena, _entry(stale, "dance", "up"))
    assert order(window(lena)) == ["buy shoes", "dance", "find a teacher"]


def test_a_step_moved_past_one_that_is_gone_stays_where_it_is(lena: Town) -> None:
    stale = opened(lena)
    choose(lena, "lena", stale, "find a teacher", "edit")
    presses(lena, "lena", "step.remove")
    _again(lena, _entry(stale, "dance", "up"))
    assert order(window(lena)) == ["buy shoes", "dance"]


def _entry(screen: Any, title: str, verb: str) -> str:
    [block] = [one for one in screen.blocks if "accessory" in one and title in one["text"]["text"]]
    return next(str(one["value"]) for one in block["accessory"]["options"] if one["value"].startswith(verb))


def _again(town: Town, entry: str) -> None:
    """Choose from a window that is out of date, as a second device still shows it."""
    town.box.close_modal("lena")
    Scene(town).choose("lena", "step.menu", entry)


def test_a_step_is_reworded_and_planned_and_stays_done(lena: Town) -> None:
    """The plan stands below the step wherever its author sees it."""
    choose(lena, "lena", opened(lena), "buy shoes", "tick")
    choose(lena, "lena", window(lena), "buy shoes", "edit")
    assert typed(lena, "lena", "text") == "buy shoes"
    shown_after = sent(lena, "lena", {"text": "buy red shoes", "plan": "If it is Friday, then I go to town"}).view
    assert "✓ buy red shoes" in order(shown_after)

    choose(lena, "lena", opened(lena), "dance", "edit")
    sent(lena, "lena", {"plan": "If the music plays, then I get up"})
    assert "Your plan: If the music plays, then I get up" in shown(my_goals(lena, "lena"))
    choose(lena, "lena", opened(lena), "dance", "edit")
    assert typed(lena, "lena", "plan") == "If the music plays, then I get up"


@pytest.mark.parametrize(("fields", "field"), [({"text": " "}, "text"), ({"plan": "x" * 301}, "plan")])
def test_a_wrong_step_is_corrected_at_its_field(lena: Town, fields: dict[str, str], field: str) -> None:
    choose(lena, "lena", opened(lena), "dance", "edit")
    said = lena.submits("lena", {"text": "dance slowly", "plan": "If it is late, then I dance", **fields})
    assert list(said.errors) == [field]
    assert typed(lena, "lena", "plan") == fields.get("plan", "If it is late, then I dance")


def test_steps_are_added_behind_those_there_are(lena: Town) -> None:
    opened(lena)
    presses(lena, "lena", "steps.new")
    assert "Dance in public" in shown(window(lena))
    assert order(sent(lena, "lena", {"steps": "- invite Noah\n- bow"}).view) == [
        *THREE.splitlines(),
        "invite Noah",
        "bow",
    ]


def test_a_form_for_steps_wants_at_least_one(lena: Town) -> None:
    opened(lena)
    presses(lena, "lena", "steps.new")
    assert list(lena.submits("lena", {"steps": "-"}).errors) == ["steps"]


def test_a_removed_step_is_gone_and_the_rest_keeps_its_order(lena: Town) -> None:
    choose(lena, "lena", opened(lena), "find a teacher", "edit")
    presses(lena, "lena", "step.remove")
    assert order(window(lena)) == ["buy shoes", "dance"]
    assert "0 of 2 steps" in shown(my_goals(lena, "lena"))


def test_what_was_typed_for_a_step_that_is_gone_stays_in_the_form(lena: Town) -> None:
    """It was removed on another device meanwhile."""
    choose(lena, "lena", opened(lena), "dance", "edit")
    with lena.tandem.database.transaction(lena.tandem.database.workspaces()[0][0]) as tx:
        [enrolment] = tx.enrolments.active_in(tx.programmes.active()[0].id)
        [goal] = tx.goals.active_of(enrolment.id)
        tx.goals.order(goal, goal.steps[:2])
    said = lena.submits("lena", {"plan": "If it rains, then I dance inside"})
    assert "not yours" in said.errors["text"]
    assert typed(lena, "lena", "plan") == "If it rains, then I dance inside"


def test_two_hundred_steps_are_paged_and_there_is_an_end(lena: Town) -> None:
    """Across the pages a step still moves by one."""
    for first in range(3, MOST_STEPS, 100):
        opened(lena)
        presses(lena, "lena", "steps.new")
        sent(lena, "lena", {"steps": "\n".join(f"s{number}" for number in range(first, min(first + 100, MOST_STEPS)))})
    assert len(order(opened(lena))) == PAGE
    assert "0 of 200 steps" in shown(window(lena))
    assert "Add steps" not in shown(window(lena))

    presses(lena, "lena", "steps.page.next")
    assert order(window(lena))[0] == f"s{PAGE}"
    choose(lena, "lena", window(lena), f"s{PAGE}", "up")
    assert order(window(lena))[-1] == f"s{PAGE}"
    presses(lena, "lena", "steps.page.next")
    assert order(window(lena))[0] == f"s{PAGE - 1}"
    presses(lena, "lena", "steps.page.back")
    assert order(window(lena))[0] == "buy shoes"


def test_plans_and_steps_are_for_their_author_alone(town: Town) -> None:
    """A partner hears how many of how many, never which."""
    together(town, "lena", "noah")
    set_goal(town, "lena", steps="whisper to the cat")
    choose(town, "lena", opened(town), "whisper to the cat", "edit")
    sent(town, "lena", {"plan": "If the cat is home, then I whisper"})
    town.says("lena", "/tandem note done for today")
    town.deliver()
    assert "done for today" in everything(town, "noah")
    assert "cat" not in everything(town, "noah")
