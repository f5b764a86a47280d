"""Turn Slack's published type declarations into key sets that the contract tests compare the stand-in with.

    .venv/bin/python -m scripts.slack_types    # fetches the npm packages and writes tests/contract/slack_keys.json

Needs `npm` (for `npm pack`) and a way to its registry; the tests themselves need neither. Three packages are read:
`@slack/web-api` for what each method of the sandbox answers, `@slack/types` for events, `@slack/bolt` for commands,
interactions and the envelope around events. Only names of keys are kept, no code and no prose.

A shape is written so: an object is `{"key": shape}`, a key that may be left out ends in `?`, a map with free keys is
`{"*": shape}`, a list is `[shape]`, anything else is null. Block Kit parts are null: the sandbox has its own rules.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.api.methods import methods
from scripts.npm import fetched, version

TARGET = Path(__file__).parents[1] / "tests" / "contract" / "slack_keys.json"
PACKAGES = ("@slack/web-api", "@slack/types", "@slack/bolt")
EVENTS = {
    "app_home_opened": "AppHomeOpenedEvent",
    "app_uninstalled": "AppUninstalledEvent",
    "member_joined_channel": "MemberJoinedChannelEvent",
    "member_left_channel": "MemberLeftChannelEvent",
    "message": "GenericMessageEvent",
    "message_changed": "MessageChangedEvent",
    "message_deleted": "MessageDeletedEvent",
    "team_join": "TeamJoinEvent",
    "tokens_revoked": "TokensRevokedEvent",
    "user_change": "UserChangeEvent",
}
INTERACTIONS = {
    "slash_command": "SlashCommand",
    "event_callback": "EnvelopedEvent",
    "block_actions": "BlockAction",
    "block_suggestion": "BlockSuggestion",
    "view_submission": "ViewSubmitAction",
    "view_closed": "ViewClosedAction",
    "shortcut": "GlobalShortcut",
    "message_action": "MessageShortcut",
}
ACTIONS = {
    "button": "ButtonAction",
    "overflow": "OverflowAction",
    "static_select": "StaticSelectAction",
    "external_select": "ExternalSelectAction",
    "multi_static_select": "MultiStaticSelectAction",
    "multi_external_select": "MultiExternalSelectAction",
    "users_select": "UsersSelectAction",
    "datepicker": "DatepickerAction",
    "timepicker": "TimepickerAction",
    "radio_buttons": "RadioButtonsAction",
    "checkboxes": "CheckboxesAction",
    "plain_text_input": "PlainTextInputAction",
}
# Echoes of what the app itself sent, checked by the sandbox's Block Kit rules.
OPAQUE = {"blocks", "attachments", "title_blocks", "preview_blocks"}
Shape = dict[str, Any] | list[Any] | None

_TOKEN = re.compile(r"""\s+|(?P<word>[A-Za-z_$][\w$]*|\d+|'[^']*'|"[^"]*")|(?P<sign>=>|\.\.\.|[{}()\[\]<>|&;:,?=.])""")
_DECLARED = re.compile(r"^(?:export )?(?:declare )?(?:interface|type) (\w+)", re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*$", re.DOTALL | re.MULTILINE)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        roots = {name: fetched(name, Path(folder)) for name in PACKAGES}
        keys = read(roots)
    TARGET.write_text(written(keys))
    sys.stdout.write(f"wrote {TARGET.name}: {', '.join(f'{k} {v}' for k, v in keys['versions'].items())}\n")


def written(keys: dict[str, dict[str, Any]]) -> str:
    """Return JSON with one line for each entry, so that a difference shows where it is."""
    parts = []
    for part, entries in keys.items():
        rows = [f"  {json.dumps(name)}: {json.dumps(entry, sort_keys=True)}" for name, entry in entries.items()]
        parts.append(f" {json.dumps(part)}: {{\n" + ",\n".join(rows) + "\n }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def read(roots: dict[str, Path]) -> dict[str, Any]:
    """Return versions and the shapes of responses, events, interactions and actions."""
    shared = Library()
    for name in ("@slack/types", "@slack/bolt"):
        for path in sorted((roots[name] / "dist").rglob("*.d.ts")):
            shared.add(path.read_text())
    return {
        "versions": {name: version(root) for name, root in roots.items()},
        "responses": {name: response(roots["@slack/web-api"], name) for name in sorted(methods())},
        "events": {name: shared.shape(declared) for name, declared in EVENTS.items()},
        "interactions": {name: shared.shape(declared) for name, declared in INTERACTIONS.items()},
        "actions": {name: shared.shape(declared) for name, declared in ACTIONS.items()},
    }


def response(root: Path, method: str) -> Shape:
    """Return the shape of what one method answers; each has a file of its own with all its types."""
    name = "".join(part[0].upper() + part[1:] for part in method.split(".")) + "Response"
    library = Library()
    library.add((root / "dist" / "types" / "response" / f"{name}.d.ts").read_text())
    return library.shape(name)


@dataclass
class Library:
    """Declarations by name, parsed when they are needed; the first of a name counts."""

    sources: dict[str, str] = field(default_factory=dict)

    def add(self, text: str) -> None:
        text = _COMMENT.sub("", text)
        starts = [*_DECLARED.finditer(text)]
        ends = [found.start() for found in starts[1:]] + [len(text)]
        for found, end in zip(starts, ends, strict=False):  # a file without declarations has no start, yet an end
            self.sources.setdefault(found.group(1), text[found.start() : end])

    def shape(self, name: str, above: tuple[str, ...] = ()) -> Shape:
        """Return the shape of a declaration; null for what is not declared here or contains itself."""
        if name in above or name not in self.sources:
            return None
        return Reader(self, self.sources[name], (*above, name)).declaration()


class Reader:
    """Reads one declaration."""

    def __init__(self, library: Library, text: str, above: tuple[str, ...]) -> None:
        self.library, self.above, self.blind = library, above, False
        self.tokens = [found.group("word") or found.group("sign") for found in _TOKEN.finditer(text) if found.lastgroup]
        self.at = 0

    def declaration(self) -> Shape:
        while (word := self.take()) not in {"interface", "type"}:
            pass
        self.take()
        self.skip_generics()
        if word == "type":
            self.take("=")
            return self.union()
        parents: list[Shape] = []
        while self.peek() != "{":
            self.take()
            parents.append(self.single())
        return merged([*parents, self.members()])

    def union(self) -> Shape:
        """Read `A | B`: what all of them need is needed, what only some have may be left out."""
        if self.peek() == "|":
            self.take()
        ways = [self.both()]
        while self.peek() == "|":
            self.take()
            ways.append(self.both())
        objects = [way for way in ways if isinstance(way, dict)]
        lists = [way for way in ways if isinstance(way, list)]
        return loosened(objects) if objects else lists[0] if lists else None

    def both(self) -> Shape:
        parts = [self.single()]
        while self.peek() == "&":
            self.take()
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else merged(parts)

    def single(self) -> Shape:
        shape = self.bare()
        while self.peek() == "[":
            self.take()
            if self.peek() == "]":
                shape = [shape]
            else:  # one member of another type: `X['type']`
                self.union()
                shape = None
            self.take("]")
        return shape

    def bare(self) -> Shape:
        if self.peek() == "{":
            return self.members()
        if self.peek() == "(":
            self.take()
            inner = self.union()
            self.take(")")
            return inner
        if self.peek() == "[":
            self.take()
            while self.take() != "]":
                pass
            return [None]
        return self.named()

    def named(self) -> Shape:
        name = self.take()
        while self.peek() == ".":
            self.take()
            name = self.take()
        inside: list[Shape] = []
        if self.peek() == "<":
            self.take()
            while self.peek() != ">":
                inside.append(self.union())
                if self.peek() == ",":
                    self.take()
            self.take(">")
        if name == "Record" and inside:
            return {"*": inside[-1]}
        if name == "Array" and inside:
            return [inside[0]]
        return None if self.blind else self.library.shape(name, self.above)

    def members(self) -> dict[str, Any]:
        self.take("{")
        found: dict[str, Any] = {}
        while self.peek() != "}":
            key = self.key()
            self.take(":")
            if self.peek() == "undefined":  # `subtype: undefined` says that there is none
                key = f"{key.rstrip('?')}?"
            before, self.blind = self.blind, self.blind or key.rstrip("?") in OPAQUE
            shape = self.union()
            found[key] = None if self.blind else shape
            self.blind = before
            while self.peek() in {";", ","}:
                self.take()
        self.take("}")
        return found or {"*": None}

    def key(self) -> str:
        name = self.take()
        if name == "[":
            while self.take() != "]":
                pass
            return "*"
        name = self.take() if name == "readonly" else name.strip("'\"")
        if self.peek() == "?":
            self.take()
            return f"{name}?"
        return name

    def skip_generics(self) -> None:
        if self.peek() != "<":
            return
        depth = 0
        while True:
            sign = self.take()
            depth += {"<": 1, ">": -1}.get(sign, 0)
            if not depth:
                return

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        found = self.peek()
        if not found or (wanted and found != wanted):
            raise SyntaxError(f"{wanted or 'more'} expected, {found!r} found in {self.above}")
        self.at += 1
        return found


def merged(parts: list[Shape]) -> dict[str, Any]:
    """Return all keys of all objects together; a later one replaces an earlier one of the same name."""
    together: dict[str, Any] = {}
    for part in parts:
        for key, shape in part.items() if isinstance(part, dict) else ():
            together.pop(key.rstrip("?"), None)
            together.pop(f"{key.rstrip('?')}?", None)
            together[key] = shape
    return together


def loosened(ways: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an object that is any of these: a key is needed only where every way needs it."""
    needed = set.intersection(*({key for key in way if not key.endswith("?")} for way in ways))
    whole = merged(list(ways))
    return {key if key.rstrip("?") in needed else f"{key.rstrip('?')}?": shape for key, shape in whole.items()}


if __name__ == "__main__":
    main()
