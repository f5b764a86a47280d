"""What every part of the driver needs: the hub and the thread it lives in."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from sandbox.channels import Channel
from sandbox.people import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.hub import Hub
    from sandbox.loop import LoopThread

T = TypeVar("T")
Who = Person | str
Where = Channel | str
PATIENCE = 30.0  # seconds; whoever waits in vain that long waits for nothing
LOOK_AGAIN = 0.1  # seconds: what an app does in its own house is not heard here


@dataclass(slots=True)
class Driver:
    hub: Hub
    loop: LoopThread

    def person(self, who: Who) -> Person:
        """Return a person by handle, id or themselves; raise NotOnScreenError for a stranger."""
        return self.hub.workspace.person(who)

    def channel(self, which: Where) -> Channel:
        """Return a channel by name, id or itself; raise NotOnScreenError when there is none."""
        return self.hub.workspace.channel(which)

    def until(self, look: Callable[[], T], *, seconds: float = PATIENCE) -> T:
        """Look again after everything that happens, and now and then, until something true is seen.

        Return what was seen last.

        For what an app does after its ack: `box.until(lambda: box.modal("mira"))`.
        """
        end = monotonic() + seconds
        while True:
            counted = self.hub.pulse.count
            seen = look()
            left = end - monotonic()
            if seen or left <= 0:
                return seen
            self.loop.run(self.hub.pulse.next(counted, min(left, LOOK_AGAIN)))
