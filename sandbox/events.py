"""What Slack tells the app by itself: homes opened, words said, people coming, changing and going."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.answers import NOT_INSTALLED, Answer
from sandbox.channels import EVENT_LETTER, READ_SCOPE, Channel, Kind
from sandbox.deliveries import Delivery
from sandbox.errors import NotOnScreenError
from sandbox.payloads import Payloads, escaped, rich_text
from sandbox.people import Person, user_object
from sandbox.screens import view_object

if TYPE_CHECKING:
    from sandbox.hub import Hub

# These two come without `event_ts`, and to an app that was taken out.
WITHOUT_TIME = {"app_uninstalled", "tokens_revoked"}


@dataclass(slots=True)
class Events:
    """Events go only to an app that has the scope for them and, for channels, whose bot is inside."""

    hub: Hub

    async def emit(self, event: dict[str, Any], scope: str = "") -> Answer:
        """Send an event; without the scope nothing is sent and the answer says so."""
        if self.hub.tokens.revoked and event["type"] not in WITHOUT_TIME:
            return Answer(status=0, problem=NOT_INSTALLED)
        if scope and scope not in self.hub.tokens.scopes:
            return Answer(status=0, problem=f"not sent: the app has no {scope}")
        town = self.hub.workspace
        if event["type"] not in WITHOUT_TIME:
            event.setdefault("event_ts", town.stamps.next(town.now()))
        delivery = Delivery("events_api", Payloads(self.hub).event(event), town.now())
        return Answer.of(await self.hub.courier.deliver(delivery))

    async def home_opened(self, person: Person, tab: str) -> Answer:
        town = self.hub.workspace
        event = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": town.dm([person.id]).id,
            "tab": tab,
        }
        home = town.homes.get(person.id)
        return await self.emit(event | {"view": view_object(town, home)} if home and tab == "home" else event)

    async def said(self, person: Person, text: str) -> Answer:
        """Post the person's words in the DM with the bot and tell the app (`message.im`)."""
        town = self.hub.workspace
        channel = town.dm([person.id])
        blocks = rich_text(text, town.ids.new("b"))
        message = town.post(channel, person, escaped(text), blocks=blocks, client_msg_id=str(uuid.uuid4()))
        event = Payloads(self.hub).message(message)
        event |= {"channel": channel.id, "channel_type": "im", "event_ts": message.ts}
        return await self.emit(event, "im:history")

    async def changed(self, person: Person, changes: dict[str, Any]) -> Answer:
        for name, value in changes.items():
            setattr(person, name, value)
        return await self._about("user_change", person)

    async def arrived(self, person: Person) -> Answer:
        return await self._about("team_join", person)

    async def joined(self, person: Person, channel: Channel, inviter: Person | None = None) -> Answer | None:
        """Add the person to the channel; None when the app does not hear of it."""
        _only_rooms(channel)
        if person.id not in channel.members:
            channel.members.append(person.id)
        invited = {"inviter": inviter.id} if inviter else {}
        return await self._membership("member_joined_channel", person, channel, **invited)

    async def left(self, person: Person, channel: Channel) -> Answer | None:
        _only_rooms(channel)
        inside = self.hub.workspace.bot.id in channel.members
        if person.id in channel.members:
            channel.members.remove(person.id)
        return await self._membership("member_left_channel", person, channel) if inside else None

    async def _about(self, kind: str, person: Person) -> Answer:
        now = self.hub.workspace.now()
        user = user_object(person, now, with_locale=True)
        user["profile"]["fields"] = person.own_fields()
        return await self.emit({"type": kind, "user": user, "cache_ts": int(now.timestamp())}, "users:read")

    async def _membership(self, kind: str, person: Person, channel: Channel, **more: str) -> Answer | None:
        town = self.hub.workspace
        if town.bot.id not in channel.members and person.id != town.bot.id:
            return None
        event = {
            "type": kind,
            "user": person.id,
            "channel": channel.id,
            "channel_type": EVENT_LETTER[channel.kind],
            "team": town.team_id,
            **more,
        }
        return await self.emit(event, READ_SCOPE[channel.kind])


def _only_rooms(channel: Channel) -> None:
    """Raise NotOnScreenError for a direct message or group DM: who is in it stays in it, and nobody joins."""
    if channel.kind in {Kind.IM, Kind.MPIM}:
        raise NotOnScreenError(f"nobody joins or leaves {channel.name or 'a direct message'}")
