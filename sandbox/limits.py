"""Rate limits: a bucket of permits per method and one per channel for posting."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.errors import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
POSTS_PER_MINUTE = 240
_MINUTE = 60.0


@dataclass(slots=True)
class Stopwatch:
    """Seconds gone by since the start, by the wall or by the moved clock, whichever went further at each look."""

    now: Callable[[], datetime]
    gone: float = 0.0
    _seen: tuple[float, float] | None = None

    def read(self) -> float:
        here = (time.monotonic(), self.now().timestamp())
        if self._seen:
            self.gone += max(here[0] - self._seen[0], here[1] - self._seen[1], 0.0)
        self._seen = here
        return self.gone


@dataclass(slots=True)
class Bucket:
    """Permits up to `size`, coming back at `per_second`."""

    size: float
    per_second: float
    left: float
    at: float

    def take(self, at: float) -> float:
        """Take one permit and return 0, or return how many seconds are missing to the next one."""
        self.left = min(self.size, self.left + (at - self.at) * self.per_second)
        self.at = at
        if self.left < 1:
            return (1 - self.left) / self.per_second
        self.left -= 1
        return 0.0


@dataclass(frozen=True, slots=True)
class Violation:
    """One call that came too early: for a method, or for a channel (`post:C…`), by how many seconds."""

    name: str
    seconds: float


@dataclass(slots=True)
class Limits:
    """What Slack allows per minute; `burst` is how many messages one channel takes at once.

    `per_minute` gives methods a rate of their own; `seconds` makes the limits stricter than Slack's: no more calls
    at once than come back in that time. What came too early is refused and kept in `violations`.
    """

    now: Callable[[], datetime]
    enforced: bool = True
    burst: int = 3
    seconds: float = _MINUTE
    per_minute: dict[str, int] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)
    _watch: Stopwatch | None = None
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """How many calls came too early."""
        return len(self.violations)

    def call(self, method: str, per_minute: int) -> None:
        """Count one call of the method; raise `ratelimited` (HTTP 429, Retry-After) when there were too many."""
        per_second = self.per_minute.get(method, per_minute) / _MINUTE
        self._take(method, max(1.0, per_second * self.seconds), per_second)

    def post(self, channel_id: str) -> None:
        """Count one message in the channel: one a second after a small burst."""
        self._take(f"post:{channel_id}", self.burst, 1.0)

    def forget(self) -> None:
        """Give all permits back."""
        self._buckets.clear()

    def _take(self, name: str, size: float, per_second: float) -> None:
        if not self.enforced:
            return
        self._watch = self._watch or Stopwatch(self.now)
        at = self._watch.read()
        bucket = self._buckets.setdefault(name, Bucket(size, per_second, size, at))
        bucket.size = size
        missing = bucket.take(at)
        if missing > 0:
            self.violations.append(Violation(name, missing))
            raise too_many(math.ceil(missing))


def too_many(retry_after: int) -> SlackError:
    return SlackError("ratelimited", status=429, headers={"Retry-After": str(max(1, retry_after))})
