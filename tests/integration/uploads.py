"""Files to send, and the app's way of sending them into the stand-in Slack."""

from __future__ import annotations

import struct
import urllib.error
import urllib.request
import zlib

from slack_sdk import WebClient

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
TABLE = b"week,response\r\n2026-W46,82 %\r\n"
DOCUMENT = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj
trailer<</Root 1 0 R>>
"""


def picture(width: int = 320, height: int = 160, colour: tuple[int, int, int] = (20, 102, 95)) -> bytes:
    """Return a PNG of rising bars in one colour on white; sizes in pixels."""
    rows = b"".join(b"\0" + _row(width, (height - y) / height, colour) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def _row(width: int, level: float, colour: tuple[int, int, int]) -> bytes:
    bars = [0.3, 0.45, 0.4, 0.6, 0.7, 0.85]
    wide = max(1, width // (2 * len(bars)))
    inked = [x // wide % 2 == 1 and level <= bars[x // wide // 2 % len(bars)] for x in range(width)]
    return b"".join(bytes(colour) if one else b"\xff\xff\xff" for one in inked)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def send(url: str, content: bytes, kind: str = "application/octet-stream") -> int:
    """Post the bytes to an upload address and return the HTTP status."""
    request = urllib.request.Request(url, content, {"Content-Type": kind})  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


def uploaded(slack: WebClient, name: str = "next.ics", content: bytes = CALENDAR, alt_text: str = "") -> str:
    """Announce and send a file; return its id. It is seen by nobody until it is shared."""
    announced = {"filename": name, "length": len(content), "alt_txt": alt_text}
    slot = slack.api_call("files.getUploadURLExternal", json=announced).data
    assert isinstance(slot, dict)
    assert send(slot["upload_url"], content) == 200
    return str(slot["file_id"])


def shared(slack: WebClient, channel: str, name: str, content: bytes, **told: str) -> str:
    """Send a file into a channel and return its id; `title`, `alt_text` and `comment` may go with it."""
    file = uploaded(slack, name, content, told.get("alt_text", ""))
    row: dict[str, str | None] = {"id": file, "title": told.get("title")}
    slack.files_completeUploadExternal(files=[row], channel_id=channel, initial_comment=told.get("comment", ""))
    return file
