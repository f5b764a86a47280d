"""States to start from: seeds somebody else knows how to play, and files that were saved before."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.errors import UnusableStateError
from sandbox.page.elsewhere import done
from sandbox.page.refusals import RefusedError, bad

if TYPE_CHECKING:
    from sandbox.page.asked import Asked

Place = tuple[str, str]  # a handle, and `home`, `dm` or a channel's id
LARGEST = 3_000_000  # characters of a state file in base64


def _nothing(*_: Any) -> Any:
    raise RefusedError(409, "no_states", "Nobody here can exchange the workspace for another.")


@dataclass(slots=True)
class Seeds:
    """Names of seeds and who brings them.

    `start` takes a name, `load` the bytes of a saved file; both put that state in the place of the present one and
    return where to begin as (handle, `home`, `dm` or a channel's id); `load` may raise UnusableStateError. `save`
    takes where to begin (None: where the present state began) and returns the present state as bytes. All three run
    in a thread of their own.

    `awaited` says that a first state is still to be brought by somebody else, `lived` how far a state is that is
    being played: the moment in it and the share of it that is done, from 0 to 1.
    """

    names: tuple[str, ...] = ()
    start: Callable[[str], Place] = _nothing
    save: Callable[[Place | None], bytes] = _nothing
    load: Callable[[bytes], Place] = _nothing
    current: str = ""
    begin: Place = ("", "home")
    awaited: bool = False
    busy: bool = False
    lived: tuple[datetime, float] | None = None


async def show(asked: Asked) -> dict[str, Any]:
    """Return the seeds, where the present state begins, and what is known of the one that is being prepared."""
    seeds = asked.page.seeds
    person, place = seeds.begin
    at, share = seeds.lived or (None, None)
    return {
        "seeds": list(seeds.names),
        "current": seeds.current,
        "begin": {"as": person, "at": place},
        "busy": seeds.busy or seeds.awaited,
        "lived": {"at": at.isoformat(), "share": share} if at else None,
    }


async def start(asked: Asked) -> dict[str, Any]:
    """Begin anew with the seed `name`; answer where to begin."""
    name, seeds = asked.text("name"), asked.page.seeds
    if name not in seeds.names:
        raise RefusedError(404, "no_seed", "There is no such state to start from.")
    return await _exchanged(asked, lambda: seeds.start(name))


async def save(asked: Asked) -> web.StreamResponse:
    """Answer with the present state as a file; who goes on from it begins as `as`, at the place `at`, if given."""
    begin = _here(asked) if "as" in asked.args else None
    data = await done(asked.page, lambda: asked.page.seeds.save(begin), "The state could not be saved.")
    headers = {"Content-Disposition": 'attachment; filename="tandem-demo.zip"', "Cache-Control": "no-store"}
    return web.Response(body=data, content_type="application/zip", headers=headers)


def _here(asked: Asked) -> Place:
    person, place = asked.person(), asked.text("at", "home")
    return person.handle, place if place in {"home", "dm", *asked.town.channels} else "dm"


async def load(asked: Asked) -> dict[str, Any]:
    """Go on from a saved `file` (in base64); answer where to begin."""
    text = asked.args.get("file")
    if not isinstance(text, str) or len(text) > LARGEST:
        raise bad("“file” must be a state file in base64, of three million characters at most.")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise bad("“file” is not base64.") from error
    return await _exchanged(asked, lambda: asked.page.seeds.load(data))


async def _exchanged(asked: Asked, work: Callable[[], Place]) -> dict[str, Any]:
    seeds = asked.page.seeds
    if seeds.busy or seeds.awaited or asked.page.travelling:
        raise RefusedError(409, "busy", "Something is being prepared already.")
    seeds.busy = True
    try:
        person, place = await done(asked.page, lambda: _said(work), "This state could not be brought up.")
    finally:
        seeds.busy, seeds.lived = False, None
    return {"as": person, "at": place}


def _said(work: Callable[[], Place]) -> Place:
    try:
        return work()
    except UnusableStateError as error:
        raise RefusedError(422, "unusable_state", str(error)) from error
