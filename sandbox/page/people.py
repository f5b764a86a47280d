"""Who can be acted as, and for whom something waits unread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.page.unread import Unread

if TYPE_CHECKING:
    from sandbox.page.asked import Asked
    from sandbox.people import Person


async def show(asked: Asked) -> dict[str, Any]:
    """Return everybody in the workspace, in the order they came."""
    unread = Unread(asked.page)
    return {"people": [described(one) | {"unread": unread.total(one)} for one in asked.town.people.values()]}


def described(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "handle": person.handle,
        "name": person.name,
        "title": person.title,
        "zone": person.zone,
        "locale": person.locale,
        "admin": person.admin or person.owner,
        "guest": person.guest,
        "external": person.external,
        "bot": person.bot,
        "deleted": person.deleted,
        "status": " ".join(filter(None, (person.status_emoji, person.status_text))),
    }
