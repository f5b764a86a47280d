"""One request of the page: typed access to who acts and what they said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.page.refusals import RefusedError, bad

if TYPE_CHECKING:
    from aiohttp import web

    from sandbox.channels import Channel
    from sandbox.hub import Hub
    from sandbox.messages import Message
    from sandbox.page.page import Page
    from sandbox.people import Person
    from sandbox.workspace import Workspace

LONGEST = 12_000  # characters of one text


@dataclass(slots=True)
class Asked:
    """The page, the request, and its arguments from query or JSON body."""

    page: Page
    request: web.Request
    args: dict[str, Any] = field(default_factory=dict)

    @property
    def hub(self) -> Hub:
        return self.page.hub

    @property
    def town(self) -> Workspace:
        return self.page.hub.workspace

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; raise RefusedError when it is missing without default, no text or far too long."""
        value = self.args.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or len(value) > LONGEST:
            raise bad(f"“{name}” must be a text of at most {LONGEST} characters.")
        return value

    def maybe(self, name: str) -> str | None:
        return self.text(name) if self.args.get(name) is not None else None

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number between 0 and `most`."""
        raw = str(self.args.get(name, default))
        if not (raw.isascii() and raw.isdigit() and len(raw) < len("1000000000") and int(raw) <= most):
            raise bad(f"“{name}” must be a whole number from 0 to {most}.")
        return int(raw)

    def fields(self, name: str) -> dict[str, Any]:
        """Return an object, empty when absent."""
        value = self.args.get(name, {})
        if not isinstance(value, dict):
            raise bad(f"“{name}” must be an object.")
        return value

    def person(self) -> Person:
        """Return who acts (`as`, a handle); only living members of the workspace can."""
        handle = self.text("as")
        found = next((one for one in self.town.people.values() if one.handle == handle), None)
        if not found:
            raise RefusedError(404, "nobody", f"Nobody here is called “{handle[:40]}”.")
        if found.bot or found.deleted:
            raise RefusedError(403, "cannot_act", f"Nobody can act as {found.name}.")
        return found

    def channel(self, person: Person) -> Channel:
        """Return the channel asked for, if the person is in it."""
        found = self.town.channels.get(self.text("channel"))
        if not found or person.id not in found.members:
            raise RefusedError(404, "not_visible", f"{person.name} does not see this conversation.")
        return found

    def message(self) -> Message:
        found = self.town.find_message(self.text("channel"), self.text("ts"))
        if not found:
            raise RefusedError(409, "gone", "This message is not there any more.")
        return found
