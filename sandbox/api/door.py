"""The door of the Web API: reading a request, credentials, scopes, limits, faults, and the record of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.calls import Ask, Call
from sandbox.echoes import echo_of, send_echo
from sandbox.errors import SlackError
from sandbox.limits import too_many

if TYPE_CHECKING:
    from sandbox.api.methods import Method
    from sandbox.faults import Fault
    from sandbox.hub import Hub

_BROKEN = {"500_before", "html"}
_CUT = {"reset", "hang"}
_JSON = "application/json"
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
_CHARSETS = {"utf-8", "iso-8859-1"}
_HEADER_ONLY = "apps.connections.open"  # takes its token in the header alone
_NAME = re.compile(r"\w{1,100}", re.ASCII)


async def answer(hub: Hub, request: web.Request) -> web.StreamResponse:
    """Answer one call of `/api/{method}`: always JSON with `ok`, unless a fault is on."""
    call = Call(request.match_info["method"], "none", {}, hub.workspace.now())
    hub.calls.append(call)
    try:
        return await _answer(hub, request, call)
    finally:
        hub.pulse.beat()


async def _answer(hub: Hub, request: web.Request, call: Call) -> web.StreamResponse:
    try:
        call.args = await arguments(request)
        _check_names(call.args)
        token = _token(request, call.args)
        fault = hub.faults.strike(call.method, call.args)
        if fault:
            call.fault = fault.kind
            hub.pulse.beat()
            await before(hub, fault, request)
        call.response = _handled(hub, call, token)
        event = echo_of(hub, call) if hub.echo else None
        if event:
            hub.later(send_echo(hub, event))
        headers = _headers(hub)
    except SlackError as refused:
        call.response, call.status, headers, fault = refused.body(), refused.status, refused.headers, None
    except GivenUpError as given_up:
        call.status = given_up.response.status
        return given_up.response
    call.status = call.status or 200
    hub.pulse.beat()  # done, even when a fault holds the answer back
    return await after(hub, fault, request, call, headers)


async def arguments(request: web.Request) -> dict[str, Any]:
    """Return the arguments of query, form or JSON body together; raise Slack's errors for unreadable ones."""
    args: dict[str, Any] = dict(request.query)
    if request.method == "POST" and request.can_read_body:
        args |= await _posted(request)
    return args


async def _posted(request: web.Request) -> dict[str, Any]:
    if "Content-Type" not in request.headers:
        raise SlackError("missing_post_type")
    if (request.charset or "utf-8").lower() not in _CHARSETS:
        raise SlackError("invalid_charset")
    if request.content_type == _JSON:
        return _json(await request.read())
    if request.content_type in _FORMS:
        return await _form(request)
    if request.content_type != "text/plain":
        raise SlackError("invalid_post_type")
    return {}


async def _form(request: web.Request) -> dict[str, Any]:
    try:
        return {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    except (ValueError, LookupError) as error:
        raise SlackError("invalid_form_data") from error


def _json(raw: bytes) -> dict[str, Any]:
    if not raw:
        return {}
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise SlackError("invalid_json") from error
    if not isinstance(read, dict):
        raise SlackError("json_not_object")
    return read


def _check_names(args: dict[str, Any]) -> None:
    """Raise `invalid_array_arg` for a name like `foo[7]`, `invalid_arg_name` for any other odd one."""
    for name in args:
        if name.endswith("]"):
            raise SlackError("invalid_array_arg")
        if not _NAME.fullmatch(name):
            raise SlackError("invalid_arg_name")


def _token(request: web.Request, args: dict[str, Any]) -> str:
    """Return the token of the header, else the argument; it is no argument of the method any more."""
    in_header = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    in_body = str(args.pop("token", "") or "")
    return in_header or ("" if request.match_info["method"] == _HEADER_ONLY else in_body)


def _handled(hub: Hub, call: Call, token: str) -> dict[str, Any]:
    method = hub.methods.get(call.method)
    if not method:
        raise SlackError("unknown_method", req_method=call.method)
    if method.token != "none":  # noqa: S105 - the kind of a token
        call.token = hub.tokens.kind(token)
        _allowed(hub, method, call.token)
    hub.limits.call(call.method, method.per_minute)
    ask = Ask(hub, call.method, call.args)
    result = method.handler(ask)
    call.done, call.readers, call.before = True, ask.readers, ask.before
    return {"ok": True, **result}


def _allowed(hub: Hub, method: Method, kind: str) -> None:
    if method.token not in {kind, "any"}:
        raise SlackError("not_allowed_token_type")
    if kind == "bot":
        hub.tokens.need(*method.scopes)


def _headers(hub: Hub) -> dict[str, str]:
    return {"x-oauth-scopes": ",".join(sorted(hub.tokens.scopes))}


class GivenUpError(Exception):
    """A fault cut the call short; nothing was done."""

    def __init__(self, response: web.StreamResponse) -> None:
        super().__init__()
        self.response = response


async def before(hub: Hub, fault: Fault, request: web.Request) -> None:
    """Let the fault strike before anything is done; raise SlackError or GivenUpError when nothing shall be done."""
    if fault.kind == "429":
        raise too_many(fault.retry_after)
    if fault.kind in {"internal_error", "error"}:
        raise SlackError(fault.error if fault.kind == "error" else "internal_error")
    if fault.kind in {"hang", "late"}:
        await hub.faults.hold(fault)
    if fault.kind in _CUT:
        raise GivenUpError(_cut(request))
    if fault.kind in _BROKEN:
        raise GivenUpError(_broken(503 if fault.kind == "html" else 500))


async def after(
    hub: Hub, fault: Fault | None, request: web.Request, call: Call, headers: dict[str, str]
) -> web.StreamResponse:
    """Return the answer to a call that was done, as the fault lets it through."""
    kind = fault.kind if fault else ""
    if fault and kind == "slow":
        await hub.faults.hold(fault)
    if kind == "reset_after":
        return _cut(request)
    if kind == "500_after":
        return _broken(500)
    if kind == "internal_error_after":
        return web.json_response(SlackError("internal_error").body())
    if kind == "truncated":
        whole = json.dumps(call.response)
        return web.Response(text=whole[: len(whole) // 2], content_type="application/json", headers=headers)
    return web.json_response(call.response, status=call.status, headers=headers)


def _cut(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


def _broken(status: int) -> web.Response:
    return web.Response(status=status, text="<html><body>Something went wrong.</body></html>", content_type="text/html")


async def answer_response_url(hub: Hub, request: web.Request) -> web.StreamResponse:
    """Answer one post to a `response_url`: `ok` as text, or Slack's error. Faults know it as `response_url`."""
    call = Call("response_url", "none", {}, hub.workspace.now())
    hub.calls.append(call)
    try:
        return await _response_url(hub, request, call)
    finally:
        hub.pulse.beat()


async def _response_url(hub: Hub, request: web.Request, call: Call) -> web.StreamResponse:
    try:
        call.args = await arguments(request)
        fault = hub.faults.strike(call.method, call.args)
        if fault:
            call.fault = fault.kind
            await before(hub, fault, request)
        body = call.args if "payload" not in call.args else _json(str(call.args["payload"]).encode())
        _message, call.readers = hub.response_urls.answer(request.match_info["name"], body)
        call.done, call.status, call.response = True, 200, {"ok": True}
    except SlackError as refused:
        call.response, call.status = refused.body(), refused.status
        return web.json_response(call.response, status=call.status, headers=refused.headers)
    except GivenUpError as given_up:
        call.status = given_up.response.status
        return given_up.response
    return await after(hub, fault, request, call, {}) if fault else web.Response(text="ok")
