"""Trigger ids: the permission to open one modal, three real seconds long."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.errors import SlackError

LIFETIME = 3.0  # seconds of real time: Slack does not know about a moved clock


@dataclass(slots=True)
class Trigger:
    person_id: str
    given_at: float
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True)
class Triggers:
    """The triggers given out so far; `clock` gives seconds of real time."""

    lifetime: float = LIFETIME
    clock: Callable[[], float] = time.monotonic
    _given: dict[str, Trigger] = field(default_factory=dict)

    def give(self, person_id: str, view_id: str | None = None) -> str:
        """Return a new trigger id for what the person just did (in the view, if they did it in one)."""
        name = f"{time.monotonic_ns() // 1000}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._given[name] = Trigger(person_id, self.clock(), view_id)
        return name

    def forget(self) -> None:
        """Let no trigger open anything any more."""
        self._given.clear()

    def exchange(self, name: str) -> Trigger:
        """Use the trigger up. Raise `invalid_trigger_id`, `expired_trigger_id` or `exchanged_trigger_id`."""
        trigger = self._given.get(name)
        if not trigger:
            raise SlackError("invalid_trigger_id")
        if self.clock() - trigger.given_at > self.lifetime:
            raise SlackError("expired_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        trigger.used = True
        return trigger
