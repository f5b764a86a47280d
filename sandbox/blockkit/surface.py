"""Whole surfaces: a message, a modal, a home tab."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from sandbox.blockkit import rules
from sandbox.blockkit.blocks import IN_MESSAGES, IN_VIEWS, MARKDOWN, block
from sandbox.blockkit.elements import IN_ACTIONS, IN_INPUT
from sandbox.blockkit.rules import PLAIN, Part, Problems, problem

if TYPE_CHECKING:
    from collections.abc import Callable

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
# All text of a message's blocks together; Slack does not document it and answers `msg_blocks_too_long`.
MESSAGE_CHARACTERS = 13_000
VIEW_BYTES = 250_000

_VIEW_FIELDS = {
    "modal": frozenset(
        {"type", "title", "blocks", "close", "submit", "private_metadata", "callback_id", "clear_on_close"}
        | {"notify_on_close", "external_id", "submit_disabled"}
    ),
    "home": frozenset({"type", "blocks", "private_metadata", "callback_id", "external_id"}),
}


def check_message(blocks: Any) -> list[str]:
    """Return what is wrong with the blocks of a message, or an empty list."""
    return [*_all_blocks(blocks, MESSAGE_BLOCKS, IN_MESSAGES, ""), *_markdown(rules.items(blocks))]


def _markdown(blocks: list[Any]) -> Problems:
    """Check the limit that all markdown blocks of a message share."""
    marked = [one.get("text") for one in blocks if isinstance(one, dict) and one.get("type") == "markdown"]
    if sum(len(text) for text in marked if isinstance(text, str)) > MARKDOWN:
        yield problem(f"markdown blocks must have less than {MARKDOWN + 1} characters together", "/blocks")


def check_view(view: Any, kind: str) -> list[str]:
    """Return what is wrong with a view that shall be a `modal` or a `home`, or an empty list."""
    return list(_view(view, kind))


def check_options(answer: Part) -> list[str]:
    """Return what is wrong with suggested options: `options` or `option_groups`, 100 at most, none is fine."""
    if answer.get("option_groups"):
        return list(rules.option_groups(answer["option_groups"], "/option_groups"))
    if not isinstance(answer.get("options"), list):
        return [problem("missing required field: options", "")]
    return list(rules.options(answer["options"], 100, "/options")) if answer["options"] else []


def characters(blocks: Any) -> int:
    """Return how much text all blocks hold together."""
    if isinstance(blocks, list):
        return sum(characters(one) for one in blocks)
    if isinstance(blocks, dict):
        own = len(blocks["text"]) if isinstance(blocks.get("text"), str) else 0
        return own + sum(characters(one) for one in blocks.values() if isinstance(one, dict | list))
    return 0


def is_too_large(view: Part) -> bool:
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def with_ids(blocks: list[Part], new_id: Callable[[], str]) -> list[Part]:
    """Return a copy in which every block and element has the id Slack would give it when it has none."""
    named = copy.deepcopy(blocks)
    for one in named:
        one.setdefault("block_id", new_id())
        for part in [one.get("accessory"), one.get("element"), *rules.items(one.get("elements"))]:
            if isinstance(part, dict) and part.get("type") in IN_ACTIONS | IN_INPUT:
                part.setdefault("action_id", new_id())
    return named


def _view(view: Any, kind: str) -> Problems:
    if not isinstance(view, dict):
        yield problem("must be an object", "/view")
        return
    if view.get("type") != kind:
        yield problem(f"must be {kind}", "/view/type")
        return
    yield from rules.no_strangers(view, _VIEW_FIELDS[kind], "/view")
    yield from _frame(view, kind)
    yield from _all_blocks(view.get("blocks"), VIEW_BLOCKS, IN_VIEWS, "/view")


def _frame(view: Part, kind: str) -> Problems:
    if kind == "modal":
        yield from rules.text(view.get("title"), 24, "/view/title", PLAIN)
        yield from rules.optional_text(view, "submit", 24, "/view")
        yield from rules.optional_text(view, "close", 24, "/view")
        if _has_inputs(view) and not view.get("submit"):
            yield problem("missing required field: submit, needed with input blocks", "/view")
    yield from rules.optional_length(view, "private_metadata", 3000, "/view", least=0)
    yield from rules.optional_length(view, "callback_id", 255, "/view", least=0)
    yield from rules.optional_length(view, "external_id", 255, "/view", least=0)


def _has_inputs(view: Part) -> bool:
    blocks = view.get("blocks")
    return isinstance(blocks, list) and any(isinstance(one, dict) and one.get("type") == "input" for one in blocks)


def _all_blocks(blocks: Any, most: int, allowed: frozenset[str], at: str) -> Problems:
    yield from rules.count(blocks, 0, most, f"{at}/blocks")
    if not isinstance(blocks, list):
        return
    for number, one in enumerate(blocks):
        yield from block(one, allowed, f"{at}/blocks/{number}")
    names = [one["block_id"] for one in blocks if isinstance(one, dict) and isinstance(one.get("block_id"), str)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield problem(f'`block_id` "{name}" already exists', f"{at}/blocks")
    focused = [one for one in blocks if isinstance(one, dict) and _focuses(one)]
    if len(focused) > 1:
        yield problem("only one element can have focus_on_load", f"{at}/blocks")


def _focuses(one: Part) -> bool:
    parts = [one.get("element"), one.get("accessory"), *rules.items(one.get("elements"))]
    return any(isinstance(part, dict) and part.get("focus_on_load") for part in parts)
