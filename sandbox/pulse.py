"""A heartbeat: it beats whenever something happened, so that others can wait without polling."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pulse:
    count: int = 0
    _waiting: list[asyncio.Future[None]] = field(default_factory=list)

    def beat(self) -> None:
        self.count += 1
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def next(self, seen: int, seconds: float) -> None:
        """Wait for a beat after the one counted `seen`, at most that many seconds."""
        if self.count != seen:
            return
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        await asyncio.wait([future], timeout=max(0.0, seconds))
