"""Bad days on purpose, from the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.faults import KINDS
from sandbox.page.refusals import bad

if TYPE_CHECKING:
    from sandbox.page.asked import Asked

LONGEST_WAIT = 60  # seconds
MOST_TIMES = 100


async def show(asked: Asked) -> dict[str, Any]:
    """Return the faults still to come and how often each has struck."""
    waiting = [one for one in asked.hub.faults.waiting if one.times is None or one.struck < one.times]
    shown = [{"method": one.method, "kind": one.kind, "times": one.times, "struck": one.struck} for one in waiting]
    return {"faults": shown, "connections": len(asked.hub.sockets.links)}


async def add(asked: Asked) -> dict[str, Any]:
    """Put a fault on the next calls of a method (`*`: any); `disconnect` closes the app's connections at once."""
    kind, method = asked.text("kind"), asked.text("method", "*")
    if kind == "disconnect":
        await asked.hub.sockets.disconnect()
    elif kind not in KINDS:
        raise bad("There is no such fault.")
    elif method not in {*asked.hub.methods, "response_url", "*"}:
        raise bad("There is no such method.")
    else:
        seconds = asked.number("seconds", 5, LONGEST_WAIT)
        times = max(1, asked.number("times", 1, MOST_TIMES))
        asked.hub.faults.add(method=method, kind=kind, times=times, retry_after=max(1, seconds), seconds=float(seconds))
    asked.hub.pulse.beat()
    return await show(asked)


async def clear(asked: Asked) -> dict[str, Any]:
    asked.hub.faults.clear()
    asked.hub.pulse.beat()
    return await show(asked)
