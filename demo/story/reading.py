"""Slack's blocks as a person reads them: lines with a little weight, no markup left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text

Block = Mapping[str, Any]
Names = Mapping[str, str]  # Slack id → what stands for it on the screen
Row = tuple[str, str]  # a field's label and what is in it

CODE, BUTTON, QUIET = "cyan", "bold", "dim"
EMOJI = {"clap": "👏", "tada": "🎉"}
_TOKEN = re.compile(r"`([^`\n]+)`|(?<!\w)\*([^*\n]+)\*(?!\w)|<([^>\n]+)>|:([a-z_]+):")


def read(blocks: Sequence[Block], names: Names) -> list[Text]:
    """Return the lines of a message, window or home tab."""
    return [line for block in blocks for line in _block(block, names)]


def mrkdwn(text: str, names: Names) -> Text:
    """Return one text object: bold, code, names, links and emoji rendered."""
    shown, at = Text(), 0
    for found in _TOKEN.finditer(text):
        shown.append(_decoded(text[at : found.start()]))
        shown.append_text(_token(found, names))
        at = found.end()
    return shown.append(_decoded(text[at:]))


def _token(found: re.Match[str], names: Names) -> Text:
    code, bold, link, emoji = found.groups()
    if code:
        return Text(_decoded(code), CODE)
    if bold:
        return Text(mrkdwn(bold, names).plain, "bold")
    if link:
        return Text(_linked(link, names))
    return Text(EMOJI.get(emoji, f":{emoji}:"))


def _linked(link: str, names: Names) -> str:
    address, _, label = link.partition("|")
    return _decoded(label) or names.get(address.lstrip("@#"), address)


def _decoded(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _text(thing: Mapping[str, Any], names: Names) -> Text:
    return mrkdwn(thing["text"], names) if thing.get("type") == "mrkdwn" else Text(str(thing["text"]))


def _block(block: Block, names: Names) -> Iterator[Text]:
    match block["type"]:
        case "section":
            yield from _section(block, names)
        case "header":
            yield from (Text(), Text(str(block["text"]["text"]), "bold"))
        case "context":
            for element in block["elements"]:
                for line in _text(element, names).split("\n"):
                    line.stylize(QUIET)
                    yield line
        case "actions":
            yield Text("  ").join(control(element) for element in block["elements"])
        case "input":
            yield Text(f"{block['label']['text']}  {_initial(block['element'])}".rstrip())


def _section(block: Block, names: Names) -> Iterator[Text]:
    lines = _text(block["text"], names).split("\n")
    if "accessory" in block:
        lines[0].append("  ").append_text(control(block["accessory"]))
    yield from lines


def control(element: Mapping[str, Any]) -> Text:
    """Return a button or a menu as one sees it."""
    label = element["text"]["text"] if element["type"] == "button" else "⋯"
    return Text(f"[ {label} ]", BUTTON)


def _initial(element: Mapping[str, Any]) -> str:
    return _filled(
        {
            "value": element.get("initial_value"),
            "selected_option": element.get("initial_option"),
            "selected_options": element.get("initial_options"),
            "selected_date": element.get("initial_date"),
        }
    )


def rows(blocks: Sequence[Block], state: Mapping[str, Any]) -> list[Row]:
    """Return the fields of a form with what is filled in; ``state`` as Slack keeps it, by block and action."""
    inputs = [block for block in blocks if block["type"] == "input"]
    return [(str(block["label"]["text"]), _filled(_one(state.get(block["block_id"])))) for block in inputs]


def value_of(held: Any) -> str:
    """Return what a field sends: what is typed, or the value of what is chosen."""
    element = _one(held)
    option = element.get("selected_option")
    return str(option["value"] if option else element.get("value") or "")


def _one(values: Any) -> Mapping[str, Any]:
    return next(iter(values.values()), {}) if values else {}


def _filled(element: Mapping[str, Any]) -> str:
    many = element.get("selected_options")
    if many:
        return ", ".join(str(one["text"]["text"]) for one in many)
    option = element.get("selected_option")
    if option:
        return str(option["text"]["text"])
    return str(element.get("value") or element.get("selected_date") or "")
