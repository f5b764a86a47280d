"""The addresses files are sent to and fetched from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.api.door import GivenUpError, after, before
from sandbox.calls import Call
from sandbox.errors import SlackError

if TYPE_CHECKING:
    from sandbox.files import File
    from sandbox.hub import Hub

METHOD = "upload_url"  # the name of an upload in the record of calls and for faults


def mount(app: web.Application, hub: Hub) -> None:
    app.router.add_post("/upload/v1/{ticket}", partial(take, hub))
    app.router.add_get("/files-pri/{team}-{file}/{name:.+}", partial(give, hub))


async def take(hub: Hub, request: web.Request) -> web.StreamResponse:
    """Take the content of an announced file, raw or as a form; 404 for a wrong or used ticket, 400 for a wrong size."""
    call = Call(METHOD, "none", {}, hub.workspace.now())
    hub.calls.append(call)
    try:
        return await _taken(hub, request, call)
    finally:
        hub.pulse.beat()


async def _taken(hub: Hub, request: web.Request, call: Call) -> web.StreamResponse:
    file = hub.workspace.files.ticketed(request.match_info["ticket"])
    call.args = {"file": file.id} if file else {}
    fault = hub.faults.strike(METHOD, call.args)
    call.fault = fault.kind if fault else None
    try:
        if fault:
            await before(hub, fault, request)
        size = _kept(file, await _content(request))
    except SlackError as refused:
        call.response, call.status = refused.body(), refused.status
        return web.json_response(call.response, status=call.status, headers=refused.headers)
    except GivenUpError as given_up:
        call.status = given_up.response.status
        return given_up.response
    call.done, call.status, call.response = True, 200, {"ok": True}
    return await after(hub, fault, request, call, {}) if fault else web.Response(text=f"OK - {size}")


async def _content(request: web.Request) -> bytes:
    # Whatever is no multipart form counts as raw: slack_sdk labels its raw bytes as an ordinary form.
    if request.content_type != "multipart/form-data":
        return await request.read()
    try:
        parts = (await request.post()).values()
    except (ValueError, LookupError) as error:
        raise SlackError("invalid_form_data", status=400) from error
    sent = [part.file.read() for part in parts if isinstance(part, web.FileField)]
    return sent[0] if sent else b""


def _kept(file: File | None, content: bytes) -> int:
    if not file:
        raise SlackError("file_not_found", status=404)
    if len(content) != file.length:
        raise SlackError("file_size_mismatch", status=400)
    file.content = content
    return len(content)


async def give(hub: Hub, request: web.Request) -> web.StreamResponse:
    """Hand a file to the app: its bot token and `files:read` are needed. People open files on their screens."""
    try:
        file = _asked_for(hub, request)
    except SlackError as refused:
        return web.json_response(refused.body(), status=max(refused.status, web.HTTPForbidden.status_code))
    download = {"Content-Disposition": "attachment"} if request.match_info["name"].startswith("download/") else {}
    return web.Response(body=file.content, content_type=file.mimetype, headers=download)


def _asked_for(hub: Hub, request: web.Request) -> File:
    if hub.tokens.kind(request.headers.get("Authorization", "").removeprefix("Bearer ").strip()) != "bot":
        raise SlackError("not_allowed_token_type")
    hub.tokens.need("files:read")
    file = hub.workspace.files.all.get(request.match_info["file"])
    if not file or not file.done:
        raise SlackError("file_not_found", status=404)
    return file
