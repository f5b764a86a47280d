"""Home tabs that are looked at: which are open, for whom, and what they show."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.slack.blocks import View
from bot.slack.requests import Request

LOOKED_AT = timedelta(minutes=10)  # after being opened a tab follows what happens
_MANY = 1_000  # tabs remembered before those that are closed by now are forgotten


@dataclass(slots=True)
class _Open:
    request: Request
    at: datetime
    person: UUID | None = None
    shows: str = ""


class Homes:
    """The home tabs of one process. Slack tells when one is opened, never when it is left."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._open: dict[tuple[str, str], _Open] = {}

    def opened(self, request: Request) -> None:
        """Remember that somebody looks at their tab now."""
        with self._lock:
            if len(self._open) >= _MANY:
                self._open = {key: one for key, one in self._open.items() if self._is_fresh(one)}
            self._open[request.team, request.user] = _Open(request, self._now())

    def is_open(self, request: Request) -> bool:
        """Say whether the asking person has looked at their tab within ten minutes."""
        found = self._open.get((request.team, request.user))
        return found is not None and self._is_fresh(found)

    def _is_fresh(self, one: _Open) -> bool:
        return self._now() - one.at < LOOKED_AT

    def belongs_to(self, request: Request, person: UUID) -> None:
        """Remember whose tab it is, so that news for that person shows in it."""
        found = self._open.get((request.team, request.user))
        if found:
            found.person = person

    def open_for(self, people: Collection[UUID]) -> list[Request]:
        """Return the requests that opened the tabs which ``people`` look at now."""
        with self._lock:
            several = list(self._open.values())
        return [one.request for one in several if one.person in people and self._is_fresh(one)]

    def shows_new(self, request: Request, view: View) -> bool:
        """Say whether ``view`` differs from what the tab shows, and take it as shown from now on."""
        found = self._open.get((request.team, request.user))
        if found is None:
            return True
        before, found.shows = found.shows, _digest(view)
        return before != found.shows

    def unsure(self, request: Request) -> None:
        """Forget what the tab shows: a view may not have arrived."""
        found = self._open.get((request.team, request.user))
        if found:
            found.shows = ""


def _digest(view: View) -> str:
    return hashlib.sha256(json.dumps(view.payload(), sort_keys=True).encode()).hexdigest()
