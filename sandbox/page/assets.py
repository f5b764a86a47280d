"""The files of the page itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.page.refusals import RefusedError

if TYPE_CHECKING:
    from sandbox.page.asked import Asked

STATIC = Path(__file__).parent / "static"
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


async def index(_asked: Asked) -> web.StreamResponse:
    return sent("index.html")


async def one(asked: Asked) -> web.StreamResponse:
    return sent(asked.request.match_info["name"])


def sent(name: str) -> web.FileResponse:
    """Return a file of the static folder; the browser asks each time whether it changed."""
    kinds = [kind for kind in KINDS if name.endswith(kind)]
    if not kinds or "/" in name or "\\" in name or not (STATIC / name).is_file():
        raise RefusedError(404, "not_found", "There is no such file.")
    headers = {
        "Content-Type": f"{KINDS[kinds[0]]}; charset=utf-8",
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return web.FileResponse(STATIC / name, headers=headers)
