"""What the app called, and the arguments of a call while it is being answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.errors import invalid

if TYPE_CHECKING:
    from datetime import datetime

    from sandbox.hub import Hub


@dataclass(slots=True)
class Call:
    """One request of the app as the record keeps it.

    `readers` are the handles of the people who could see what it showed at that moment, empty for reads and for
    calls that did nothing; `done` says whether it took effect, whatever the app was told.
    """

    method: str
    token: str
    args: dict[str, Any]
    at: datetime
    response: dict[str, Any] = field(default_factory=dict)
    status: int = 0
    readers: frozenset[str] = frozenset()
    done: bool = False
    fault: str | None = None
    before: dict[str, Any] | None = None  # the message as it was before it was changed or deleted


@dataclass(slots=True)
class Ask:
    """One Web API call being answered: typed access to its arguments, whether they came as form, query or JSON."""

    hub: Hub
    method: str
    args: dict[str, Any]
    readers: frozenset[str] = frozenset()
    before: dict[str, Any] | None = None

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text argument; raise `invalid_arguments` when it is missing without default, or no text."""
        value = self.args.get(name)
        if value is None or value == "":
            if default is None:
                raise invalid("invalid_arguments", [f"[ERROR] missing required field: {name}"])
            return default
        if isinstance(value, bool | dict | list):
            raise invalid("invalid_arguments", [f"[ERROR] must be a string [json-pointer:/{name}]"])
        return str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.args.get(name)
        if value is None:
            return default
        return value if isinstance(value, bool) else str(value).lower() in {"1", "true"}

    def number(self, name: str, default: int, most: int, least: int = 1, *, error: str = "invalid_arguments") -> int:
        """Return a whole number between `least` and `most`; raise the error otherwise."""
        try:
            value = int(self.args.get(name, default))
        except (TypeError, ValueError, OverflowError) as wrong:
            raise invalid(error, [f"[ERROR] must be an integer [json-pointer:/{name}]"]) from wrong
        if not least <= value <= most:
            raise invalid(error, [f"[ERROR] must be between {least} and {most} [json-pointer:/{name}]"])
        return value

    def structure(self, name: str, error: str) -> Any:
        """Return an argument that is JSON (as text or already read), None when absent; raise the error otherwise."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as broken:
            raise invalid(error, [f"[ERROR] not JSON [json-pointer:/{name}]"]) from broken

    def names(self, name: str) -> list[str]:
        """Return a comma-separated argument (or a JSON list) as a list without repetitions."""
        value = self.args.get(name) or ""
        parts = value if isinstance(value, list) else str(value).split(",")
        return list(dict.fromkeys(part.strip() for part in map(str, parts) if part.strip()))
