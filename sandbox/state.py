"""A workspace as plain JSON, out and in: people, places, messages, files, screens and what the page remembers of them.

What lives a few seconds or belongs to a running app is left out: tokens, connections, trigger ids, response URLs,
faults, and the record of calls and deliveries.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.channels import Channel, Kind
from sandbox.errors import UnusableStateError
from sandbox.files import File
from sandbox.ids import Ids, Stamps
from sandbox.messages import Message
from sandbox.page.timeline import Entry
from sandbox.people import Person
from sandbox.surfaces import Filled, View
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.page import Page

VERSION = 2
_FACTS = ("team_id", "app_id", "bot_id", "name", "domain")


def keep(page: Page) -> dict[str, Any]:
    """Return everything worth keeping as JSON data."""
    town = page.hub.workspace
    page.journal.look()
    return {
        "version": VERSION,
        **{name: getattr(town, name) for name in _FACTS},
        "bot": town.bot.id,
        "ids": asdict(town.ids),
        "stamps": town.stamps.last,
        "people": [asdict(one) for one in town.people.values()],
        "channels": [asdict(one) | {"created": one.created.isoformat()} for one in town.channels.values()],
        "messages": [_message(one) for one in town.messages],
        "files": [_file(one) for one in town.files.all.values() if one.done],
        "gone_files": sorted(town.files.gone),
        "homes": [_filled(one) for one in town.homes.values()],
        "modals": [_filled(one) for stack in town.modals.values() for one in stack],
        "reads": [[*key, ts] for key, ts in page.reads.items()],
        "journal": [asdict(one) for one in page.journal.entries],
    }


def _flat(one: Any) -> dict[str, Any]:
    return {each.name: getattr(one, each.name) for each in fields(one)}


def _message(message: Message) -> dict[str, Any]:
    choices = {person: _filled(one) for person, one in message.choices.items()}
    return _flat(message) | {"channel": message.channel.id, "choices": choices}


def _file(file: File) -> dict[str, Any]:
    kept = _flat(file) | {"created": file.created.isoformat()}
    del kept["ticket"]  # it was used
    return kept | {"content": base64.b64encode(file.content or b"").decode()}


def _filled(screen: Filled) -> dict[str, Any]:
    return _flat(screen) | {"offered": [[*place, options] for place, options in screen.offered.items()]}


def restore(page: Page, kept: Any) -> None:
    """Put a kept state in the place of the present one, or leave all as it is and raise UnusableStateError."""
    if not isinstance(kept, dict) or kept.get("version") != VERSION:
        raise UnusableStateError(f"This is not a state of version {VERSION} of the sandbox.")
    try:
        town = _workspace(kept, page.hub.workspace.now)
        reads = {(str(person), str(channel)): str(ts) for person, channel, ts in kept["reads"]}
        journal = [Entry(**one | {"people": tuple(one["people"])}) for one in kept["journal"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnusableStateError(f"This state is broken ({type(error).__name__}).") from error
    settle(page, town)
    page.reads, page.journal.entries = reads, journal


def settle(page: Page, town: Workspace) -> None:
    """Put another workspace in the place of the present one; nobody has seen anything of it."""
    hub = page.hub
    for each in fields(Workspace):
        setattr(hub.workspace, each.name, getattr(town, each.name))
    hub.calls.clear()
    hub.courier.history.clear()
    hub.faults.clear()
    hub.limits.forget()
    hub.triggers.forget()
    hub.response_urls.forget()
    hub.tokens.revoked = False
    page.start_over()
    hub.pulse.beat()


def _workspace(kept: dict[str, Any], now: Callable[[], datetime]) -> Workspace:
    people = {one["id"]: Person(**one) for one in kept["people"]}
    team, app, bot_id, name, domain = (str(kept[fact]) for fact in _FACTS)
    bot = people[kept["bot"]]
    town = Workspace(now, Ids(**kept["ids"]), team, app, bot, bot_id, name, domain, people)
    town.stamps = Stamps(int(kept["stamps"]))
    for one in kept["channels"]:
        town.settle_channel(Channel(**one | {"kind": Kind(one["kind"]), "created": _moment(one["created"])}))
    town.messages = [_said(town, one) for one in kept["messages"]]
    town.files.all = {one["id"]: _filed(town, one) for one in kept["files"]}
    town.files.gone = {str(one) for one in kept["gone_files"]}
    town.homes = {one["person_id"]: View(**_offered(one)) for one in kept["homes"]}
    for view in [View(**_offered(one)) for one in kept["modals"]]:
        town.modals.setdefault(view.person_id, []).append(view)
    return town


def _filed(town: Workspace, one: dict[str, Any]) -> File:
    shares = [(town.channels[channel].id, str(ts)) for channel, ts in one["shares"]]
    content = base64.b64decode(one["content"], validate=True)
    return File(**one | {"created": _moment(one["created"]), "content": content, "shares": shares})


def _said(town: Workspace, one: dict[str, Any]) -> Message:
    choices = {person: Filled(**_offered(filled)) for person, filled in one["choices"].items()}
    return Message(**one | {"channel": town.channels[one["channel"]], "choices": choices})


def _offered(one: dict[str, Any]) -> dict[str, Any]:
    return one | {"offered": {(block, action): options for block, action, options in one["offered"]}}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment
