"""The clock everybody is handed. Nothing else in the house asks what time it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the current instant, aware UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class DemoClock:
    """A clock that stands still until it is set: for stories, demos and tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Set the clock to ``moment`` (aware)."""
        self._now = moment.astimezone(UTC)

    def move(self, by: timedelta) -> None:
        """Set the clock forward (or back) by ``by``."""
        self._now += by
