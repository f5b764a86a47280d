"""A screen as plain text, for people who review wording: blocks in order, [buttons], inputs with what is in them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from bot.slack.blocks import Message, View

WIDTH = 100
_PICKED = {"datepicker": "a day", "timepicker": "a time"}


def reading(drawn: Any) -> str:
    """Return a message, view, list of blocks or list of options as a person would read it."""
    if isinstance(drawn, Message):
        return "\n".join([f"Notification: {_notification(drawn)}", "", *_blocks(drawn.blocks)])
    if isinstance(drawn, View):
        return "\n".join(_view(drawn.payload()))
    return "\n".join(_blocks(payload(drawn)))


def _notification(message: Message) -> str:
    first = message.blocks[0].get("text", {}).get("text") if message.blocks else None
    return "(the first block)" if first == message.text else message.text


def payload(drawn: Any) -> list[Any]:
    """Return the blocks of whatever a screen returns; bare options stand in a form, as they do in real ones."""
    if isinstance(drawn, Message | View):
        return list(drawn.blocks)
    if not drawn or "type" in drawn[0]:
        return list(drawn)
    label = {"type": "plain_text", "text": "Options"}
    return [{"type": "input", "label": label, "element": {"type": "radio_buttons", "options": list(drawn)}}]


def _view(view: dict[str, Any]) -> Iterator[str]:
    yield f"== {view['title']['text']} ==" if view["type"] == "modal" else "== Home =="
    yield ""
    yield from _blocks(view["blocks"])
    if view["type"] == "modal":
        keys = [view[key]["text"] for key in ("close", "submit") if key in view]
        yield " ".join(["==", *(f"[{key}]" for key in keys), "=="])


def _blocks(blocks: Any) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)
        yield ""


def _block(block: dict[str, Any]) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"# {block['text']['text']}"
        case "section":
            yield from _wrapped(block["text"]["text"]) if "text" in block else ()
            yield from (line for one in block.get("fields", ()) for line in ["", *_wrapped(one["text"], "  : ")])
            if "accessory" in block:
                yield from (f"{'':>4}{line}" for line in _element(block["accessory"]))
        case "context":
            yield from _wrapped("\n".join(part["text"] for part in block["elements"]), "  | ")
        case "actions":
            yield " ".join(line for one in block["elements"] for line in _element(one) if line.startswith("["))
            yield from (f"  {line}" for one in block["elements"] for line in _element(one) if not line.startswith("["))
        case "input":
            yield from _wrapped(block["label"]["text"] + (" (optional)" if block.get("optional") else ""), "> ")
            yield from (f"  {line}" for line in _element(block["element"]))
            yield from _wrapped(block["hint"]["text"], "  | ") if "hint" in block else ()
        case kind:
            yield "-" * 20 if kind == "divider" else f"<{kind}>"


def _wrapped(text: str, lead: str = "") -> list[str]:
    return [
        lead + line
        for part in text.split("\n")
        for line in textwrap.wrap(part, WIDTH - len(lead), break_on_hyphens=False) or [""]
    ]


def _element(one: dict[str, Any]) -> Iterator[str]:
    match one["type"]:
        case "button":
            mark = {"primary": " *", "danger": " !"}.get(one.get("style", ""), "")
            yield f"[{one['text']['text']}{mark}]"
            yield from _confirm(one.get("confirm"))
        case "overflow":
            yield f"[... {' / '.join(_labels(one['options']))}]"
        case "plain_text_input":
            yield from _text_input(one)
        case "datepicker" | "timepicker":
            yield f"_{one.get('initial_date') or one.get('initial_time') or _PICKED[one['type']]}_"
        case "radio_buttons":
            yield from (f"({'o' if chosen else ' '}) {label}" for label, chosen in _chosen(one))
        case "multi_external_select" | "external_select":
            picked = [option["text"]["text"] for option in one.get("initial_options", [])]
            yield f"_{', '.join(picked) or one['placeholder']['text']}_"
            yield "from: what is suggested while typing"
        case "users_select" | "multi_users_select":
            people = [*one.get("initial_users", []), *([one["initial_user"]] if "initial_user" in one else [])]
            yield f"_{', '.join(people) or one['placeholder']['text']}_"
            yield "from: everybody in the workspace"
        case _:
            picked = [label for label, chosen in _chosen(one) if chosen]
            labels = _labels(_options(one))
            offered = labels if len(labels) <= 20 else [*labels[:2], "…", *labels[-2:]]
            yield f"_{', '.join(picked) or one.get('placeholder', {}).get('text', '')}_"
            yield from _wrapped(f"from: {' / '.join(offered)}")


def _text_input(one: dict[str, Any]) -> Iterator[str]:
    if "initial_value" in one:
        yield from _wrapped(one["initial_value"], "_ ")
    else:
        yield f"_ ({one['placeholder']['text']})" if "placeholder" in one else "_"


def _confirm(dialog: dict[str, Any] | None) -> Iterator[str]:
    if dialog:
        text, yes, no = (dialog[key]["text"] for key in ("text", "confirm", "deny"))
        yield f"? {dialog['title']['text']} {text} [{no}] [{yes}]"


def _labels(options: list[dict[str, Any]]) -> list[str]:
    return [option["text"]["text"] for option in options]


def _chosen(one: dict[str, Any]) -> list[tuple[str, bool]]:
    picked = [one.get("initial_option"), *one.get("initial_options", [])]
    return [(option["text"]["text"], option in picked) for option in _options(one)]


def _options(one: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the options of a select, those of all its groups."""
    groups = one.get("option_groups") or [one]
    return [option for group in groups for option in group["options"]]
