"""Buttons, selects, pickers and text fields."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from sandbox.blockkit import rules
from sandbox.blockkit.rules import PLAIN, Check, Part, Problems, problem

_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MAX_TEXT = 3000

SELECTS = frozenset(
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
)
CHOICES = SELECTS | {"checkboxes", "radio_buttons", "datepicker", "timepicker"}
IN_ACTIONS = CHOICES | {"button", "overflow", "datetimepicker"}
IN_SECTION = CHOICES | {"button", "overflow", "image"}
TEXT_FIELDS = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"})
IN_INPUT = CHOICES | TEXT_FIELDS | {"datetimepicker"}

_COMMON = frozenset({"type", "action_id"})
_PICK = _COMMON | {"placeholder", "confirm", "focus_on_load"}
_FIELDS: dict[str, frozenset[str]] = {
    "button": _COMMON | {"text", "url", "value", "style", "confirm", "accessibility_label"},
    "overflow": _COMMON | {"options", "confirm"},
    "image": frozenset({"type", "image_url", "slack_file", "alt_text"}),
    "checkboxes": (_PICK - {"placeholder"}) | {"options", "initial_options"},
    "radio_buttons": (_PICK - {"placeholder"}) | {"options", "initial_option"},
    "datepicker": _PICK | {"initial_date"},
    "timepicker": _PICK | {"initial_time", "timezone"},
    "datetimepicker": (_PICK - {"placeholder"}) | {"initial_date_time"},
    "static_select": _PICK | {"options", "option_groups", "initial_option"},
    "external_select": _PICK | {"min_query_length", "initial_option"},
    "users_select": _PICK | {"initial_user"},
    "conversations_select": _PICK
    | {"initial_conversation", "default_to_current_conversation", "filter", "response_url_enabled"},
    "channels_select": _PICK | {"initial_channel", "response_url_enabled"},
    "multi_static_select": _PICK | {"options", "option_groups", "initial_options", "max_selected_items"},
    "multi_external_select": _PICK | {"min_query_length", "initial_options", "max_selected_items"},
    "multi_users_select": _PICK | {"initial_users", "max_selected_items"},
    "multi_conversations_select": _PICK
    | {"initial_conversations", "default_to_current_conversation", "filter", "max_selected_items"},
    "multi_channels_select": _PICK | {"initial_channels", "max_selected_items"},
    "plain_text_input": _COMMON
    | {"placeholder", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config"}
    | {"focus_on_load"},
    "email_text_input": _COMMON | {"placeholder", "initial_value", "dispatch_action_config", "focus_on_load"},
    "url_text_input": _COMMON | {"placeholder", "initial_value", "dispatch_action_config", "focus_on_load"},
    "number_input": _COMMON
    | {"placeholder", "initial_value", "is_decimal_allowed", "min_value", "max_value", "dispatch_action_config"}
    | {"focus_on_load"},
    "rich_text_input": _COMMON | {"placeholder", "initial_value", "dispatch_action_config", "focus_on_load"},
}


def element(value: Any, allowed: frozenset[str], at: str) -> Problems:
    """Check one element that stands in a block where only the `allowed` kinds may stand."""
    if not isinstance(value, dict):
        yield problem("must be an object", at)
        return
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in allowed:
        yield problem(f"unsupported type: {kind}", f"{at}/type")
        return
    yield from rules.no_strangers(value, _FIELDS[kind], at)
    yield from rules.optional_length(value, "action_id", 255, at)
    yield from rules.optional_text(value, "placeholder", 150, at)
    yield from rules.confirm(value, at)
    yield from _own_check(kind)(value, at)


def _own_check(kind: str) -> Check:
    special: dict[str, Check] = {
        "button": button,
        "image": image,
        "overflow": partial(_listed, most=5),
        "checkboxes": partial(_listed, most=10),
        "radio_buttons": partial(_listed, most=10),
        "static_select": _static,
        "multi_static_select": _static,
        "plain_text_input": _plain_input,
        "number_input": _number_input,
        "datepicker": partial(_picked, key="initial_date", shape=_DATE),
        "timepicker": partial(_picked, key="initial_time", shape=_TIME),
        "datetimepicker": _picked_moment,
    }
    return special.get(kind, _many_at_least_one)


def button(part: Part, at: str) -> Problems:
    yield from rules.text(part.get("text"), 75, f"{at}/text", PLAIN)
    yield from rules.optional_length(part, "value", 2000, at)
    yield from rules.optional_length(part, "url", 3000, at)
    yield from rules.optional_length(part, "accessibility_label", 75, at)
    if part.get("style", "primary") not in ("primary", "danger"):
        yield problem("must be one of primary, danger", f"{at}/style")


def image(part: Part, at: str) -> Problems:
    yield from rules.length(part.get("alt_text"), 2000, f"{at}/alt_text")
    if (part.get("image_url") is None) == (part.get("slack_file") is None):
        yield problem("must have either image_url or slack_file", at)
    yield from rules.optional_length(part, "image_url", 3000, at)


def _listed(part: Part, at: str, *, most: int) -> Problems:
    kinds = PLAIN if part["type"] == "overflow" else rules.ANY_TEXT
    yield from rules.options(part.get("options"), most, f"{at}/options", kinds, with_url=part["type"] == "overflow")
    yield from _initial_is_offered(part, at)


def _static(part: Part, at: str) -> Problems:
    if (part.get("options") is None) == (part.get("option_groups") is None):
        yield problem("must have either options or option_groups", at)
        return
    if part.get("options") is not None:
        yield from rules.options(part["options"], 100, f"{at}/options")
    else:
        yield from rules.option_groups(part["option_groups"], f"{at}/option_groups")
    yield from _initial_is_offered(part, at)
    yield from _many_at_least_one(part, at)


def _initial_is_offered(part: Part, at: str) -> Problems:
    chosen = part.get("initial_options")
    if chosen is not None:
        yield from rules.count(chosen, 1, 100, f"{at}/initial_options")
    chosen = [*rules.items(chosen), *([part["initial_option"]] if part.get("initial_option") is not None else [])]
    for one in chosen:
        if one not in offered(part):
            yield problem("the initial option must be one of the options", at)


def offered(part: Part) -> list[Part]:
    """Return the options of a select, those of its groups included."""
    groups = [group for group in rules.items(part.get("option_groups")) if isinstance(group, dict)]
    return [*rules.items(part.get("options")), *(one for group in groups for one in rules.items(group.get("options")))]


def _plain_input(part: Part, at: str) -> Problems:
    least, most = part.get("min_length", 0), part.get("max_length", _MAX_TEXT)
    if not (isinstance(least, int) and 0 <= least <= _MAX_TEXT):
        yield problem("must be between 0 and 3000", f"{at}/min_length")
    elif not (isinstance(most, int) and max(least, 1) <= most <= _MAX_TEXT):
        yield problem("must be between 1 and 3000 and not below min_length", f"{at}/max_length")
    else:
        yield from rules.optional_length(part, "initial_value", most, at, least=0)


def _number_input(part: Part, at: str) -> Problems:
    yield from rules.needed(part, ("is_decimal_allowed",), at)
    for key in ("initial_value", "min_value", "max_value"):
        yield from rules.optional_length(part, key, 255, at)


def _picked(part: Part, at: str, *, key: str, shape: re.Pattern[str]) -> Problems:
    value = part.get(key)
    if value is not None and not (isinstance(value, str) and shape.fullmatch(value)):
        yield problem("does not have the right format", f"{at}/{key}")


def _picked_moment(part: Part, at: str) -> Problems:
    value = part.get("initial_date_time")
    if value is not None and not (isinstance(value, int) and len(str(value)) == len("1700000000")):
        yield problem("must be a timestamp of 10 digits", f"{at}/initial_date_time")


def _many_at_least_one(part: Part, at: str) -> Problems:
    most = part.get("max_selected_items")
    if most is not None and not (isinstance(most, int) and most >= 1):
        yield problem("must be at least 1", f"{at}/max_selected_items")
    if part["type"] == "multi_external_select" and part.get("initial_options") is not None:
        yield from rules.options(part["initial_options"], 100, f"{at}/initial_options")
    if part["type"] == "external_select" and part.get("initial_option") is not None:
        yield from rules.option(part["initial_option"], f"{at}/initial_option")
