"""Which message changed when, so that a browser draws anew only what is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.messages import Message

Key = tuple[str, str]


@dataclass(slots=True)
class Revisions:
    """A number per channel and per message that rises with every change.

    The content last seen is held on to, so that comparing identities is enough.
    """

    count: int = 0
    channels: dict[str, int] = field(default_factory=dict)
    _seen: dict[Key, tuple[str, Any, int]] = field(default_factory=dict)

    def look(self, messages: Iterable[Message]) -> None:
        """Compare all messages with what they were at the last look."""
        now: dict[Key, tuple[str, Any, int]] = {}
        for one in messages:
            key = (one.channel.id, one.ts)
            before = self._seen.get(key)
            same = before is not None and before[0] == one.text and before[1] is one.blocks
            now[key] = before if same and before else (one.text, one.blocks, self._changed(one.channel.id))
        for channel, _ts in self._seen.keys() - now.keys():
            self._changed(channel)
        self._seen = now

    def of(self, message: Message) -> int:
        return self._seen[message.channel.id, message.ts][2]

    def _changed(self, channel_id: str) -> int:
        self.count += 1
        self.channels[channel_id] = self.count
        return self.count
