"""A stand-in Slack on a clock moved by hand, and a real Bolt app before it, over both transports."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def over_http(box: Sandbox, app: App) -> Iterator[None]:
    with make_server("127.0.0.1", 0, SlackRequestHandler(app), Threaded, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        box.use_http(f"http://127.0.0.1:{server.server_port}/slack/events")
        yield
        server.shutdown()
        thread.join()


@contextmanager
def over_socket(box: Sandbox, app: App, aside: ThreadPoolExecutor) -> Iterator[None]:
    handler = SocketModeHandler(app, box.app_token)
    handler.client.web_client = WebClient(box.app_token, base_url=box.api_url, retry_handlers=[])
    handler.client.connect()
    assert box.wait_connected()
    yield
    handler.client.auto_reconnect_enabled = False
    aside.submit(handler.close)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def form(title: str = "Note", **more: Any) -> dict[str, Any]:
    text = {"type": "plain_text_input", "action_id": "v", "max_length": 20}
    options = [{"text": plain(name.title()), "value": name} for name in ("writing", "speaking")]
    many = {"type": "multi_static_select", "action_id": "v", "options": options, "max_selected_items": 1}
    found = {"type": "multi_external_select", "action_id": "v", "min_query_length": 2}
    date = {"type": "datepicker", "action_id": "v"}
    fields = {"note": text, "skills": many, "wants": found, "until": date}
    blocks = [
        {"type": "input", "block_id": name, "label": plain(name), "element": element, "optional": name != "note"}
        for name, element in fields.items()
    ]
    more_button = {"type": "button", "action_id": "more", "text": plain("More"), "value": "1"}
    blocks.append({"type": "actions", "block_id": "extra", "elements": [more_button]})
    frame = {"type": "modal", "callback_id": "note", "title": plain(title), "submit": plain("Keep")}
    return frame | {"blocks": blocks} | more


def buttons() -> list[dict[str, Any]]:
    rows = [{"type": "button", "action_id": "cheer", "text": plain(name), "value": name} for name in ("one", "two")]
    menu = {"type": "overflow", "action_id": "menu", "options": [{"text": plain("Later"), "value": "later"}]}
    return [
        {"type": "actions", "block_id": "first", "elements": rows[:1]},
        {"type": "actions", "block_id": "second", "elements": [rows[1] | {"action_id": "cheer"}, menu]},
    ]


def opens(app: App, view: dict[str, Any]) -> None:
    @app.command("/tandem")
    def show(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()


def refused(call: Any, **arguments: Any) -> dict[str, Any]:
    """Return the body of the refusal; fails when Slack does what it is asked."""
    try:
        call(**arguments)
    except SlackApiError as caught:
        body = caught.response.data
        assert isinstance(body, dict)
        return body
    raise AssertionError("this should have been refused")


def error_of(call: Any, **arguments: Any) -> str:
    """Return the error's name, empty when Slack does what it is asked."""
    try:
        call(**arguments)
    except SlackApiError as caught:
        return str(caught.response["error"])
    return ""


def dm(slack: WebClient, box: Sandbox, *handles: str) -> str:
    users = [box.person(handle).id for handle in handles]
    return str(slack.conversations_open(users=users)["channel"]["id"])
