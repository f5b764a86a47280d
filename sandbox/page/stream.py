"""The live stream: server-sent events that say which parts of one person's page have changed."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from sandbox.page.asked import Asked
    from sandbox.page.page import Page
    from sandbox.people import Person

QUIET = 10.0  # real seconds without news until a sign of life
GATHER = 0.04  # real seconds in which more news may come along


async def serve(asked: Asked) -> web.StreamResponse:
    """Say which edition of the workspace this is, then what changes, until the browser goes.

    A change is `{"changed": [part, …], "channels": [id, …]}`.
    """
    person, pulse = asked.person(), asked.hub.pulse
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    seen, counted = glance(asked.page, person), pulse.count
    try:
        await response.prepare(asked.request)
        hello = json.dumps({"edition": asked.page.edition})
        await _send(response, f"retry: 800\nevent: hello\ndata: {hello}\n\n")
        while True:
            await pulse.next(counted, QUIET)
            await asyncio.sleep(GATHER)
            counted, before, seen = pulse.count, seen, glance(asked.page, person)
            news = difference(before, seen)
            await _send(response, f"data: {json.dumps(news)}\n\n" if news["changed"] else ": still here\n\n")
    except ConnectionResetError:
        return response


async def _send(response: web.StreamResponse, text: str) -> None:
    await response.write(text.encode())


def glance(page: Page, person: Person) -> dict[str, Any]:
    """Return, for each part of the person's page, something that differs when the part does."""
    town = page.hub.workspace
    page.revisions.look(town.messages)
    page.journal.look()
    theirs = {one.id: one for one in town.channels.values() if person.id in one.members}
    home = town.homes.get(person.id)
    return {
        "workspace": page.generation,
        "people": hash(
            tuple((one.id, one.name, one.deleted, one.zone, one.status_text) for one in town.people.values())
        ),
        "conversations": {one.id: tuple(one.members) for one in theirs.values()},
        "reads": dict(page.reads),
        "messages": {one: page.revisions.channels.get(one, 0) for one in theirs},
        "everywhere": page.revisions.count,
        "screens": (home.hash if home else "", [(one.id, one.hash) for one in town.modals.get(person.id, [])]),
        "calls": (len(page.hub.calls), [one.status for one in page.hub.calls[-20:]]),
        "deliveries": (len(page.hub.courier.history), sum(len(one.answers) for one in page.hub.courier.history[-20:])),
        "faults": ([(id(one), one.struck) for one in page.hub.faults.waiting], len(page.hub.sockets.links)),
        "clock": (town.now(), page.travelling),
    }


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return the names of the parts that differ, and the channels with other messages than before."""
    channels = [one for one, count in after["messages"].items() if before["messages"].get(one) != count]
    return {"changed": [name for name in after if before[name] != after[name]], "channels": channels}
