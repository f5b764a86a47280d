"""Everything the stand-in Slack recorded, in order: what people did and what became visible to whom."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from demo.story.reading import Block, Names, Row, read, rows, value_of
from sandbox import Call, Delivery, Sandbox
from sandbox.channels import Kind as Place


class Kind(StrEnum):
    TYPED = "typed"
    CLICKED = "clicked"
    FILLED = "filled"
    OPENED = "opened"
    MESSAGE = "message"  # in a DM, a group DM or a channel
    PRIVATE = "private"  # shown to one person where they are, seen by nobody else
    CHANGED = "changed"
    TAKEN_BACK = "taken_back"
    WINDOW = "window"
    HOME = "home"


ACTS = frozenset({Kind.TYPED, Kind.CLICKED, Kind.FILLED, Kind.OPENED})


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One thing somebody did, or one thing that appeared; ``to`` is who did it or who can see it.

    ``key`` and ``about`` say which of the bot's messages or forms it is, ``spot`` is its channel and ts; ``values``
    is what a form sends, by field, and ``buttons`` are those at the foot of a window.
    """

    at: datetime
    kind: Kind
    to: tuple[str, ...]
    text: str
    place: str = ""
    title: str = ""
    blocks: Sequence[Block] = ()
    fields: tuple[Row, ...] = ()
    buttons: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    key: str = ""
    spot: tuple[str, str] = ("", "")

    def line(self) -> str:
        """Return the entry as one line of JSON."""
        said = {"at": self.at.isoformat(), "by" if self.kind in ACTS else "to": list(self.to), "kind": self.kind.value}
        more = {"place": self.place, "title": self.title, "about": self.about}
        return json.dumps(said | {k: v for k, v in more.items() if v} | {"text": self.text}, ensure_ascii=False)


