"""The town: the real bot, the stand-in Slack and one clock for both.

Used by the scenario tests and the story. People act through the stand-in Slack, the clock is moved by hand,
and the bot's ticks are called, never waited for.
"""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Literal

from bot import bootstrap
from bot.bootstrap import Tandem
from bot.clock.clock import DemoClock
from bot.config import Settings
from demo.web_server import WebServer
from sandbox import Answer, Message, Sandbox, View

Transport = Literal["socket", "http"]
A_DAY = timedelta(days=1)
STEPS_AT_MOST = 5_000
ROOM = "tandem-owners"


class Town:
    """A running town. ``who`` is always a person's handle."""

    def __init__(self, box: Sandbox, clock: DemoClock, settings: Settings, transport: Transport) -> None:
        self.box = box
        self.clock = clock
        self.settings = settings
        self.transport: Transport = transport
        self.tandem: Tandem
        self._web: WebServer | None = None
        self._socket: Any = None
        self.start_bot()

    def start_bot(self) -> None:
        """Bring the bot up and connect it."""
        self.tandem = bootstrap.build(self.settings, self.clock.now)
        if self.transport == "http":
            self._web = WebServer(bootstrap.wsgi_app(self.tandem))
            self.box.use_http(f"{self._web.url}/slack/events")
            return
        self.box.use_sockets()
        self._socket = bootstrap.socket_handler(self.tandem)
        self._socket.connect()
        if not self.box.wait_connected():
            raise TimeoutError("the bot did not connect to the stand-in Slack")

    def stop_bot(self) -> None:
        """Take the bot down; the database and Slack stay."""
        if self._socket:
            self._socket.close()
            self._socket = None
        if self._web:
            self._web.stop()
            self._web = None
        self.tandem.stop()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def says(self, who: str, line: str, channel: str | None = None) -> Answer:
        """Have somebody type a slash command, e.g. ``/tandem note done``; the answer may have followed its ack."""
        command, _, text = line.partition(" ")
        before = len(self.box.messages(who))
        answer = self._rested(self.box.command(who, command, text, channel))
        for message in self.box.messages(who)[before:]:
            if message.ephemeral:
                answer.message, answer.text, answer.blocks = message, message.text, message.blocks
        return answer

    def clicks(self, who: str, message: Message, action: str, value: str | None = None) -> Answer:
        """Have somebody click a button of a message."""
        return self._rested(self.box.click(who, message, action, value=value))

    def clicks_home(self, who: str, action: str, value: str | None = None) -> Answer:
        return self._rested(self.box.click_home(who, action, value=value))

    def submits(self, who: str, values: dict[str, Any]) -> Answer:
        """Have somebody fill the open form and send it."""
        return self._rested(self.box.submit(who, values))

    def opens_home(self, who: str) -> View | None:
        """Have somebody open the home tab; return what they see."""
        self._rested(self.box.open_home(who))
        return self.box.home(who)

    def changes(self, who: str, **facts: Any) -> Answer:
        """Change what Slack knows of somebody, such as the status."""
        return self._rested(self.box.change_person(who, **facts))

    def writes(self, who: str, text: str) -> Answer:
        """Have somebody write in their DM with the bot."""
        return self._rested(self.box.say(who, text))

    def _rested(self, answer: Answer) -> Answer:
        if not self.tandem.follow_ups.wait():
            raise TimeoutError("the bot's follow-up work did not end")
        return answer

    def deliver(self) -> None:
        """Run the ticks for this very moment."""
        self.tandem.ticks.plan()
        self.tandem.ticks.send()

    def travel_to(self, moment: datetime) -> None:
        """Move the clock to ``moment``, stopping wherever something is due on the way."""
        for _ in range(STEPS_AT_MOST):
            self.deliver()
            due = self.tandem.ticks.next_moment()
            step = min(due, self.now + A_DAY) if due and due > self.now else self.now + A_DAY
            if step >= moment:
                break
            self.clock.move_to(step)
        self.clock.move_to(moment)
        self.deliver()

    def travel(self, by: timedelta) -> None:
        self.travel_to(self.now + by)


def play_settings(
    box: Sandbox, database_url: str, transport: Transport, *, keys: str = "", **programme: Any
) -> Settings:
    """Return settings that point the bot at the stand-in Slack, with a fresh key if none is given."""
    return Settings(
        slack={
            "mode": transport,
            "bot_token": box.bot_token,
            "app_token": box.app_token,
            "signing_secret": box.signing_secret,
            "api_url": box.api_url,
        },
        database={"url": database_url},
        security={"keys": keys or f"town:{b64encode(secrets.token_bytes(32)).decode()}"},
        programme=programme,
    )


@contextmanager
def open_town(database_url: str, start: datetime, transport: Transport = "socket", **programme: Any) -> Iterator[Town]:
    """Open a town at ``start`` on an empty or migrated database; leaving the block closes it."""
    clock = DemoClock(start)
    with Sandbox.start(clock.now) as box:
        town = Town(box, clock, play_settings(box, database_url, transport, **programme), transport)
        try:
            yield town
        finally:
            town.stop_bot()
