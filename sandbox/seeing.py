"""What people see, and what went over the line."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from sandbox.driver import PATIENCE, Driver, Where, Who
from sandbox.http_events import HttpEvents
from sandbox.modals import Modals

if TYPE_CHECKING:
    from sandbox.calls import Call
    from sandbox.deliveries import Delivery, Reply, Transport
    from sandbox.files import File
    from sandbox.messages import Message
    from sandbox.surfaces import View


class Seeing(Driver):
    """The part of the driver that only looks, and the one that handles the line to the app. All results are copies."""

    __slots__ = ()

    def modal(self, who: Who) -> View | None:
        """Return the modal in front of the person."""
        person = self.person(who)
        return self.loop.read(lambda: copy.deepcopy(Modals(self.hub).top(person)))

    def home(self, who: Who) -> View | None:
        """Return the home tab as last published for the person."""
        person = self.person(who)
        return self.loop.read(lambda: copy.deepcopy(self.hub.workspace.homes.get(person.id)))

    def messages(self, who: Who) -> list[Message]:
        """Return what the person can read in their conversations, ephemeral messages to them included, oldest first."""
        person = self.person(who)
        return self.loop.read(lambda: [one.copy() for one in self.hub.workspace.visible_to(person)])

    def channel_messages(self, channel: Where) -> list[Message]:
        """Return what everybody in the channel can read, oldest first."""
        place, town = self.channel(channel), self.hub.workspace
        return self.loop.read(
            lambda: [one.copy() for one in town.messages if one.channel is place and not one.ephemeral]
        )

    def files(self, who: Who) -> list[File]:
        """Return the files the person can open, oldest first."""
        person = self.person(who)
        return self.loop.read(lambda: [copy.deepcopy(one) for one in self.hub.workspace.files.visible_to(person)])

    def download(self, who: Who, file_id: str) -> bytes:
        """Return the content of a file; raise NotOnScreenError when the person cannot see it."""
        person = self.person(who)
        return self.loop.read(lambda: self.hub.workspace.files.visible(person, file_id).content or b"")

    @property
    def calls(self) -> list[Call]:
        """Everything the app called, refused calls included, oldest first."""
        return self.loop.read(lambda: list(self.hub.calls))

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything that was sent to the app, oldest first."""
        return self.loop.read(lambda: list(self.hub.courier.history))

    @property
    def connections(self) -> int:
        """How many Socket Mode connections are open."""
        return len(self.hub.sockets.links)

    def use_http(self, events_url: str) -> None:
        """Send everything as signed HTTP to this URL from now on."""
        self._send_by(HttpEvents(events_url, self.hub.tokens.signing_secret))

    def use_sockets(self) -> None:
        """Send everything down the app's Socket Mode connections, as at the start."""
        self._send_by(self.hub.sockets)

    def verify_url(self) -> bool:
        """Send `url_verification` to the URL of `use_http` and say whether the app answered the challenge."""
        transport = self.hub.courier.transport
        if not isinstance(transport, HttpEvents):
            raise TypeError("only an app that is reached by HTTP has a URL to verify")
        return self.loop.run(transport.verify(self.hub.tokens.verification))

    def redeliver_pending(self, *, everything: bool = False) -> list[Delivery]:
        """Try unanswered events again at once, three times at most as Slack does; return what was tried.

        With `everything` commands and interactions too, which Slack itself never repeats.
        """
        return self.loop.run(self.hub.courier.redeliver(everything=everything))

    def replay(self, delivery: Delivery, times: int = 1) -> list[Reply]:
        """Send exactly the same signed bytes (or envelope) again."""
        return self.loop.run(self.hub.courier.replay(delivery, times))

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Send a disconnect frame down all Socket Mode connections and close them; after a `warning` they stand."""
        self.loop.run(self.hub.sockets.disconnect(reason))

    def hang_up(self) -> None:
        """Cut all Socket Mode connections without a word."""
        self.loop.run(self.hub.sockets.close())

    def wait_connected(self, connections: int = 1, *, seconds: float = PATIENCE) -> bool:
        """Wait until the app has that many Socket Mode connections open; False when it took too long."""
        return self.until(lambda: self.connections >= connections, seconds=seconds)

    def _send_by(self, transport: Transport) -> None:
        before, self.hub.courier.transport = self.hub.courier.transport, transport
        if before is not transport:
            self.loop.run(before.close())
