"""Block Kit, as small builders that keep Slack's limits (docs.slack.dev, "Block Kit"). Text is Mrkdwn or Plain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bot.slack.text import Mrkdwn, Plain, as_typed, clip, clip_plain

Block = dict[str, Any]
Element = dict[str, Any]

BLOCKS = 50  # in one message
MESSAGE = 12_000  # characters in one message: Slack names no limit and refuses about 13,000
TEXT = 3_000
FIELD, FIELDS = 2_000, 10  # characters of one, and how many beside and below each other
HEADER = 150
BUTTON = 75
OPTION = 75
OPTIONS = 100  # in one list, and lists in one select
OPTION_VALUE = 150
LABEL = 2_000
TITLE = 24
PLACEHOLDER = 150
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
NOTHING = "–"  # Slack refuses a whole screen for one empty text


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: blocks, and the line shown where blocks are not (notifications, screen readers)."""

    text: Mrkdwn
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a home tab. ``memo`` names things, never proves anything."""

    blocks: tuple[Block, ...]
    title: Plain | None = None
    callback: str = ""
    submit: Plain | None = None
    close: Plain | None = None
    memo: dict[str, str] = field(default_factory=dict)

    def payload(self) -> dict[str, Any]:
        """Return the view as Slack takes it."""
        if not self.title:
            return {"type": "home", "blocks": list(self.blocks)}
        view: dict[str, Any] = {
            "type": "modal",
            "title": _plain(self.title, TITLE),
            "callback_id": self.callback or "none",
            "private_metadata": json.dumps(self.memo, sort_keys=True),
            "blocks": list(self.blocks),
        }
        if self.submit:
            view["submit"] = _plain(self.submit, TITLE)
        if self.close:
            view["close"] = _plain(self.close, TITLE)
        return view


def characters(part: Any) -> int:
    """Return how much text blocks hold together."""
    if isinstance(part, (list, tuple)):
        return sum(characters(one) for one in part)
    if isinstance(part, dict):
        own = len(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(characters(one) for one in part.values() if isinstance(one, (dict, list, tuple)))
    return 0


def _plain(text: Plain, limit: int) -> Element:
    return {"type": "plain_text", "text": clip_plain(text, limit) if text.strip() else NOTHING, "emoji": True}


def _mrkdwn(text: Mrkdwn, limit: int = TEXT) -> Element:
    # verbatim: Slack must not turn bare words of people into links, channels or mentions.
    return {"type": "mrkdwn", "text": clip(text, limit) if text.strip() else NOTHING, "verbatim": True}


def section(text: Mrkdwn | Plain, accessory: Element | None = None) -> Block:
    shown = _mrkdwn(text) if isinstance(text, Mrkdwn) else _plain(text, TEXT)
    return {"type": "section", "text": shown} | ({"accessory": accessory} if accessory else {})


def context(text: Mrkdwn) -> Block:
    return {"type": "context", "elements": [_mrkdwn(text)]}


def fields(texts: Sequence[Mrkdwn]) -> Block:
    """Return texts side by side, two in a row."""
    return {"type": "section", "fields": [_mrkdwn(text, FIELD) for text in texts[:FIELDS]]}


def header(text: Plain) -> Block:
    return {"type": "header", "text": _plain(text, HEADER)}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element) -> Block:
    return {"type": "actions", "elements": list(elements)}


def confirm(title: Plain, text: Plain, yes: Plain, no: Plain) -> Element:
    return {
        "title": _plain(title, CONFIRM_TITLE),
        "text": _plain(text, CONFIRM_TEXT),
        "confirm": _plain(yes, CONFIRM_BUTTON),
        "deny": _plain(no, CONFIRM_BUTTON),
    }


def button(
    label: Plain, action: str, value: str = "", *, style: str = "", asking: Element | None = None, url: str = ""
) -> Element:
    """Return a button; ``style`` is "", "primary" or "danger", ``asking`` a confirm dialog, ``url`` a page it opens."""
    made: Element = {"type": "button", "text": _plain(label, BUTTON), "action_id": action}
    if value:
        made["value"] = value
    if style:
        made["style"] = style
    if asking:
        made["confirm"] = asking
    if url:
        made["url"] = url
    return made


def option(label: Plain, value: str) -> Element:
    return {"text": _plain(label, OPTION), "value": value}


def overflow(action: str, options: Sequence[Element]) -> Element:
    return {"type": "overflow", "action_id": action, "options": list(options)}


def ask(name: str, label: Plain, element: Element, *, optional: bool = False, hint: Plain | None = None) -> Block:
    """Return an input. Its block is called ``name``, as is the action inside, as is the field a refusal names."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": _plain(label, LABEL),
        "element": element | {"action_id": name},
        "optional": optional,
    }
    return block | ({"hint": _plain(hint, LABEL)} if hint else {})


