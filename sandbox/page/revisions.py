"""Which message changed when, so that a browser draws anew only what is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.messages import Message

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a message was at the last look."""

    text: str
    blocks: list[dict[str, Any]]
    files: list[dict[str, Any]]
    revision: int

    def shows(self, message: Message) -> bool:
        return self.text == message.text and self.blocks is message.blocks and self.files == message.files


@dataclass(slots=True)
class Revisions:
    """A number per channel and per message that rises with every change.

    The content last seen is held on to: whoever changes blocks puts others in their place, so identities tell.
    """

    count: int = 0
    channels: dict[str, int] = field(default_factory=dict)
    _seen: dict[Key, Seen] = field(default_factory=dict)

    def look(self, messages: Iterable[Message]) -> None:
        """Compare all messages with what they were at the last look."""
        now: dict[Key, Seen] = {}
        for one in messages:
            key = (one.channel.id, one.ts)
            before = self._seen.get(key)
            now[key] = before if before and before.shows(one) else self._new(one)
        for channel, _ts in self._seen.keys() - now.keys():
            self._changed(channel)
        self._seen = now

    def of(self, message: Message) -> int:
        return self._seen[message.channel.id, message.ts].revision

    def _new(self, message: Message) -> Seen:
        return Seen(message.text, message.blocks, message.files, self._changed(message.channel.id))

    def _changed(self, channel_id: str) -> int:
        self.count += 1
        self.channels[channel_id] = self.count
        return self.count
