"""The load: signed slash commands over a number of kept connections, each sent when the one before it was answered.

A process of its own: reads one JSON object (see `Order`) from standard input, writes `{"took": …, "seconds": […]}`.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Order:
    """``count`` requests over ``connections`` to ``port``; ``form`` is the command, ``run`` makes its triggers new.

    Every answer must hold ``expects``: "not saved" is answered with 200 as well.
    """

    port: int
    secret: str
    connections: int
    count: int
    form: dict[str, str]
    run: str
    expects: str


def requests(order: Order) -> list[bytes]:
    """Return every request as it goes over the line, signed now, each with a trigger of its own."""
    return [_request(order, number) for number in range(order.count)]


def _request(order: Order, number: int) -> bytes:
    body = urlencode(order.form | {"trigger_id": f"{order.run}.{number}"}).encode()
    now = str(int(time.time()))
    signed = hmac.new(order.secret.encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1:{order.port}\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: v0={signed}\r\n\r\n"
    )
    return head.encode() + body


async def fire(order: Order) -> tuple[float, list[float]]:
    """Send everything; return the seconds it took in all and each request. Raises RuntimeError on a wrong answer."""
    waiting = requests(order)
    lines = [await asyncio.open_connection("127.0.0.1", order.port) for _ in range(order.connections)]
    start = time.perf_counter()
    rounds = await asyncio.gather(*(_talk(*line, waiting, order.expects.encode()) for line in lines))
    took = time.perf_counter() - start
    for _, writer in lines:
        writer.close()
    return took, [seconds for one in rounds for seconds in one]


async def _talk(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, waiting: list[bytes], expects: bytes
) -> list[float]:
    seconds = []
    while waiting:
        request = waiting.pop()
        start = time.perf_counter()
        writer.write(request)
        answer = await _answer(reader)
        if expects not in answer:
            raise RuntimeError(answer.decode())
        seconds.append(time.perf_counter() - start)
    return seconds


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"content-length:" in head:
        return await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
    parts = []
    while (size := await reader.readuntil(b"\r\n")) != b"0\r\n":  # chunked
        parts.append(await reader.readexactly(int(size, 16)))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


def main() -> None:
    took, seconds = asyncio.run(fire(Order(**json.load(sys.stdin))))
    json.dump({"took": took, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
