"""What the page knows beside the workspace: who has read what, who can move the clock or bring another state."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.page.revisions import Revisions
from sandbox.page.seeds import Seeds
from sandbox.page.timeline import Journal

if TYPE_CHECKING:
    from sandbox.hub import Hub
    from sandbox.people import Person


@dataclass(slots=True)
class Page:
    """The page of one workspace.

    `manifest` is the app's manifest as JSON: its slash commands and shortcuts are offered. `traveller` moves the clock
    to an aware moment and returns when everything due on the way is done; `next_event` says when something is due
    next. Both run in a thread of their own; without them the page says that time stands where it stands. `after_act`
    is called after every act, on the server's own thread, and must return at once. `seeds` are states to start from.
    """

    hub: Hub
    manifest: dict[str, Any] = field(default_factory=dict)
    traveller: Callable[[datetime], object] | None = None
    next_event: Callable[[], datetime | None] | None = None
    after_act: Callable[[], object] = lambda: None
    seeds: Seeds = field(default_factory=Seeds)
    born: str = field(default_factory=lambda: uuid.uuid4().hex)
    generation: int = 0  # rises when the whole workspace was exchanged for another
    reads: dict[tuple[str, str], str] = field(default_factory=dict)  # (person id, channel id): the last ts read
    travelling: bool = False
    working: set[asyncio.Task[Any]] = field(default_factory=set)
    revisions: Revisions = field(default_factory=Revisions)
    journal: Journal = field(init=False)

    def __post_init__(self) -> None:
        self.journal = Journal(self.hub)

    @property
    def edition(self) -> str:
        """Something that differs when a browser looks at another workspace than before, or at a new server's."""
        return f"{self.born}-{self.generation}"

    def start_over(self) -> None:
        """Forget what was seen and done in a workspace that is no more."""
        self.generation += 1
        self.reads.clear()
        self.revisions = Revisions(self.revisions.count)
        self.journal.start_over()

    def read_all(self, person: Person) -> None:
        """Have a person look at everything in their conversations."""
        for one in self.hub.workspace.visible_to(person):
            self.reads[person.id, one.channel.id] = one.ts

    async def release_clock(self) -> None:
        """Forget who moves the clock and brings other states, once what they are doing for the page is done."""
        self.traveller = self.next_event = None
        self.seeds = Seeds()
        if self.working:
            await asyncio.wait(self.working)

    def features(self, name: str) -> list[dict[str, Any]]:
        """Return `slash_commands` or `shortcuts` of the manifest."""
        listed = self.manifest.get("features", {}).get(name, [])
        return [one for one in listed if isinstance(one, dict)]
