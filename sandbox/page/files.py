"""Files people can see: opened in a tab or downloaded, each by those alone who see a message it stands in."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from aiohttp import web

from sandbox.errors import NotOnScreenError
from sandbox.page.door import HEADERS
from sandbox.page.refusals import RefusedError

if TYPE_CHECKING:
    from sandbox.files import File
    from sandbox.page.asked import Asked
    from sandbox.workspace import Workspace

# What a browser shows by itself, when the content begins as its name says; everything else is only downloaded.
PNG, PDF = b"\x89PNG\r\n\x1a\n", b"%PDF-"
OPENED = {"png": ("image/png", PNG), "pdf": ("application/pdf", PDF)}
DOWNLOADED = {"ics": "text/calendar", "csv": "text/csv"}
# Whatever is in a file can neither run, load anything, nor be put into somebody else's page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-downloads"
LONGEST_NAME, LONGEST_ENDING = 120, 12  # characters
WIDEST = 20_000  # pixels; a picture that says it is wider or higher gets no preview


async def serve(asked: Asked) -> web.StreamResponse:
    """Answer with a file the person sees, to look at if a browser can show it, or with `download` to keep."""
    person = asked.person()
    try:
        file = asked.town.files.visible(person, asked.request.match_info["file"])
    except NotOnScreenError:
        raise RefusedError(404, "no_file", "There is no such file here.") from None
    shown = _shown_as(file)
    way = "inline" if shown and not asked.maybe("download") else "attachment"
    headers = HEADERS | {
        "Content-Type": shown or DOWNLOADED.get(file.kind, "application/octet-stream"),
        "Content-Disposition": disposition(way, file.name),
        "Content-Security-Policy": POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return web.Response(body=file.content or b"", headers=headers)


def described(town: Workspace, file_id: str) -> dict[str, Any]:
    """Return what a card says about a file in a message; one that was deleted is only `gone`."""
    file = town.files.all.get(file_id)
    if not file:
        return {"id": file_id, "gone": True}
    return {
        "id": file_id,
        "gone": False,
        "name": one_name(file.name),
        "title": file.title,
        "kind": file.kind,
        "size": file.length,
        "opens": _shown_as(file) is not None,
        "picture": _pixels(file),
        "alt": file.alt_text,
    }


def _shown_as(file: File) -> str | None:
    """Return the type under which a browser may show the file, None when it may not."""
    kind, beginning = OPENED.get(file.kind, ("", b""))
    return kind if kind and (file.content or b"").startswith(beginning) else None


def _pixels(file: File) -> list[int] | None:
    """Return width and height of a PNG, so that the page keeps room for it; None when there is nothing to preview."""
    content = file.content or b""
    if _shown_as(file) != "image/png" or content[12:16] != b"IHDR":
        return None
    size = [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)]
    return size if all(0 < one <= WIDEST for one in size) else None


def disposition(way: str, name: str) -> str:
    """Return a Content-Disposition with the name in ASCII for old readers and in full for all others (RFC 6266)."""
    name = one_name(name)
    plain = re.sub(r"[^A-Za-z0-9._ ()-]", "_", name)
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def one_name(name: str) -> str:
    """Return the name as any system takes it: no path, no control, direction or reserved characters, not hidden."""
    kept = "".join("_" if one in '\\/:*?"<>|' else one for one in name if not unicodedata.category(one).startswith("C"))
    kept = kept.strip(" .") or "file"
    ending = PurePath(kept).suffix[:LONGEST_ENDING]
    return kept if len(kept) <= LONGEST_NAME else kept[: LONGEST_NAME - len(ending)] + ending
