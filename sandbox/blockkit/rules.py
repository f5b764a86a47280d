"""The small rules everything else is made of. A problem is a sentence and the place it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Problems = Iterator[str]
Part = dict[str, Any]
Check = Callable[[Any, str], Problems]

PLAIN = frozenset({"plain_text"})
ANY_TEXT = frozenset({"plain_text", "mrkdwn"})


def problem(sentence: str, at: str) -> str:
    return f"[ERROR] {sentence} [json-pointer:{at}]"


def no_strangers(part: Part, allowed: frozenset[str], at: str) -> Problems:
    for key in part:
        if key not in allowed:
            yield problem(f"invalid additional property: {key}", at)


def needed(part: Part, keys: tuple[str, ...], at: str) -> Problems:
    for key in keys:
        if part.get(key) is None:
            yield problem(f"missing required field: {key}", at)


def length(value: Any, most: int, at: str, *, least: int = 1) -> Problems:
    if not isinstance(value, str):
        yield problem("must be a string", at)
    elif len(value) > most:
        yield problem(f"must be less than {most + 1} characters", at)
    elif len(value) < least:
        yield problem(f"must be more than {least - 1} characters", at)


def optional_length(part: Part, key: str, most: int, at: str, *, least: int = 1) -> Problems:
    if part.get(key) is not None:
        yield from length(part[key], most, f"{at}/{key}", least=least)


def count(value: Any, least: int, most: int, at: str) -> Problems:
    if not isinstance(value, list):
        yield problem("must be an array", at)
    elif len(value) > most:
        yield problem(f"no more than {most} items allowed", at)
    elif len(value) < least:
        yield problem(f"must have at least {least} items", at)


def text(value: Any, most: int, at: str, kinds: frozenset[str] = ANY_TEXT) -> Problems:
    """Check a text object of the given kinds with up to `most` characters."""
    if not isinstance(value, dict):
        yield problem("must be an object", at)
        return
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in kinds:
        yield problem(f"must be one of {', '.join(sorted(kinds))}", f"{at}/type")
        return
    yield from no_strangers(value, frozenset({"type", "text", "emoji" if kind == "plain_text" else "verbatim"}), at)
    yield from length(value.get("text"), most, f"{at}/text")


def optional_text(part: Part, key: str, most: int, at: str, kinds: frozenset[str] = PLAIN) -> Problems:
    if part.get(key) is not None:
        yield from text(part[key], most, f"{at}/{key}", kinds)


def items(value: Any) -> list[Any]:
    """Return the list, or nothing when it is not one (`count` has complained then)."""
    return value if isinstance(value, list) else []


def options(value: Any, most: int, at: str, kinds: frozenset[str] = PLAIN, *, with_url: bool = False) -> Problems:
    yield from count(value, 1, most, at)
    for number, one in enumerate(items(value)):
        yield from option(one, f"{at}/{number}", kinds, with_url=with_url)


def option(value: Any, at: str, kinds: frozenset[str] = PLAIN, *, with_url: bool = False) -> Problems:
    """Check one option; only those of an overflow menu may lead to an address."""
    if not isinstance(value, dict):
        yield problem("must be an object", at)
        return
    yield from no_strangers(value, frozenset({"text", "value", "description"} | ({"url"} if with_url else set())), at)
    yield from text(value.get("text"), 75, f"{at}/text", kinds)
    yield from length(value.get("value"), 150, f"{at}/value")
    yield from optional_text(value, "description", 75, at, kinds)
    yield from optional_length(value, "url", 3000, at)


def option_groups(value: Any, at: str) -> Problems:
    yield from count(value, 1, 100, at)
    for number, group in enumerate(items(value)):
        if not isinstance(group, dict):
            yield problem("must be an object", f"{at}/{number}")
            continue
        yield from text(group.get("label"), 75, f"{at}/{number}/label", PLAIN)
        yield from options(group.get("options"), 100, f"{at}/{number}/options")


def confirm(part: Part, at: str) -> Problems:
    dialog = part.get("confirm")
    if dialog is None:
        return
    here = f"{at}/confirm"
    if not isinstance(dialog, dict):
        yield problem("must be an object", here)
        return
    yield from no_strangers(dialog, frozenset({"title", "text", "confirm", "deny", "style"}), here)
    yield from text(dialog.get("title"), 100, f"{here}/title", PLAIN)
    yield from text(dialog.get("text"), 300, f"{here}/text")
    yield from text(dialog.get("confirm"), 30, f"{here}/confirm", PLAIN)
    yield from text(dialog.get("deny"), 30, f"{here}/deny", PLAIN)
    if dialog.get("style", "primary") not in ("primary", "danger"):
        yield problem("must be one of primary, danger", f"{here}/style")
