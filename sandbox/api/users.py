"""`users.*`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.api.pages import page
from sandbox.errors import SlackError
from sandbox.people import user_object

if TYPE_CHECKING:
    from sandbox.calls import Ask
    from sandbox.people import Person


def found(ask: Ask, user_id: str, error: str = "user_not_found") -> Person:
    """Return the person of that id or raise the error."""
    person = ask.hub.workspace.people.get(user_id)
    if not person:
        raise SlackError(error)
    return person


def info(ask: Ask) -> dict[str, Any]:
    person = found(ask, ask.text("user"))
    return {"user": user_object(person, ask.hub.workspace.now(), with_locale=ask.flag("include_locale"))}


def list_all(ask: Ask) -> dict[str, Any]:
    people, following = page(ask, list(ask.hub.workspace.people.values()), usual=1000)
    now, with_locale = ask.hub.workspace.now(), ask.flag("include_locale")
    return {
        "members": [user_object(one, now, with_locale=with_locale) for one in people],
        "cache_ts": int(now.timestamp()),
        "response_metadata": {"next_cursor": following},
    }


def profile_get(ask: Ask) -> dict[str, Any]:
    person = found(ask, ask.text("user", ask.hub.workspace.bot.id))
    return {"profile": person.profile() | {"fields": person.own_fields()}}
