"""A stand-in Slack without an app, asked as its page asks, without a browser."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from typing import Any

from sandbox import Sandbox
from tests.patience import PATIENCE

START = datetime(2026, 11, 5, 8, 30, tzinfo=UTC)  # a Thursday, 9:30 in Berlin

MANIFEST = {
    "features": {
        "slash_commands": [{"command": "/tandem", "description": "Yours", "usage_hint": "help | join"}],
        "shortcuts": [{"name": "Note", "type": "global", "callback_id": "note_new", "description": "Write"}],
    }
}


class BareTown:
    """A stand-in Slack without an app, with a clock that only the page moves."""

    def __init__(self) -> None:
        self.now = START
        self._open: list[HTTPConnection | HTTPResponse] = []
        self.box = Sandbox.start(lambda: self.now)
        self.box.page.manifest = MANIFEST
        for handle in ("mira", "jonas"):
            self.box.add_person(handle)
        self.box.add_person("raj", zone="Asia/Kolkata")
        self.box.add_person("gone", deleted=True)

    def move_to(self, moment: datetime) -> None:
        self.now = moment

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Send one request as the page's own script would; `headers` replace its headers."""
        response = self.respond(method, path, body, **headers)
        text = response.read()
        return response.status, json.loads(text) if response.headers.get_content_type() == "application/json" else text

    def respond(self, method: str, path: str, body: Any = None, **headers: str) -> HTTPResponse:
        host = self.box.page_url.removeprefix("http://").removesuffix("/")
        own = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/json"}
        connection = HTTPConnection(host, timeout=PATIENCE)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        sent = {name: value for name, value in (own | headers).items() if value}
        connection.request(method, path, raw, sent)
        response = connection.getresponse()
        self._open += [response, connection]
        return response

    def close(self) -> None:
        for one in self._open:
            one.close()
        self.box.stop()

    def get(self, path: str) -> Any:
        status, body = self.ask("GET", f"/page/api/{path}")
        assert status == 200, body
        return body

    def post(self, path: str, **body: Any) -> tuple[int, Any]:
        return self.ask("POST", f"/page/api/{path}", body)

    def dm(self, who: str) -> str:
        return str(self.get(f"conversations?as={who}")["dm"])
