"""Looking inside: what the app called, what was sent to it, and how both ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.page.refusals import RefusedError

if TYPE_CHECKING:
    from sandbox.calls import Call
    from sandbox.deliveries import Delivery
    from sandbox.page.asked import Asked

MOST = 200


async def show(asked: Asked) -> dict[str, Any]:
    """Return the newest calls, oldest first, each with its number."""
    return {"calls": [_line(number, one) for number, one in _newest(asked.hub.calls)]}


async def one(asked: Asked) -> dict[str, Any]:
    """Return one call with everything that was said."""
    number = asked.request.match_info["number"]
    call: Call = _numbered(asked.hub.calls, number)
    return _line(int(number), call) | {"args": call.args, "response": call.response}


def _line(number: int, call: Call) -> dict[str, Any]:
    return {
        "number": number,
        "method": call.method,
        "at": call.at.isoformat(),
        "status": call.status,
        "ok": bool(call.response.get("ok")) and not call.fault,
        "error": call.response.get("error", ""),
        "fault": call.fault,
        "done": call.done,
        "readers": sorted(call.readers),
    }


async def deliveries(asked: Asked) -> dict[str, Any]:
    return {"deliveries": [_sent(number, one) for number, one in _newest(asked.hub.courier.history)]}


async def delivery(asked: Asked) -> dict[str, Any]:
    """Return one delivery with its payload and every answer to it."""
    number = asked.request.match_info["number"]
    found: Delivery = _numbered(asked.hub.courier.history, number)
    answers = [{"status": one.status, "body": one.body, "timed_out": one.timed_out} for one in found.answers]
    return _sent(int(number), found) | {"args": found.payload, "response": answers}


def _sent(number: int, delivery: Delivery) -> dict[str, Any]:
    last = delivery.answers[-1].status if delivery.answers else None
    return {
        "number": number,
        "method": named(delivery),
        "at": delivery.at.isoformat(),
        "status": last,
        "ok": delivery.settled,
        "error": "" if delivery.settled or last is None else delivery.retry_reason,
        "attempts": delivery.attempts,
        "readers": sorted(delivery.readers),
    }


def named(delivery: Delivery) -> str:
    """Return what was sent in one word: the command, the kind of interaction or of event."""
    payload = delivery.payload
    if delivery.kind == "slash_commands":
        return str(payload.get("command"))
    return str(payload.get("event", payload).get("type"))


def _newest(things: list[Any]) -> list[tuple[int, Any]]:
    start = max(0, len(things) - MOST)
    return list(enumerate(things))[start:]


def _numbered(things: list[Any], number: str) -> Any:
    if not (number.isascii() and number.isdigit() and int(number) < len(things)):
        raise RefusedError(404, "not_found", "There is no entry of that number.")
    return things[int(number)]
