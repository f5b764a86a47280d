"""A second cast, all in Berlin and speaking English, and small ways to look at what people see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from demo.town import Town
from sandbox import Answer, Message
from sandbox.channels import Kind
from tests.scenario.people import join, match, set_up, shown

OWNER = "otto"
NAMES = {
    "otto": "Otto Kern",
    "lena": "Lena Falk",
    "noah": "Noah Berg",
    "ida": "Ida Holm",
    "omar": "Omar Saleh",
    "pia": "Pia Wolf",
    "emil": "Emil Rau",
}


def live_here(town: Town, *handles: str, **facts: Any) -> None:
    """Let people of this cast move in."""
    for handle in handles:
        about = {"name": NAMES.get(handle, handle.title()), "locale": "en-GB", "admin": handle == OWNER, **facts}
        town.box.add_person(handle, **about)


def programme(town: Town, *joining: str, **fields: Any) -> None:
    """Have a programme set up and these people joined."""
    live_here(town, OWNER, *joining)
    set_up(town, owner=OWNER, **fields)
    for handle in joining:
        join(town, handle)
        town.box.close_modal(handle)


def together(town: Town, *handles: str, **fields: Any) -> None:
    """Have these people joined and matched."""
    programme(town, *handles, **fields)
    match(town, owner=OWNER)


def answer(town: Town, who: str, line: str, channel: str | None = None) -> str:
    """Return what somebody reads at once after a command, and see that nobody else can."""
    said = town.says(who, line, channel)
    assert said.ok, said
    assert said.message is not None, said
    assert said.message.ephemeral, "an answer must be for the asking person alone"
    return shown(said)


def form(town: Town, who: str) -> str:
    """Return every text of the form in front of somebody."""
    view = town.box.modal(who)
    assert view is not None, f"{who} has no form open"
    return shown(view)


def typed(town: Town, who: str, field: str) -> Any:
    """Return what stands in one field of the open form."""
    view = town.box.modal(who)
    assert view is not None, f"{who} has no form open"
    state: dict[str, Any] = next(iter(view.state[field].values()))
    several = state.get("selected_options")
    if several is not None:
        return ", ".join(one["value"] for one in several)
    chosen = state.get("selected_option")
    written = state.get("value") or state.get("selected_date") or state.get("selected_user")
    written = written or state.get("selected_time")
    return chosen["value"] if chosen else written


def sent(town: Town, who: str, field_values: dict[str, Any]) -> Answer:
    """Have somebody send the open form, be thanked instead of corrected, and close the window."""
    result = town.submits(who, field_values)
    assert result.ok, result
    if town.box.modal(who):
        town.box.close_modal(who)
    return result


def told(town: Town, who: str) -> list[str]:
    """Return every message the bot wrote to somebody alone, read as one text each, oldest first."""
    return [shown(message) for message in letters(town, who)]


def letters(town: Town, who: str) -> list[Message]:
    """Return the messages the bot wrote to somebody alone, what answered a command left out, oldest first."""
    return [one for one in town.box.messages(who) if one.channel.kind is Kind.IM and one.bot_id and not one.ephemeral]


def checkins(town: Town, who: str) -> list[Message]:
    """Return the weekly messages that can still be answered, and reminders of them."""
    return [
        one for one in letters(town, who) if "checkin.open" in str(one.blocks) and "silence." not in str(one.blocks)
    ]


def local(message: Message, zone: str) -> str:
    """Return when a message was posted, as a clock in ``zone`` showed it: ``Mon 2026-10-26 09:00``."""
    posted = datetime.fromtimestamp(int(float(message.ts)), UTC)
    return posted.astimezone(ZoneInfo(zone)).strftime("%a %Y-%m-%d %H:%M")


def everything(town: Town, who: str) -> str:
    """Return everything somebody can read in their conversations."""
    return "\n".join(shown(message) + message.text for message in town.box.messages(who))
