"""What people do on the page. Each act goes to the app as from Slack and comes back with what Slack would show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.acts import Acts, Wanted
from sandbox.channels import Kind
from sandbox.events import Events
from sandbox.modals import Modals
from sandbox.page.refusals import RefusedError, bad
from sandbox.payloads import escaped, rich_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sandbox.answers import Answer
    from sandbox.page.asked import Asked
    from sandbox.surfaces import View


async def act(asked: Asked) -> dict[str, Any]:
    """Do what the address names; the answer says what Slack's client would complain about."""
    known: dict[str, Callable[[Asked], Awaitable[Answer | None]]] = {
        "command": command,
        "click": click,
        "submit": submit,
        "close": close,
        "suggest": suggest,
        "home": home,
        "say": say,
        "shortcut": shortcut,
    }
    name = asked.request.match_info["act"]
    if name not in known:
        raise RefusedError(404, "not_found", "There is no such act.")
    try:
        answer = await known[name](asked)
    finally:
        asked.hub.pulse.beat()
        asked.page.after_act()
    return _told(answer)


def _told(answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {"ok": True, "problem": "", "errors": {}, "options": [], "groups": []}
    told = {"ok": answer.ok, "problem": answer.problem, "errors": answer.errors}
    return told | {"options": answer.options, "groups": answer.groups}


async def command(asked: Asked) -> Answer | None:
    """Type a line that starts with a slash."""
    person = asked.person()
    channel = asked.channel(person)
    name, _, text = asked.text("line").strip().partition(" ")
    if name == "/invite":
        return await _invite(asked, text)
    known = [one.get("command") for one in asked.page.features("slash_commands")]
    if name not in known:
        raise RefusedError(422, "unknown_command", f"{name[:60]} is not a valid command.")
    return await Acts(asked.hub).command(person, name, text.strip(), channel)


async def _invite(asked: Asked, text: str) -> Answer | None:
    channel = asked.channel(asked.person())
    wanted = text.strip().removeprefix("@").lower()
    found = next((one for one in asked.town.people.values() if wanted in {one.handle, one.name.lower()}), None)
    if not found or channel.kind in {Kind.IM, Kind.MPIM}:
        raise RefusedError(422, "cannot_invite", f"“{wanted[:40]}” cannot be invited here.")
    return await Events(asked.hub).joined(found, channel)


async def click(asked: Asked) -> Answer:
    """Press or choose something in a message, in the modal in front, or on the home tab."""
    person = asked.person()
    if asked.args.get("ts") is not None:
        message = asked.message()
        wanted = _wanted(asked, message.blocks)
        return await Acts(asked.hub).click(person, message, wanted, asked.fields("values"))
    view = _view(asked)
    _keep(view, asked.fields("values"))
    return await Modals(asked.hub).click(person, view, _wanted(asked, view.blocks))


def _wanted(asked: Asked, blocks: list[dict[str, Any]]) -> Wanted:
    """Say what is pressed. A block that the app has drawn anew since has another id: then the action must suffice."""
    named = asked.maybe("block_id")
    block_id = named if any(one.get("block_id") == named for one in blocks) else None
    return Wanted(asked.text("action_id"), asked.maybe("value"), _option(asked), block_id)


def _option(asked: Asked) -> Any:
    option = asked.args.get("option")
    listed = isinstance(option, list) and all(isinstance(one, str) for one in option)
    if not (option is None or isinstance(option, str | int) or listed):
        raise bad("“option” must be a text, a number or a list of texts.")
    return option


def _view(asked: Asked) -> View:
    """Return the view named, if it is this person's home tab or the modal in front of them."""
    person = asked.person()
    found = asked.town.find_view(asked.text("view"))
    if not found or found.person_id != person.id:
        raise RefusedError(409, "gone", "This view is not on the screen any more.")
    return found if found.kind == "home" else Modals(asked.hub).open_view(person, found)


def _keep(view: View, values: dict[str, Any]) -> None:
    """Bring what was typed into the view, without telling the app."""
    for block_id, value in values.items():
        Modals.keep(view, block_id, value)


async def submit(asked: Asked) -> Answer:
    view = _view(asked)
    _keep(view, asked.fields("values"))
    return await Modals(asked.hub).submit(asked.person(), view, {})


async def close(asked: Asked) -> Answer | None:
    """Close the modal in front; what lies under it comes up again."""
    _view(asked)
    return await Modals(asked.hub).close(asked.person())


async def suggest(asked: Asked) -> Answer:
    """Type into an external select of a message, of the modal in front, or on the home tab."""
    person, text = asked.person(), asked.text("text", "")
    block_id, action_id = asked.text("block_id"), asked.text("action_id")
    if asked.args.get("ts") is not None:
        wanted = Wanted(action_id, block_id=block_id)
        return await Acts(asked.hub).type_in_select(person, asked.message(), wanted, text)
    return await Modals(asked.hub).type_in_select(person, _view(asked), block_id, action_id, text)


async def home(asked: Asked) -> Answer:
    """Open the app's `home` or `messages` tab."""
    tab = asked.text("tab", "home")
    if tab not in {"home", "messages"}:
        raise bad("“tab” must be home or messages.")
    return await Events(asked.hub).home_opened(asked.person(), tab)


async def say(asked: Asked) -> Answer | None:
    """Write a message; the app hears of it in its own DM only."""
    person, text = asked.person(), asked.text("text").strip()
    channel = asked.channel(person)
    if not text:
        raise bad("There is nothing to send yet.")
    if channel.kind is Kind.IM:
        return await Events(asked.hub).said(person, text)
    asked.town.post(channel, person, escaped(text), blocks=rich_text(text, asked.town.ids.new("b")))
    return None


async def shortcut(asked: Asked) -> Answer:
    """Use a shortcut of the manifest, with a message the one in its menu."""
    name = asked.text("callback_id")
    message = asked.message() if asked.args.get("ts") is not None else None
    kind = "message" if message else "global"
    if (name, kind) not in {(one.get("callback_id"), one.get("type")) for one in asked.page.features("shortcuts")}:
        raise RefusedError(422, "unknown_shortcut", "There is no such shortcut here.")
    return await Acts(asked.hub).shortcut(asked.person(), name, message)
