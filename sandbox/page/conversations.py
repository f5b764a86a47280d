"""A person's conversations and what can be read in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.page.files import described
from sandbox.page.unread import Unread

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.messages import Message
    from sandbox.page.asked import Asked
    from sandbox.people import Person

USUAL = 60
MOST = 500


async def show(asked: Asked) -> dict[str, Any]:
    """Return the conversations the person is in, oldest first; the DM with the bot is there from the start."""
    person = asked.person()
    dm = asked.town.dm([person.id])
    unread = Unread(asked.page)
    theirs = [one for one in asked.town.channels.values() if person.id in one.members and not one.archived]
    return {"dm": dm.id, "conversations": [_described(one) | {"unread": unread.count(person, one)} for one in theirs]}


def _described(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": str(channel.kind),
        "members": channel.members,
        "shared": channel.shared,
    }


async def messages(asked: Asked) -> dict[str, Any]:
    """Return the newest messages the person sees there (before `before`, if given), oldest first."""
    person = asked.person()
    channel = asked.channel(person)
    before, limit = asked.text("before", "~"), asked.number("limit", USUAL, MOST)
    asked.page.revisions.look(asked.town.messages)
    seen = [one for one in asked.town.visible_to(person) if one.channel is channel and one.ts < before]
    shown = seen[-limit:] if limit else []
    return {
        "channel": channel.id,
        "more": len(seen) > len(shown),
        "messages": [_message(asked, person, one) for one in shown],
    }


def _message(asked: Asked, person: Person, message: Message) -> dict[str, Any]:
    filled = message.choices.get(person.id)
    return {
        "ts": message.ts,
        "revision": asked.page.revisions.of(message),
        "user": message.user_id,
        "text": message.text,
        "blocks": message.blocks,
        "state": filled.state if filled else {},
        "edited": message.edited is not None,
        "ephemeral": message.ephemeral,
        "files": [described(asked.town, one["id"]) for one in message.files],
    }


async def read(asked: Asked) -> dict[str, Any]:
    """Remember that the person has looked at everything up to `ts`."""
    person = asked.person()
    channel = asked.channel(person)
    key, ts = (person.id, channel.id), asked.text("ts")
    if ts > asked.page.reads.get(key, ""):
        asked.page.reads[key] = ts
        asked.hub.pulse.beat()
    return {"ok": True}
