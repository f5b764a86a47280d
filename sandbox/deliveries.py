"""What goes to the app: every delivery with its attempts and the answers to them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from sandbox.pulse import Pulse

if TYPE_CHECKING:
    from datetime import datetime

ATTEMPTS = 4  # the first and Slack's three retries
ACK_SECONDS = 3.0
REASONS = {0: "connection_failed", 408: "http_timeout"}


@dataclass(slots=True)
class Reply:
    """The app's answer: HTTP status (200 for a Socket Mode ack, 0 when nobody was there), body and time-out."""

    status: int
    body: Any = None
    timed_out: bool = False


@dataclass(slots=True)
class Delivery:
    """One event, command or interaction on its way to the app; `readers` see what the answer shows."""

    kind: str  # events_api, slash_commands, interactive
    payload: dict[str, Any]
    at: datetime
    readers: frozenset[str] = frozenset()
    answers: list[Reply] = field(default_factory=list)
    attempts: int = 0
    patience: float = ACK_SECONDS  # real seconds to wait for the answer
    sent: Any = None  # the exact bytes and headers, or the exact envelope, of the last attempt

    @property
    def may_be_answered(self) -> bool:
        """Whether the ack may carry an answer: that of an event is only an ack."""
        return self.kind != "events_api"

    @property
    def settled(self) -> bool:
        return any(answer.status == 200 for answer in self.answers)  # noqa: PLR2004 - HTTP's own number

    @property
    def retry_reason(self) -> str:
        last = self.answers[-1].status if self.answers else 0
        return REASONS.get(last, "http_error")


class Transport(Protocol):
    """A way to the app."""

    async def send(self, delivery: Delivery) -> Reply:
        """Send once and wait for the answer, as long as the delivery's patience lasts."""

    async def repeat(self, delivery: Delivery) -> Reply:
        """Send exactly the bytes of the last attempt again."""

    async def close(self) -> None: ...


@dataclass(slots=True)
class Courier:
    """Delivers and remembers; events that were not answered with 200 may be tried again."""

    transport: Transport
    pulse: Pulse
    patience: float = ACK_SECONDS
    history: list[Delivery] = field(default_factory=list)
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def deliver(self, delivery: Delivery) -> Reply:
        self.history.append(delivery)
        delivery.patience = self.patience
        return await self._attempt(delivery)

    async def redeliver(self, *, everything: bool = False) -> list[Delivery]:
        """Try unanswered events again; with `everything` also commands and interactions, which Slack never repeats."""
        async with self._busy:
            waiting = [one for one in self.history if self._may_retry(one, everything=everything)]
            for delivery in waiting:
                await self._attempt(delivery)
            return waiting

    async def replay(self, delivery: Delivery, times: int) -> list[Reply]:
        return [await self.transport.repeat(delivery) for _ in range(times)]

    async def _attempt(self, delivery: Delivery) -> Reply:
        delivery.attempts += 1
        reply = Reply(0, "cancelled")
        try:
            reply = await self.transport.send(delivery)
        finally:
            delivery.answers.append(reply)
            self.pulse.beat()
        return reply

    @staticmethod
    def _may_retry(delivery: Delivery, *, everything: bool) -> bool:
        kind = everything or delivery.kind == "events_api"
        return kind and not delivery.settled and 0 < delivery.attempts == len(delivery.answers) < ATTEMPTS
