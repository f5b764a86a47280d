"""What happened when, told without its content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.page.calls import named

if TYPE_CHECKING:
    from sandbox.calls import Call
    from sandbox.deliveries import Delivery
    from sandbox.hub import Hub
    from sandbox.page.asked import Asked

MOST = 300
SHOWN = {"chat.postMessage": "post", "chat.postEphemeral": "post", "chat.update": "change", "chat.delete": "delete"}
DONE = {
    "block_actions": "click",
    "view_submission": "submit",
    "view_closed": "close",
    "shortcut": "shortcut",
    "message_action": "shortcut",
    "message": "say",
    "team_join": "arrive",
    "user_change": "profile",
    "member_joined_channel": "join",
    "member_left_channel": "leave",
}
TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `people` are the handles of those who did it or can read it."""

    at: str
    kind: str
    people: tuple[str, ...] = ()
    what: str = ""


@dataclass(slots=True)
class Journal:
    """Entries in the order they came. The moved clock can stand still, so its time alone gives no order."""

    hub: Hub
    entries: list[Entry] = field(default_factory=list)
    _deliveries: int = 0
    _calls: int = 0
    _unanswered: list[Call] = field(default_factory=list)

    def look(self) -> None:
        """Take in what happened since the last look."""
        sent = self.hub.courier.history[self._deliveries :]
        calls = [*self._unanswered, *self.hub.calls[self._calls :]]
        self._deliveries, self._calls = len(self.hub.courier.history), len(self.hub.calls)
        self._unanswered = [one for one in calls if not one.status]
        new = [entry for one in sent for entry in self._act(one)]
        new += [entry for one in calls if one.status for entry in self._post(one)]
        self.entries += sorted(new, key=lambda entry: entry.at)

    def start_over(self) -> None:
        """Forget everything; the record of calls and deliveries begins anew."""
        self.entries, self._unanswered = [], []
        self._deliveries = self._calls = 0

    def travelled(self, at: str) -> None:
        self.look()
        self.entries.append(Entry(at, "travel"))

    def _act(self, delivery: Delivery) -> Iterator[Entry]:
        name, at = named(delivery), delivery.at.isoformat()
        if delivery.kind == "slash_commands":
            yield Entry(at, "command", tuple(sorted(delivery.readers)), name)
        elif name in DONE:
            yield Entry(at, DONE[name], self._doers(delivery))

    def _doers(self, delivery: Delivery) -> tuple[str, ...]:
        if delivery.readers:
            return tuple(sorted(delivery.readers))
        user = delivery.payload.get("event", {}).get("user")
        found = self.hub.workspace.people.get(user["id"] if isinstance(user, dict) else str(user))
        return (found.handle,) if found else ()

    def _post(self, call: Call) -> Iterator[Entry]:
        at = call.at.isoformat()
        if call.fault or call.status == TOO_MANY:
            yield Entry(at, "trouble", (), call.fault or str(TOO_MANY))
        if call.done and call.method in SHOWN:
            yield Entry(at, SHOWN[call.method], tuple(sorted(call.readers)))


async def show(asked: Asked) -> dict[str, Any]:
    """Return the newest entries, oldest first."""
    asked.page.journal.look()
    newest = asked.page.journal.entries[-MOST:]
    return {"entries": [{"at": e.at, "kind": e.kind, "people": e.people, "what": e.what} for e in newest]}
