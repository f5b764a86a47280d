"""What Slack sends, read defensively into one small shape. Nothing here decides a right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from bot.domain.access import NotYours

KEY = 200  # characters of an inbound key kept readable; longer ones are hashed
NOBODYS = "?"  # stands for a name that we have not written into a form: it names nothing


class Kind(StrEnum):
    COMMAND = "command"
    ACTION = "action"
    SUBMISSION = "submission"
    SHORTCUT = "shortcut"
    SUGGESTION = "suggestion"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Request:
    """One thing somebody did. ``name`` is the command, action id, callback id or event type.

    ``key`` is the same for every delivery of the same thing. ``values`` are the inputs of a form by field name.
    """

    kind: Kind
    team: str
    user: str
    name: str
    key: str
    text: str = ""
    value: str = ""
    channel: str = ""
    trigger: str = ""
    response_url: str = ""
    view: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)
    acked: bool = False  # Slack has its ack and waits no longer

    @property
    def in_home(self) -> bool:
        return self.view.get("type") == "home"

    @property
    def in_modal(self) -> bool:
        return self.view.get("type") == "modal"

    @property
    def attempt(self) -> str:
        """The same for every delivery of one attempt. A form that stays open after a refusal can be sent again."""
        return _key("refused", self.key, self.trigger)

    def said(self, name: str) -> str:
        """Return a text or single choice by field name; empty when it was not given."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return the choices of a multi-select by field name."""
        value = self.values.get(name)
        return tuple(value) if isinstance(value, (list, tuple)) else ()

    def day(self, name: str) -> date | None:
        """Return a picked date; None when it was not given or is no date."""
        try:
            return date.fromisoformat(self.said(name))
        except ValueError:
            return None

    def clock(self, name: str) -> time | None:
        """Return a picked time of day; None when it was not given or is none."""
        try:
            return time.fromisoformat(self.said(name)).replace(tzinfo=None)
        except ValueError:
            return None

    def memo(self, name: str) -> str:
        """Return what the form remembered under ``name``; empty when it is not there or not ours."""
        try:
            memo = json.loads(self.view.get("private_metadata") or "{}")
        except (ValueError, RecursionError):
            return ""
        found = memo.get(name) if isinstance(memo, dict) else None
        if not isinstance(found, str):
            return ""
        return found if found.isascii() and found.isprintable() else NOBODYS


def thing_id(text: str) -> UUID:
    """Return the id a button or form names. Raises NotYours for anything that is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotYours from None


def read_command(body: Mapping[str, Any]) -> Request:
    return Request(
        kind=Kind.COMMAND,
        team=_text(body, "team_id"),
        user=_text(body, "user_id"),
        name=_text(body, "command"),
        key=_key("command", _text(body, "trigger_id")),
        text=_text(body, "text"),
        channel=_text(body, "channel_id"),
        trigger=_text(body, "trigger_id"),
        response_url=_text(body, "response_url"),
        body=body,
    )


def read_action(body: Mapping[str, Any]) -> Request:
    action: Any = next(iter(body.get("actions") or []), {})
    return Request(
        kind=Kind.ACTION,
        team=_team(body),
        user=_text(_dict(body, "user"), "id"),
        name=_text(action, "action_id"),
        key=_key("action", _text(body, "trigger_id"), _text(action, "action_ts")),
        value=_action_value(action),
        channel=_text(_dict(body, "channel"), "id"),
        trigger=_text(body, "trigger_id"),
        response_url=_text(body, "response_url"),
        view=_dict(body, "view"),
        values=_typed(_dict(body, "view")),
        body=body,
    )


def read_submission(body: Mapping[str, Any]) -> Request:
    view = _dict(body, "view")
    return Request(
        kind=Kind.SUBMISSION,
        team=_team(body),
        user=_text(_dict(body, "user"), "id"),
        name=_text(view, "callback_id"),
        key=_key("view", _text(view, "id"), _text(view, "hash")),
        trigger=_text(body, "trigger_id"),
        view=view,
        values=_typed(view),
        body=body,
    )


def read_shortcut(body: Mapping[str, Any]) -> Request:
    return Request(
        kind=Kind.SHORTCUT,
        team=_team(body),
        user=_text(_dict(body, "user"), "id"),
        name=_text(body, "callback_id"),
        key=_key("shortcut", _text(body, "trigger_id")),
        channel=_text(_dict(body, "channel"), "id"),
        trigger=_text(body, "trigger_id"),
        response_url=_text(body, "response_url"),
        text=_own_message(body),
        body=body,
    )


def read_suggestion(body: Mapping[str, Any]) -> Request:
    """Read what somebody has typed so far into a select that asks us for its options."""
    return Request(
        kind=Kind.SUGGESTION,
        team=_team(body),
        user=_text(_dict(body, "user"), "id"),
        name=_text(body, "action_id"),
        key="",  # nothing is kept of it
        text=as_typed(_text(body, "value")),
        view=_dict(body, "view"),
        body=body,
    )


def _own_message(body: Mapping[str, Any]) -> str:
    """Return the message a shortcut was used on, if the same person wrote it."""
    message = _dict(body, "message")
    mine = _text(message, "user") == _text(_dict(body, "user"), "id") and not message.get("bot_id")
    return as_typed(_text(message, "text")) if mine else ""


def as_typed(text: str) -> str:
    """Return message text as it was typed: Slack escapes ``& < >`` in messages (docs.slack.dev, "Formatting text")."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def read_event(body: Mapping[str, Any]) -> Request:
    event = _dict(body, "event")
    user = event.get("user")
    return Request(
        kind=Kind.EVENT,
        team=_text(body, "team_id"),
        user=_text(user, "id") if isinstance(user, dict) else _text(event, "user"),
        name=_text(event, "type"),
        key=_key("event", _text(body, "event_id")),
        text=as_typed(_text(event, "text")),
        channel=_text(event, "channel"),
        body=body,
    )


def _text(source: Any, name: str) -> str:
    found = source.get(name) if isinstance(source, Mapping) else None
    return found if isinstance(found, str) else ""


def _dict(source: Any, name: str) -> Mapping[str, Any]:
    found = source.get(name) if isinstance(source, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _team(body: Mapping[str, Any]) -> str:
    return _text(_dict(body, "team"), "id") or _text(_dict(body, "user"), "team_id")


def _key(*parts: str) -> str:
    key = ":".join(parts)
    return key if len(key) <= KEY else f"{parts[0]}:{hashlib.sha256(key.encode()).hexdigest()}"


def _action_value(action: Any) -> str:
    chosen = _dict(action, "selected_option")
    return _text(chosen, "value") or _text(action, "value") or _text(action, "selected_date")


def _typed(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in the fields of a form, sent or not."""
    return {name: _input_value(block) for name, block in _dict(_dict(view, "state"), "values").items()}


def _input_value(block: Any) -> Any:
    """Return the one input of a block: text, choice, choices or date. An untouched select may come as null."""
    element: Any = next(iter(block.values()), {}) if isinstance(block, Mapping) else {}
    if isinstance(_dict(element, "selected_option").get("value"), str):
        return _dict(element, "selected_option")["value"]
    options = element.get("selected_options") if isinstance(element, Mapping) else None
    if isinstance(options, list):
        return tuple(_text(one, "value") for one in options)
    people = element.get("selected_users") if isinstance(element, Mapping) else None
    if isinstance(people, list):
        return tuple(one for one in people if isinstance(one, str))
    return _text(element, "value") or _text(element, "selected_date") or _picked(element)


def _picked(element: Any) -> str:
    return _text(element, "selected_time") or _text(element, "selected_user")
