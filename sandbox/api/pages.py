"""Lists in pages with a cursor."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from sandbox.errors import SlackError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.calls import Ask


MOST = 999


def page(ask: Ask, rows: Sequence[Any], *, usual: int = 100, error: str = "invalid_arguments") -> tuple[list[Any], str]:
    """Return the rows of the page asked for and the cursor of the next one, empty at the end.

    Raises `invalid_cursor`, and the error for a `limit` that is none or above 999.
    """
    start = _position(ask.text("cursor", ""))
    asked = ask.args.get("limit") not in (None, "", 0, "0")
    end = start + (ask.number("limit", usual, MOST, error=error) if asked else usual)
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(rows) else ""
    return list(rows[start:end]), following


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word != "next":
            raise SlackError("invalid_cursor")
        return int(number)
    except (binascii.Error, ValueError) as error:
        raise SlackError("invalid_cursor") from error
