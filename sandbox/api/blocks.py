"""`blocks.validate`: Block Kit, checked and shown to nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.blockkit import MESSAGE_CHARACTERS, characters, check_message, check_view, is_too_large
from sandbox.errors import SlackError, invalid

if TYPE_CHECKING:
    from sandbox.calls import Ask

_PROBLEM = re.compile(r"\[ERROR\] (.*) \[json-pointer:(.*)\]", re.DOTALL)


def validate(ask: Ask) -> dict[str, Any]:
    blocks = ask.structure("blocks", "invalid_blocks")
    message = ask.structure("message", "invalid_message")
    view = ask.structure("view", "invalid_view")
    if [blocks, message, view].count(None) != 2:  # noqa: PLR2004 - one of three is given
        raise invalid("invalid_arguments", ["must provide exactly one of `blocks`, `view`, or `message`"])
    if view is not None:
        _refuse("invalid_view", _in_view(view), without="/view")
    elif message is not None:
        _refuse("invalid_message", _in_message(message))
    else:
        _refuse("invalid_blocks", _in_blocks(blocks), without="/blocks")
    return {}


def _in_view(view: Any) -> list[str]:
    kind = view.get("type") if isinstance(view, dict) else None
    found = check_view(view, kind if kind in {"modal", "home"} else "modal")
    return found or (["[ERROR] must be less than 250001 bytes [json-pointer:/view]"] if is_too_large(view) else [])


def _in_message(message: Any) -> list[str]:
    if not isinstance(message, dict) or not isinstance(message.get("blocks"), list):
        return ["[ERROR] missing required field: blocks [json-pointer:]"]
    return _in_blocks(message["blocks"])


def _in_blocks(blocks: Any) -> list[str]:
    found = check_message(blocks)
    length = characters(blocks)
    if not found and length > MESSAGE_CHARACTERS:
        return [f"[ERROR] {length} characters are more than {MESSAGE_CHARACTERS} [json-pointer:/blocks]"]
    return found


def _refuse(error: str, problems: list[str], *, without: str = "") -> None:
    """Raise the error with each problem and the place of it, seen from the argument's own root."""
    parts = [found.groups() for found in map(_PROBLEM.fullmatch, problems) if found]
    if problems:
        errors = [
            {"code": "failed_constraint", "message": text, "pointer": at.removeprefix(without)} for text, at in parts
        ]
        raise SlackError(error, errors=errors)
