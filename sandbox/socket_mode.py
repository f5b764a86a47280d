"""Socket Mode: web sockets the app opens, envelopes down them, acks back up."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from sandbox.deliveries import Delivery, Reply
from sandbox.errors import SlackError
from sandbox.pulse import Pulse

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

MOST_LINKS = 10
HOST = "sandbox"
WARNING = "warning"


@dataclass(slots=True)
class SocketMode:
    """The open connections of one app; each envelope goes to one of them, in turn."""

    app_id: str
    pulse: Pulse
    connected: Callable[[], Awaitable[object]]
    started: str = ""  # when the stand-in was started, as `hello` says it
    links: list[web.WebSocketResponse] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _turn: itertools.count[int] = field(default_factory=itertools.count)
    _waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Any]]] = field(default_factory=dict)

    def ticket(self) -> str:
        name = secrets.token_urlsafe(16)
        self._tickets.add(name)
        return name

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer the app's `GET /link/`: one ticket opens one connection."""
        name = request.query.get("ticket", "")
        if name not in self._tickets:
            return web.json_response(SlackError("invalid_auth").body(), status=401)
        self._tickets.discard(name)
        link = web.WebSocketResponse()
        await link.prepare(request)
        if len(self.links) >= MOST_LINKS:
            await link.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {"host": HOST}})
            await link.close()
            return link
        await self._talk(link)
        return link

    async def send(self, delivery: Delivery) -> Reply:
        envelope: dict[str, Any] = {
            "envelope_id": str(uuid.uuid4()),
            "type": delivery.kind,
            "accepts_response_payload": delivery.may_be_answered,
            "payload": delivery.payload,
        }
        if delivery.kind == "events_api":
            retry = delivery.attempts - 1
            envelope |= {"retry_attempt": retry, "retry_reason": delivery.retry_reason if retry else ""}
        delivery.sent = envelope
        return await self._exchange(envelope, delivery.patience)

    async def repeat(self, delivery: Delivery) -> Reply:
        return await self._exchange(delivery.sent, delivery.patience)

    async def close(self) -> None:
        for link in list(self.links):
            await link.close()

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, as Slack does every few hours, and close the old connections.

        After a `warning` they stand: Slack gives the app some ten seconds to connect beside them.
        """
        for link in list(self.links):
            await link.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}})
            if reason != WARNING:
                await link.close()

    async def _talk(self, link: web.WebSocketResponse) -> None:
        self.links.append(link)
        self.pulse.beat()
        await link.send_json(
            {
                "type": "hello",
                "num_connections": len(self.links),
                "debug_info": {
                    "host": HOST,
                    "started": self.started,
                    "build_number": 1,
                    "approximate_connection_time": 18060,
                },
                "connection_info": {"app_id": self.app_id},
            }
        )
        greeting = asyncio.ensure_future(self.connected())
        try:
            async for message in link:
                if message.type is WSMsgType.TEXT:
                    self._hear(message)
        finally:
            self.links.remove(link)
            self._lost(link)
            greeting.cancel()
            self.pulse.beat()

    def _hear(self, message: Any) -> None:
        try:
            said = message.json()
        except ValueError:
            return
        name = said.get("envelope_id") if isinstance(said, dict) else None
        _, waiting = self._waiting.get(str(name), (None, None))
        if waiting and not waiting.done():
            waiting.set_result(said.get("payload"))

    def _lost(self, link: web.WebSocketResponse) -> None:
        for held_by, waiting in self._waiting.values():
            if held_by is link and not waiting.done():
                waiting.set_exception(ConnectionError())

    async def _exchange(self, envelope: dict[str, Any], patience: float) -> Reply:
        if not self.links:
            return Reply(0, "not_connected")
        link = self.links[next(self._turn) % len(self.links)]
        answer = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = (link, answer)
        try:
            await link.send_json(envelope)
            return Reply(200, await asyncio.wait_for(answer, patience))
        except TimeoutError:
            return Reply(408, timed_out=True)
        except ConnectionError:
            return Reply(0, "connection_lost")
        finally:
            del self._waiting[envelope["envelope_id"]]
