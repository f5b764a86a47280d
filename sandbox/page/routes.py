"""Every address of the page and who answers there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sandbox.page import (
    acts,
    assets,
    calls,
    clock,
    conversations,
    door,
    faults,
    files,
    people,
    screens,
    seeds,
    stream,
    timeline,
    workspace,
)

if TYPE_CHECKING:
    from aiohttp import web

    from sandbox.page.page import Page


def mount(app: web.Application, page: Page) -> None:
    """Put the page on the server."""
    gets: dict[str, door.Handler] = {
        "/": assets.index,
        "/page/static/{name}": assets.one,
        "/page/files/{file}": files.serve,
        "/page/stream": stream.serve,
        "/page/api/workspace": workspace.show,
        "/page/api/commands": workspace.commands,
        "/page/api/people": people.show,
        "/page/api/conversations": conversations.show,
        "/page/api/messages": conversations.messages,
        "/page/api/screens": screens.show,
        "/page/api/calls": calls.show,
        "/page/api/calls/{number}": calls.one,
        "/page/api/deliveries": calls.deliveries,
        "/page/api/deliveries/{number}": calls.delivery,
        "/page/api/faults": faults.show,
        "/page/api/clock": clock.show,
        "/page/api/timeline": timeline.show,
        "/page/api/seeds": seeds.show,
        "/page/api/state": seeds.save,
    }
    posts: dict[str, door.Handler] = {
        "/page/api/acts/{act}": acts.act,
        "/page/api/read": conversations.read,
        "/page/api/faults": faults.add,
        "/page/api/faults/clear": faults.clear,
        "/page/api/clock": clock.travel,
        "/page/api/seeds": seeds.start,
        "/page/api/state": seeds.load,
    }
    for path, handler in gets.items():
        app.router.add_get(path, partial(door.answered, page, handler))
    for path, handler in posts.items():
        app.router.add_post(path, partial(door.answered, page, handler))
    app.router.add_route("*", "/page/{rest:.*}", partial(door.answered, page, door.nothing_here))
