"""An app of a few lines that answers as a test tells it to, and screens with everything Block Kit has."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

from sandbox import Sandbox
from sandbox.blockkit import with_ids
from sandbox.screens import definition, stack_modal
from tests.patience import PATIENCE

Json = dict[str, Any]


class App:
    """Remembers every payload; `answers` are the bodies by kind of payload, or functions of it.

    `may_answer` holds them back.
    """

    def __init__(self) -> None:
        self.told: list[Json] = []
        self.answers: dict[str, Json | Callable[[Json], Json]] = {}
        self.may_answer = threading.Event()
        self.may_answer.set()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        payload = json.loads(parse_qs(raw)["payload"][0]) if raw.startswith("payload=") else {"type": "other"}
        self.told.append(payload)
        self.may_answer.wait(PATIENCE)
        found = self.answers.get(payload["type"])
        answer = found(payload) if callable(found) else found
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()] if answer else [b""]

    def actions(self) -> list[Json]:
        """Return what was pressed or chosen, in order."""
        return [payload["actions"][0] for payload in self.told if payload["type"] == "block_actions"]

    def asked(self) -> list[str]:
        """Return what was typed into external selects, as far as the app was asked."""
        return [payload["value"] for payload in self.told if payload["type"] == "block_suggestion"]

    def state(self) -> Json:
        """Return what stood in the message at the last press, by action id."""
        values = [one for one in self.told if one["type"] == "block_actions"][-1]["state"]["values"]
        return {action: entry for fields in values.values() for action, entry in fields.items()}

    def values(self) -> Json:
        """Return the fields of the last submitted form, one entry per block."""
        state = [one for one in self.told if one["type"] == "view_submission"][-1]["view"]["state"]["values"]
        return {block: next(iter(fields.values())) for block, fields in state.items()}


def post(box: Sandbox, blocks: list[Json], who: str = "mira") -> None:
    """Let the app write to somebody."""
    town, person = box.hub.workspace, box.person(who)
    shown = with_ids(blocks, lambda: town.ids.new("b"))
    box.loop.read(lambda: town.post(town.dm([person.id]), town.bot, "a message", blocks=shown))


def show(box: Sandbox, view: Json) -> None:
    """Put a modal on Mira's screen."""
    town, mira = box.hub.workspace, box.person("mira")
    box.loop.read(lambda: stack_modal(town, mira.id, definition(town, view, "modal")))


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": words(text), "value": text.lower()}


LETTERS = ["Alpha", "Beta", "Gamma"]
ASKING = {"title": words("Really?"), "text": words("No way back."), "confirm": words("Do it"), "deny": words("Not now")}
MRKDWN = (
    "*bold* _italic_ ~strike~ `code *x*` snake_case_word 2*3*4 :tada: :nothing:\n"
    "&gt; quoted\n<@{user}> <https://example.com/?a=1&amp;b=2|the guide> <javascript:alert(1)|bad> "
    "<!date^1793606400^{{date_num}} {{time}}|later> &lt;b&gt;\n```\n*not bold*\n```"
)


def everything(user: str) -> list[Json]:
    """Return a message with every kind of block that Slack draws in messages."""
    letters = [option(one) for one in LETTERS]
    rich = {"type": "rich_text_section", "elements": [{"type": "text", "text": "rich", "style": {"bold": True}}]}
    return [
        {"type": "header", "text": words("A header :seedling:")},
        {"type": "section", "block_id": "text", "text": {"type": "mrkdwn", "text": MRKDWN.format(user=user)}},
        {"type": "section", "fields": [words("left"), words("right")]},
        _section("menu", {"type": "overflow", "options": letters[:2], "confirm": ASKING}),
        _section("select", {"type": "static_select", "options": letters, "placeholder": words("A letter")}),
        {"type": "divider"},
        {"type": "context", "elements": [words("context")]},
        {
            "type": "actions",
            "block_id": "acts",
            "elements": [
                {"type": "button", "action_id": "go", "text": words("Go"), "value": "1", "style": "primary"},
                {"type": "button", "action_id": "risk", "text": words("Risk"), "style": "danger", "confirm": ASKING},
                {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-09"},
                {"type": "checkboxes", "action_id": "ticks", "options": letters},
                {"type": "radio_buttons", "action_id": "one", "options": letters},
            ],
        },
        {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "a chart"},
        {"type": "rich_text", "elements": [rich, {"type": "rich_text_list", "style": "bullet", "elements": [rich]}]},
    ]


def _section(name: str, accessory: Json) -> Json:
    return {"type": "section", "block_id": name, "text": words(name), "accessory": accessory | {"action_id": name}}


def form(title: str = "A form", **elements: Json) -> Json:
    """Return a modal with one input per element, named like it."""
    return {
        "type": "modal",
        "title": words(title),
        "submit": words("Send"),
        "close": words("Leave"),
        "blocks": [
            {"type": "input", "block_id": name, "label": words(name), "element": element | {"action_id": name}}
            for name, element in elements.items()
        ],
    }
