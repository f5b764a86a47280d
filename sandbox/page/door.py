"""The door of the page: only this machine's own browser gets in, and every refusal is a sentence in JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.errors import NotOnScreenError
from sandbox.page.asked import Asked
from sandbox.page.refusals import RefusedError, bad

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sandbox.page.page import Page

    Handler = Callable[[Asked], Awaitable[Any]]

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


async def answered(page: Page, handler: Handler, request: web.Request) -> web.StreamResponse:
    """Answer one request: what the handler returns as JSON (or as its own response), a refusal as 4xx."""
    try:
        from_here(page, request)
        result = await handler(Asked(page, request, await arguments(request)))
    except RefusedError as refused:
        return web.json_response(refused.body(), status=refused.status, headers=HEADERS)
    except NotOnScreenError as absent:
        return web.json_response({"error": "not_on_screen", "message": str(absent)}, status=409, headers=HEADERS)
    except web.HTTPClientError as refused:
        body = {"error": "bad_request", "message": f"{refused.reason}."}
        return web.json_response(body, status=refused.status, headers=HEADERS)
    return result if isinstance(result, web.StreamResponse) else web.json_response(result, headers=HEADERS)


def from_here(page: Page, request: web.Request) -> None:
    """Refuse foreign names for this machine (DNS rebinding) and posts from other pages (CSRF)."""
    here = urlsplit(page.hub.base_url)
    hosts = {f"{name}:{here.port}" for name in ("127.0.0.1", "localhost")}
    if request.host not in hosts:
        raise RefusedError(403, "foreign_host", "This page answers only to 127.0.0.1 and localhost.")
    if request.method == "POST" and request.headers.get("Origin") != f"http://{request.host}":
        raise RefusedError(403, "foreign_origin", "Only the page itself may act.")


async def arguments(request: web.Request) -> dict[str, Any]:
    """Return the arguments of the query, and of the JSON body of a POST."""
    args: dict[str, Any] = dict(request.query)
    if request.method != "POST":
        return args
    if request.content_type != "application/json":
        raise RefusedError(415, "not_json", "Please send JSON.")
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError) as error:
        raise bad("This is not JSON.") from error
    if not isinstance(body, dict):
        raise bad("The JSON must be an object.")
    return args | body


async def nothing_here(_asked: Asked) -> Any:
    raise RefusedError(404, "not_found", "There is nothing at this address.")
