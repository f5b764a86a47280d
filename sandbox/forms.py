"""Filling fields as a person does, and the rules Slack's own client applies before it sends anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.blockkit.elements import offered as options_of
from sandbox.errors import NotOnScreenError
from sandbox.surfaces import MANY, STATE_KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.surfaces import Filled, View

REQUIRED = "Please complete this required field."
_OPTIONS = {"selected_option", "selected_options"}
_TYPED = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def put(screen: Filled, block: dict[str, Any], element: dict[str, Any], value: Any) -> dict[str, Any]:
    """Put a value into a field of the screen and return the field's new state. Raises as `chosen` does."""
    place = (block["block_id"], element["action_id"])
    screen.state[place[0]][place[1]] = now = chosen(element, value, screen.known(place))
    return now


def chosen(element: dict[str, Any], value: Any, offered: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """Return the state of an element in which the person put the value.

    Options may be named by value or by text; `offered` are those the app suggested. None or "" empties the field.
    Raises NotOnScreenError for an option that is not there.
    """
    kind = element["type"]
    key, _ = STATE_KEYS[kind]
    if kind in MANY:
        values = value if isinstance(value, list | tuple) else [] if value in (None, "") else [value]
        picked: Any = [_pick(element, one, offered) if key in _OPTIONS else one for one in values]
    elif value in (None, ""):
        picked = None
    elif key in _OPTIONS:
        picked = _pick(element, value, offered)
    else:
        picked = str(value) if kind in _TYPED else value
    return {"type": kind, key: picked}


def _pick(element: dict[str, Any], value: Any, offered: Sequence[dict[str, Any]]) -> dict[str, Any]:
    choice = find_option([*options_of(element), *offered, *_initial(element)], value)
    if choice is None:
        names = [one.get("value") for one in [*options_of(element), *offered]]
        raise NotOnScreenError(f"no option {value!r} in {element.get('action_id')!r}; there are {names}")
    return choice


def find_option(options: Sequence[dict[str, Any]], value: Any) -> dict[str, Any] | None:
    """Return the option with that value, else the one with that text, else None."""
    if isinstance(value, dict):
        value = value.get("value")
    by_value = next((one for one in options if one.get("value") == value), None)
    return by_value or next((one for one in options if one["text"]["text"] == value), None)


def _initial(element: dict[str, Any]) -> list[dict[str, Any]]:
    one = element.get("initial_option")
    return [*(element.get("initial_options") or []), *([one] if one else [])]


def complaints(view: View) -> dict[str, str]:
    """Return what Slack's client says under each field (by block id) before it would submit the view."""
    found: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        key, _ = STATE_KEYS[element["type"]]
        said = _complaint(block, element, view.state[block["block_id"]][element["action_id"]].get(key))
        if said:
            found[block["block_id"]] = said
    return found


def _complaint(block: dict[str, Any], element: dict[str, Any], value: Any) -> str:
    if value in (None, "", []):
        return "" if block.get("optional") else REQUIRED
    most = element.get("max_selected_items")
    if isinstance(value, list):
        return f"You can select up to {most} items." if most and len(value) > most else ""
    if element["type"] == "number_input":
        return _number_complaint(element, str(value))
    if element["type"] == "email_text_input" and not _EMAIL.fullmatch(str(value)):
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and not re.match(r"https?://\S+", str(value)):
        return "Please enter a valid URL."
    return _length_complaint(element, str(value)) if element["type"] == "plain_text_input" else ""


def _length_complaint(element: dict[str, Any], value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    return f"Please enter at most {most} characters." if len(value) > most else ""


def _number_complaint(element: dict[str, Any], value: str) -> str:
    shape = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(shape, value):
        return "Please enter a valid number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(value) < float(low):
        return f"Please enter a number of at least {low}."
    return f"Please enter a number of at most {high}." if high is not None and float(value) > float(high) else ""
