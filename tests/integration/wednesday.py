"""`tandem …` as a process that lives on a Wednesday: its clock runs like the machine's, `BACK` seconds behind it."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from bot import bootstrap, cli
from bot.clock.clock import SystemClock
from bot.slack.guard import Guard

NOON = datetime(2025, 11, 5, 12, 0, tzinfo=UTC)  # behind every machine's clock: what is due now has long been due there
BACK = "BACK"


class Behind:
    """The machine's clock, so much behind."""

    def __init__(self, back: timedelta) -> None:
        self.back = back

    @classmethod
    def at_noon(cls) -> Behind:
        """Return a clock that says now that it is noon."""
        return cls(SystemClock().now() - NOON)

    def now(self) -> datetime:
        return SystemClock().now() - self.back

    def environ(self) -> dict[str, str]:
        """Return what tells a process of this clock."""
        return {BACK: str(self.back.total_seconds())}


def guard(*parts: Any, now: object, **more: Any) -> Guard:
    """Build the real one: Slack signs by the wall clock, whatever clock the bot runs on."""
    return Guard(*parts, now=time.time, **more)


def main() -> None:
    clock = Behind(timedelta(seconds=float(os.environ[BACK])))
    vars(bootstrap).update(SystemClock=lambda: clock, Guard=guard)
    cli.main()


if __name__ == "__main__":
    main()
