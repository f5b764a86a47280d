"""What people do with goals all the time."""

from __future__ import annotations

from typing import Any

from demo.town import Town
from sandbox import Answer, Message
from tests.scenario.habits import sent

TALK: dict[str, Any] = {"title": "Speak in front of 50 people", "steps": "- write the outline\n\n* rehearse aloud"}


def set_goal(town: Town, who: str, **fields: Any) -> None:
    """Let somebody set a goal of two steps, or another one."""
    town.says(who, "/tandem goal")
    sent(town, who, {**TALK, **fields})


def my_goals(town: Town, who: str) -> Message:
    """Return the list of somebody's goals."""
    said = town.says(who, "/tandem goals").message
    assert said is not None
    return said


def choose(town: Town, who: str, screen: Any, title: str, verb: str) -> Answer:
    """Have somebody choose in the menu beside ``title``, in a message or in the window in front of them."""
    [block] = [one for one in screen.blocks if "options" in one.get("accessory", {}) and title in one["text"]["text"]]
    menu, box = block["accessory"], town.box
    option = next(str(one["value"]) for one in menu["options"] if str(one["value"]).startswith(verb))
    wanted = {"option": option, "block_id": block["block_id"]}
    if isinstance(screen, Message):
        done = box.click(who, screen, menu["action_id"], **wanted)
    else:
        done = box.click_view(who, menu["action_id"], **wanted)
    assert town.tandem.follow_ups.wait()
    return done


def presses(town: Town, who: str, action: str, value: str | None = None) -> Answer:
    """Have somebody press a button in the window in front of them."""
    done = town.box.click_view(who, action, value=value)
    assert town.tandem.follow_ups.wait()
    return done


def edit(town: Town, who: str, title: str = TALK["title"]) -> None:
    """Let somebody open the form of a goal of theirs."""
    choose(town, who, my_goals(town, who), title, "edit")


def let_go(town: Town, who: str, title: str = TALK["title"], **fields: Any) -> Any:
    """Let somebody let a goal go; return what the window says then."""
    choose(town, who, my_goals(town, who), title, "dropped")
    return sent(town, who, fields).view


def reach(town: Town, who: str, title: str = TALK["title"]) -> None:
    """Let somebody mark a goal as reached."""
    choose(town, who, my_goals(town, who), title, "done")


def archive(town: Town, who: str) -> Message:
    """Return what somebody finds in their archive."""
    town.clicks(who, my_goals(town, who), "goals.archive")
    return town.box.messages(who)[-1]
