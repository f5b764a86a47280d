"""What the browser page knows beside the workspace: who has read what, and who can move the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.page.revisions import Revisions
from sandbox.page.timeline import Journal

if TYPE_CHECKING:
    from sandbox.hub import Hub


@dataclass(slots=True)
class Page:
    """The page of one workspace.

    `manifest` is the app's manifest as JSON: its slash commands and shortcuts are offered. `traveller` moves the clock
    to an aware moment and returns when everything due on the way is done; `next_event` says when something is due
    next. Both run in a thread of their own; without them the page says that time stands where it stands.
    """

    hub: Hub
    manifest: dict[str, Any] = field(default_factory=dict)
    traveller: Callable[[datetime], object] | None = None
    next_event: Callable[[], datetime | None] | None = None
    reads: dict[tuple[str, str], str] = field(default_factory=dict)  # (person id, channel id): the last ts read
    travelling: bool = False
    working: set[asyncio.Task[Any]] = field(default_factory=set)
    revisions: Revisions = field(default_factory=Revisions)
    journal: Journal = field(init=False)

    def __post_init__(self) -> None:
        self.journal = Journal(self.hub)

    async def release_clock(self) -> None:
        """Forget who moves the clock, once what they are doing for the page is done."""
        self.traveller = self.next_event = None
        if self.working:
            await asyncio.wait(self.working)

    def features(self, name: str) -> list[dict[str, Any]]:
        """Return `slash_commands` or `shortcuts` of the manifest."""
        listed = self.manifest.get("features", {}).get(name, [])
        return [one for one in listed if isinstance(one, dict)]
