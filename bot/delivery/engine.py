"""Who runs deliveries: the port, and the engine that looks for itself.

The outbox is the truth for every engine; an engine only decides which process looks at which row, and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from bot.delivery.deliver import Delivery


class Engine(Protocol):
    """Runs the deliveries of one process."""

    def start(self) -> None:
        """Begin to deliver whatever comes without being asked."""

    def deliver(self) -> int:
        """Deliver what is ready, one batch of each workspace; return how many messages were worked on."""
        ...

    def reap(self) -> int:
        """Take over what dead processes left; return how many messages."""
        ...

    def stop(self) -> None:
        """Begin nothing any more; finish or give back what was begun."""

    def let_go(self) -> int:
        """Leave to others what does not end in time; return how many messages."""
        ...


class LocalEngine:
    """Looks for ready rows itself, a batch at a time: the engine for SQLite, and for a clock that is moved by hand.

    Workspaces do not wait for each other: each has its own pace and its own thread.
    """

    def __init__(self, deliveries: Sequence[Delivery]) -> None:
        self._deliveries = deliveries

    def start(self) -> None:
        """Nothing to begin: the ticks call ``deliver``."""

    def deliver(self) -> int:
        if len(self._deliveries) == 1:
            return self._deliveries[0].run()
        with ThreadPoolExecutor(len(self._deliveries), "workspace") as pool:
            return sum(pool.map(Delivery.run, self._deliveries))

    def reap(self) -> int:
        return sum(delivery.reap() for delivery in self._deliveries)

    def stop(self) -> None:
        for delivery in self._deliveries:
            delivery.stop()

    def let_go(self) -> int:
        return sum(delivery.let_go() for delivery in self._deliveries)
