"""Unread marks: what others wrote after the last thing a person looked at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.messages import Message
    from sandbox.page.page import Page
    from sandbox.people import Person

MOST = 99


class Unread:
    """Counts for one moment; counting stops at 99. Messages for one person's eyes alone leave no mark, as in Slack."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._by_channel: dict[str, list[Message]] = defaultdict(list)
        for one in page.hub.workspace.messages:
            if not one.ephemeral:
                self._by_channel[one.channel.id].append(one)

    def count(self, person: Person, channel: Channel) -> int:
        last = self._page.reads.get((person.id, channel.id), "")
        found = 0
        for one in reversed(self._by_channel[channel.id]):
            if one.ts <= last or found == MOST:
                break
            found += one.user_id != person.id
        return found

    def total(self, person: Person) -> int:
        """Return what waits in all conversations the person is in."""
        total = 0
        for one in self._page.hub.workspace.channels.values():
            if total < MOST and person.id in one.members:
                total += self.count(person, one)
        return min(MOST, total)