class Recorder:
    """Reads the sandbox's own record, piece by piece."""

    def __init__(self, box: Sandbox) -> None:
        self.entries: list[Entry] = []
        self._box = box
        self._deliveries = self._calls = 0

    def take(self) -> list[Entry]:
        """Return what was recorded since the last look: acts with their direct answers first, then what followed."""
        deliveries, calls = self._box.deliveries[self._deliveries :], self._box.calls[self._calls :]
        self._deliveries, self._calls = self._deliveries + len(deliveries), self._calls + len(calls)
        fresh = [entry for one in deliveries for entry in self._of_delivery(one)]
        self.entries += fresh
        for call in calls:
            found = self._of_call(call) if call.done else None
            if found:
                fresh.append(found)
                self.entries.append(found)
        return fresh

    @property
    def names(self) -> Names:
        """What Slack shows for the ids of people and channels."""
        town = self._box.hub.workspace
        people = {one.id: one.name for one in list(town.people.values())}
        return people | {one.id: f"#{one.name}" for one in list(town.channels.values())}

    def _plain(self, blocks: Sequence[Block], text: str = "") -> str:
        return "\n".join(line.plain for line in read(blocks, self.names)).strip() or text

    def _handle(self, user_id: str) -> str:
        return self._box.person(user_id).handle

    def _place(self, channel_id: str) -> str:
        channel = self._box.channel(channel_id)
        known = {Place.IM: "dm", Place.MPIM: "group"}
        return known.get(channel.kind) or f"#{channel.name}"

    def _of_delivery(self, one: Delivery) -> Iterator[Entry]:
        body = one.payload
        match one.kind:
            case "slash_commands":
                yield from self._command(one, body)
            case "interactive":
                yield from self._interaction(one, body)
            case _:
                yield from self._event(one, body["event"])

    def _command(self, one: Delivery, body: Mapping[str, Any]) -> Iterator[Entry]:
        who, place = (self._handle(body["user_id"]),), self._place(body["channel_id"])
        yield Entry(one.at, Kind.TYPED, who, f"{body['command']} {body['text']}".strip(), place)
        answer = _answer(one)
        if answer.get("text") or answer.get("blocks"):
            blocks = answer.get("blocks") or ()
            yield Entry(one.at, Kind.PRIVATE, who, self._plain(blocks, answer.get("text", "")), place, blocks=blocks)

    def _interaction(self, one: Delivery, body: Mapping[str, Any]) -> Iterator[Entry]:
        who = (self._handle(body["user"]["id"]),)
        if body["type"] == "block_actions":
            yield Entry(one.at, Kind.CLICKED, who, _pressed(body["actions"][0]), about=body["actions"][0]["action_id"])
        elif body["type"] == "view_submission":
            yield self._filled(one, who, body["view"])
            shown = _answer(one).get("view")
            if shown:
                yield self._window(one.at, who, shown)

    def _filled(self, one: Delivery, who: tuple[str, ...], view: Mapping[str, Any]) -> Entry:
        state = view["state"]["values"]
        fields = rows(view["blocks"], state)
        text = "\n".join([view["title"]["text"], *(f"{label}: {value}" for label, value in fields if value)])
        values = {key: value_of(held) for key, held in state.items()}
        refused = "refused" if "errors" in _answer(one) else ""
        about = refused or view["callback_id"]
        return Entry(
            one.at,
            Kind.FILLED,
            who,
            text,
            title=view["title"]["text"],
            blocks=view["blocks"],
            fields=tuple(fields),
            buttons=_buttons(view)[:1],
            values=values,
            about=about,
        )

    def _event(self, one: Delivery, event: Mapping[str, Any]) -> Iterator[Entry]:
        if event["type"] == "app_home_opened":
            yield Entry(one.at, Kind.OPENED, (self._handle(event["user"]),), "App Home", "home")

    def _of_call(self, call: Call) -> Entry | None:
        to = tuple(sorted(call.readers))
        match call.method:
            case "chat.postMessage":
                found: Entry | None = self._posted(call, to)
            case "chat.update" | "chat.delete":
                found = self._followed(call)
            case "response_url":
                found = self._answered(call, to)
            case "views.open" | "views.push" | "views.update":
                found = self._window(call.at, to, call.response["view"])
            case "views.publish":
                blocks = call.response["view"]["blocks"]
                found = Entry(call.at, Kind.HOME, to, self._plain(blocks), "home", blocks=blocks)
            case _:
                found = None
        return found

    def _answered(self, call: Call, to: tuple[str, ...]) -> Entry:
        blocks, text = call.args.get("blocks") or (), call.args.get("text") or ""
        kind = Kind.CHANGED if call.args.get("replace_original") else Kind.PRIVATE
        return Entry(call.at, kind, to, self._plain(blocks, text), blocks=blocks)

    def _posted(self, call: Call, to: tuple[str, ...]) -> Entry:
        message, channel = call.response["message"], call.response["channel"]
        blocks = message.get("blocks") or ()
        key = str((message.get("metadata") or {}).get("event_payload", {}).get("key", ""))
        return Entry(
            call.at,
            Kind.MESSAGE,
            to,
            self._plain(blocks, message["text"]),
            self._place(channel),
            blocks=blocks,
            about=key.partition(":")[0],
            key=key,
            spot=(channel, call.response["ts"]),
        )

    def _followed(self, call: Call) -> Entry | None:
        """Return what became of a message; it has the readers of the one that was posted."""
        spot = (call.response["channel"], call.response["ts"])
        first = next((one for one in self.entries if one.spot == spot), None)
        if first is None:
            return None
        kind = Kind.CHANGED if call.method == "chat.update" else Kind.TAKEN_BACK
        blocks = call.response.get("message", {}).get("blocks") or ()
        text = self._plain(blocks) if blocks else first.text
        return Entry(call.at, kind, first.to, text, first.place, blocks=blocks, about=first.about)

    def _window(self, at: datetime, to: tuple[str, ...], view: Mapping[str, Any]) -> Entry:
        title, text = view["title"]["text"], self._plain(view["blocks"])
        about = view.get("callback_id", "") if view.get("submit") else ""
        return Entry(at, Kind.WINDOW, to, text, title=title, blocks=view["blocks"], buttons=_buttons(view), about=about)


def _buttons(view: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(view[name]["text"]) for name in ("submit", "close") if view.get(name))


def _answer(one: Delivery) -> Mapping[str, Any]:
    """Return the body of the ack as the app gave it."""
    body = one.answers[-1].body if one.answers else None
    if isinstance(body, str):
        return {"text": body}
    return body if isinstance(body, Mapping) else {}


def _pressed(action: Mapping[str, Any]) -> str:
    shown = action.get("text") or (action.get("selected_option") or {}).get("text") or {}
    return str(shown.get("text", action["action_id"]))