def line(limit: int, initial: str | None = None, placeholder: Plain | None = None) -> Element:
    return _input(limit, initial, placeholder, multiline=False)


def paragraph(limit: int, initial: str | None = None, placeholder: Plain | None = None) -> Element:
    return _input(limit, initial, placeholder, multiline=True)


def _input(limit: int, initial: str | None, placeholder: Plain | None, *, multiline: bool) -> Element:
    made: Element = {"type": "plain_text_input", "multiline": multiline, "max_length": min(limit, TEXT)}
    shown = as_typed(initial or "")[: min(limit, TEXT)]
    if shown.strip():
        made["initial_value"] = shown
    if placeholder:
        made["placeholder"] = _plain(placeholder, PLACEHOLDER)
    return made


def select(options: Sequence[Element], initial: str | None = None, placeholder: Plain | None = None) -> Element:
    """Return a select; more options than Slack takes in one list are grouped, in their order."""
    made: Element = {"type": "static_select"} | _listed(options)
    if placeholder:
        made["placeholder"] = _plain(placeholder, PLACEHOLDER)
    return made | _chosen(options, initial)


def _listed(options: Sequence[Element]) -> Element:
    if len(options) <= OPTIONS:
        return {"options": list(options)}
    groups = [list(options[start : start + OPTIONS]) for start in range(0, min(len(options), OPTIONS**2), OPTIONS)]
    return {"option_groups": [{"label": _from_to(group), "options": group} for group in groups]}


def _from_to(group: Sequence[Element]) -> Element:
    first, last = (one["text"]["text"][: OPTION // 3] for one in (group[0], group[-1]))
    return {"type": "plain_text", "text": f"{first} – {last}", "emoji": True}


def radio(options: Sequence[Element], initial: str | None = None) -> Element:
    return {"type": "radio_buttons", "options": list(options)} | _chosen(options, initial)


def checkbox(label: Plain, value: str, *, on: bool) -> Element:
    """Return a single box to tick."""
    options = [option(label, value)]
    return {"type": "checkboxes", "options": options} | ({"initial_options": options} if on else {})


def _chosen(options: Sequence[Element], initial: str | None) -> Element:
    found = [one for one in options if one["value"] == initial]
    return {"initial_option": found[0]} if found else {}


def multi_select(options: Sequence[Element], initial: Sequence[str], placeholder: Plain) -> Element:
    made: Element = {
        "type": "multi_static_select",
        "options": list(options),
        "placeholder": _plain(placeholder, PLACEHOLDER),
    }
    found = [one for one in options if one["value"] in initial]
    return made | ({"initial_options": found} if found else {})


def type_ahead(initial: Sequence[str], most: int, placeholder: Plain) -> Element:
    """Return a select for several things that asks what to offer while somebody types; values are what is shown."""
    made: Element = {
        "type": "multi_external_select",
        "placeholder": _plain(placeholder, PLACEHOLDER),
        "min_query_length": 0,
        "max_selected_items": most,
    }
    found = typed_options(initial)
    return made | ({"initial_options": found} if found else {})


def type_ahead_one(placeholder: Plain) -> Element:
    """Return a select for one thing that asks what to offer while somebody types."""
    return {"type": "external_select", "placeholder": _plain(placeholder, PLACEHOLDER), "min_query_length": 0}


def people_select(initial: Sequence[str], most: int, placeholder: Plain) -> Element:
    """Return a select for several people of the workspace, by their Slack ids."""
    made = {
        "type": "multi_users_select",
        "placeholder": _plain(placeholder, PLACEHOLDER),
        "max_selected_items": most,
    }
    return made | ({"initial_users": list(initial)} if initial else {})


def person_select(initial: str, placeholder: Plain) -> Element:
    """Return a select for one person of the workspace, by Slack id."""
    made = {"type": "users_select", "placeholder": _plain(placeholder, PLACEHOLDER)}
    return made | ({"initial_user": initial} if initial else {})


def typed_options(names: Sequence[str]) -> list[Element]:
    """Return options that stand for what somebody typed and for nothing else."""
    return [option(shown, shown[:OPTION_VALUE]) for shown in map(as_typed, names) if shown]


def date_picker(initial: date | None = None) -> Element:
    return {"type": "datepicker"} | ({"initial_date": initial.isoformat()} if initial else {})


def time_picker(initial: time | None = None) -> Element:
    return {"type": "timepicker"} | ({"initial_time": initial.strftime("%H:%M")} if initial else {})
