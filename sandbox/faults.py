"""Faults on purpose: what a bad day at Slack looks like from outside."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

LOOK_AGAIN = 0.05  # seconds; faults may be cleared from any thread

# before: nothing happened at Slack's side; after: it happened, and the app does not hear of it.
KINDS = {
    "429": "refused with Retry-After",
    "500_before": "HTTP 500, not done",
    "500_after": "HTTP 500, done",
    "internal_error": "ok: false internal_error, not done",
    "internal_error_after": "ok: false internal_error, done",
    "error": "ok: false with the given error, not done",
    "slow": "done, answered after `seconds`",
    "hang": "not done, the line is cut after `seconds`",
    "late": "done after `seconds`, when the app may have given up",
    "reset": "the line is cut, not done",
    "reset_after": "the line is cut, done",
    "truncated": "half of the JSON answer, done",
    "html": "HTTP 503 with a page of HTML, not done",
}


@dataclass(slots=True)
class Fault:
    """One fault on one method; `where` are arguments that must be equal, `times=None` means always."""

    method: str
    kind: str
    times: int | None = 1
    retry_after: int = 30
    seconds: float = 5.0
    error: str = "fatal_error"
    chance: float = 1.0
    where: dict[str, Any] = field(default_factory=dict)
    struck: int = 0

    def fits(self, method: str, args: dict[str, Any]) -> bool:
        if self.method not in {method, "*"} or self.times == self.struck:
            return False
        return all(args.get(key) == value for key, value in self.where.items())


@dataclass(slots=True)
class Faults:
    """The list of faults still to come; the first that fits strikes."""

    seed: int = 7
    waiting: list[Fault] = field(default_factory=list)
    _dice: random.Random | None = None

    def add(self, *, method: str, kind: str, **more: Any) -> Fault:
        """Add a fault (see `Fault` for the other fields) and return it; raise ValueError for an unknown kind."""
        if kind not in KINDS:
            raise ValueError(f"unknown fault {kind!r}; there are {', '.join(KINDS)}")
        fault = Fault(method, kind, **more)
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Let nothing strike any more; calls that are held back go on."""
        self.waiting.clear()

    async def hold(self, fault: Fault) -> None:
        """Hold a call back for the fault's seconds, or until the faults are cleared."""
        end = monotonic() + fault.seconds
        while any(one is fault for one in self.waiting) and (left := end - monotonic()) > 0:  # noqa: ASYNC110 - see LOOK_AGAIN
            await asyncio.sleep(min(left, LOOK_AGAIN))

    def strike(self, method: str, args: dict[str, Any]) -> Fault | None:
        for fault in self.waiting:
            if fault.fits(method, args) and self._rolls(fault.chance):
                fault.struck += 1
                return fault
        return None

    def _rolls(self, chance: float) -> bool:
        if chance >= 1:
            return True
        self._dice = self._dice or random.Random(self.seed)
        return self._dice.random() < chance
