"""Sections, inputs, actions and the other blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.blockkit import elements, rules
from sandbox.blockkit.rules import PLAIN, Check, Part, Problems, problem

if TYPE_CHECKING:
    from collections.abc import Callable

_COMMON = frozenset({"type", "block_id"})
_FIELDS: dict[str, frozenset[str]] = {
    "section": _COMMON | {"text", "fields", "accessory", "expand"},
    "divider": _COMMON,
    "header": _COMMON | {"text", "level"},
    "context": _COMMON | {"elements"},
    "actions": _COMMON | {"elements"},
    "image": _COMMON | {"image_url", "slack_file", "alt_text", "title"},
    "input": _COMMON | {"label", "element", "hint", "optional", "dispatch_action"},
    "markdown": _COMMON | {"text"},
    "rich_text": _COMMON | {"elements"},
    "table": _COMMON | {"rows", "column_settings"},
}
IN_VIEWS = frozenset(_FIELDS) - {"markdown", "table"}
IN_MESSAGES = frozenset(_FIELDS)
MARKDOWN = 12_000


def block(value: Any, allowed: frozenset[str], at: str) -> Problems:
    """Check one block that stands on a surface where only the `allowed` kinds may stand."""
    if not isinstance(value, dict):
        yield problem("must be an object", at)
        return
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in allowed:
        yield problem(f"unsupported type: {kind}", f"{at}/type")
        return
    named = f"{at} block_id={value['block_id']}" if value.get("block_id") else at
    yield from rules.no_strangers(value, _FIELDS[kind], named)
    yield from rules.optional_length(value, "block_id", 255, at)
    yield from _check_of(kind)(value, at)
    yield from _actions_named_once(value, at)


def _check_of(kind: str) -> Check:
    checks: dict[str, Check] = {
        "section": _section,
        "header": lambda part, at: rules.text(part.get("text"), 150, f"{at}/text", PLAIN),
        "context": _context,
        "actions": _actions,
        "image": _image,
        "input": _input,
        "markdown": lambda part, at: rules.length(part.get("text"), MARKDOWN, f"{at}/text"),
        "rich_text": lambda part, at: rules.count(part.get("elements"), 0, 3000, f"{at}/elements"),
        "table": lambda part, at: rules.count(part.get("rows"), 1, 100, f"{at}/rows"),
    }
    nothing: Callable[[Any, str], Problems] = lambda _part, _at: iter(())  # noqa: E731 - a divider has nothing to check
    return checks.get(kind, nothing)


def _section(part: Part, at: str) -> Problems:
    if part.get("text") is None and part.get("fields") is None:
        yield problem("must have text or fields", at)
    if part.get("text") is not None:
        yield from rules.text(part["text"], 3000, f"{at}/text")
    if part.get("fields") is not None:
        yield from rules.count(part["fields"], 1, 10, f"{at}/fields")
        for number, one in enumerate(rules.items(part["fields"])):
            yield from rules.text(one, 2000, f"{at}/fields/{number}")
    if part.get("accessory") is not None:
        yield from elements.element(part["accessory"], elements.IN_SECTION, f"{at}/accessory")


def _context(part: Part, at: str) -> Problems:
    yield from rules.count(part.get("elements"), 1, 10, f"{at}/elements")
    for number, one in enumerate(rules.items(part.get("elements"))):
        here = f"{at}/elements/{number}"
        if isinstance(one, dict) and one.get("type") == "image":
            yield from elements.element(one, frozenset({"image"}), here)
        else:
            yield from rules.text(one, 3000, here)


def _actions(part: Part, at: str) -> Problems:
    yield from rules.count(part.get("elements"), 1, 25, f"{at}/elements")
    for number, one in enumerate(rules.items(part.get("elements"))):
        yield from elements.element(one, elements.IN_ACTIONS, f"{at}/elements/{number}")


def _image(part: Part, at: str) -> Problems:
    yield from elements.image(part, at)
    yield from rules.optional_text(part, "title", 2000, at)


def _input(part: Part, at: str) -> Problems:
    yield from rules.text(part.get("label"), 2000, f"{at}/label", PLAIN)
    yield from rules.optional_text(part, "hint", 2000, at)
    yield from elements.element(part.get("element"), elements.IN_INPUT, f"{at}/element")


def _actions_named_once(part: Part, at: str) -> Problems:
    found = [part.get("accessory"), part.get("element"), *rules.items(part.get("elements"))]
    names = [one["action_id"] for one in found if isinstance(one, dict) and isinstance(one.get("action_id"), str)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield problem(f'`action_id` "{name}" already exists in this block', at)
