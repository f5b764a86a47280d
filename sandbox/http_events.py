"""Signed HTTP to the app: one URL for events, commands and interactions."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.deliveries import ACK_SECONDS, Delivery, Reply

FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class HttpEvents:
    """Posts to the app's URL, signed with the wall clock's time as Slack does."""

    url: str
    signing_secret: str
    _session: aiohttp.ClientSession | None = None

    async def send(self, delivery: Delivery) -> Reply:
        body, content_type = encoded(delivery)
        headers = {"Content-Type": content_type, **signature(self.signing_secret, body, int(time.time()))}
        if delivery.attempts > 1:
            headers["X-Slack-Retry-Num"] = str(delivery.attempts - 1)
            headers["X-Slack-Retry-Reason"] = delivery.retry_reason
        delivery.sent = (body, headers)
        return await self.post(body, headers, delivery.patience)

    async def repeat(self, delivery: Delivery) -> Reply:
        body, headers = delivery.sent
        return await self.post(body, headers, delivery.patience)

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def post(self, body: bytes, headers: dict[str, str], patience: float = ACK_SECONDS) -> Reply:
        """Post these bytes and return the answer; 408 after that many seconds, 0 when nobody listens."""
        limit = aiohttp.ClientTimeout(total=patience)
        session = self._opened()
        try:
            async with session.post(
                self.url, data=body, headers=headers, allow_redirects=False, timeout=limit
            ) as answer:
                return Reply(answer.status, readable(await answer.text(), answer.content_type))
        except TimeoutError:
            return Reply(408, timed_out=True)
        except aiohttp.ClientError as error:
            return Reply(0, type(error).__name__)

    def _opened(self) -> aiohttp.ClientSession:
        """Return a session that keeps no connection: an app that was started anew must not be missed for an old one."""
        if not self._session:
            connector = aiohttp.TCPConnector(force_close=True)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session

    async def verify(self, token: str) -> bool:
        """Send `url_verification` and say whether the app gave the challenge back."""
        challenge = hashlib.sha256(token.encode()).hexdigest()
        body = json.dumps({"type": "url_verification", "token": token, "challenge": challenge}).encode()
        headers = {"Content-Type": "application/json", **signature(self.signing_secret, body, int(time.time()))}
        reply = await self.post(body, headers)
        answered = reply.body.get("challenge") if isinstance(reply.body, dict) else reply.body
        return bool(reply.status == 200 and answered == challenge)  # noqa: PLR2004 - HTTP's own number


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """Return the body in the form Slack uses for this kind, and its content type."""
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), FORM
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}).encode(), FORM
    return json.dumps(delivery.payload).encode(), "application/json"


def signature(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """Return the two headers that sign the body at that moment (seconds since 1970)."""
    signed = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={signed}"}


def readable(text: str, content_type: str) -> Any:
    """Return JSON read, any other text as it is, and None for an empty answer."""
    if not text:
        return None
    if content_type != "application/json":
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
