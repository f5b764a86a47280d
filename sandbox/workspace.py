"""The workspace: who is in it, where they talk, what was said and which screens are open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.channels import Channel, Kind
from sandbox.errors import NotOnScreenError
from sandbox.files import Files
from sandbox.ids import Ids, Stamps
from sandbox.messages import Message
from sandbox.people import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sandbox.surfaces import View


@dataclass(slots=True)
class Workspace:
    """All facts of one workspace, in memory; touched only from the server's own thread."""

    now: Callable[[], datetime]
    ids: Ids
    team_id: str
    app_id: str
    bot: Person
    bot_id: str
    name: str = "Tandem Town"
    domain: str = "tandem-town"
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    homes: dict[str, View] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    stamps: Stamps = field(default_factory=Stamps)
    files: Files = field(init=False)
    _talks: dict[frozenset[str], Channel] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files = Files(self)

    @classmethod
    def found(cls, now: Callable[[], datetime], seed: str = "") -> Workspace:
        ids = Ids(seed)
        team = ids.new("T")
        bot = Person(ids.new("U"), "tandem", "Tandem", team, bot=True)
        workspace = cls(now, ids, team, ids.new("A"), bot, ids.new("B"))
        bot.app = {"api_app_id": workspace.app_id, "bot_id": workspace.bot_id, "always_active": False}
        workspace.people[bot.id] = bot
        return workspace

    def person(self, who: Person | str) -> Person:
        """Return a person by handle, id or themselves."""
        if isinstance(who, Person):
            return self.people[who.id]
        found = self.people.get(who) or next((one for one in self.people.values() if one.handle == who), None)
        if not found:
            raise NotOnScreenError(f"nobody here is called {who!r}")
        return found

    def channel(self, which: Channel | str) -> Channel:
        """Return a channel by name, id or itself."""
        if isinstance(which, Channel):
            return self.channels[which.id]
        name = which.removeprefix("#")
        found = self.channels.get(which) or next((one for one in self.channels.values() if one.name == name), None)
        if not found:
            raise NotOnScreenError(f"there is no channel {which!r}")
        return found

    def add_channel(self, name: str, kind: Kind, members: Iterable[str]) -> Channel:
        prefix = {Kind.IM: "D", Kind.MPIM: "G"}.get(kind, "C")
        channel = Channel(self.ids.new(prefix), name, kind, self.now(), list(dict.fromkeys(members)))
        return self.settle_channel(channel)

    def settle_channel(self, channel: Channel) -> Channel:
        """Give a conversation its place; direct messages are found by their people from now on."""
        self.channels[channel.id] = channel
        if channel.kind in {Kind.IM, Kind.MPIM}:
            self._talks[frozenset(channel.members)] = channel
        return channel

    def find_dm(self, user_ids: Iterable[str]) -> Channel | None:
        """Return the direct message or group DM of exactly these people and the bot, if there is one."""
        return self._talks.get(frozenset({*user_ids, self.bot.id}))

    def dm(self, user_ids: list[str]) -> Channel:
        """Return the one conversation of these people with the bot, opened when needed."""
        found = self.find_dm(user_ids)
        if found:
            return found
        everybody = [self.bot.id, *user_ids]
        handles = sorted(self.people[user].handle for user in everybody)
        alone = len(user_ids) == 1
        name, kind = ("", Kind.IM) if alone else (f"mpdm-{'--'.join(handles)}-1", Kind.MPIM)
        return self.add_channel(name, kind, everybody)

    def post(self, channel: Channel, author: Person, text: str, **more: Any) -> Message:
        """Add a message and return it; `more` are fields of Message."""
        bot_id = self.bot_id if author.id == self.bot.id else None
        ts = self.stamps.next(self.now())
        message = Message(channel, ts, author.handle, author.id, text, bot_id=bot_id, **more)
        self.messages.append(message)
        return message

    def find_message(self, channel_id: str, ts: str) -> Message | None:
        """Return the message at that place, ephemeral ones included."""
        return next((one for one in reversed(self.messages) if one.ts == ts and one.channel.id == channel_id), None)

    def visible_to(self, person: Person) -> list[Message]:
        """Return what the person can read now in their own conversations, oldest first."""
        return [one for one in self.messages if self._sees(person, one)]

    def readers(self, channel: Channel) -> frozenset[str]:
        """Return the handles of all people who can read what is posted there, bots left out."""
        members = {self.people[user].handle for user in channel.members if not self.people[user].bot}
        if channel.kind is Kind.PUBLIC:
            members |= {one.handle for one in self.people.values() if not (one.bot or one.guest or one.external)}
        return frozenset(members)

    @staticmethod
    def may_enter(person: Person, channel: Channel) -> bool:
        """Say whether the person is there, or may look in as full members may in public channels."""
        full_member = not (person.guest or person.external)
        return person.id in channel.members or (channel.kind is Kind.PUBLIC and full_member)

    def views(self) -> Iterable[View]:
        yield from self.homes.values()
        for stack in self.modals.values():
            yield from stack

    def find_view(self, view_id: str, external_id: str = "") -> View | None:
        """Return the view of that id (or external id) while it is on somebody's screen."""
        for view in self.views():
            if view.id == view_id or (external_id and view.definition.get("external_id") == external_id):
                return view
        return None

    @staticmethod
    def _sees(person: Person, message: Message) -> bool:
        if message.ephemeral:
            return message.ephemeral_to == person.id
        return person.id in message.channel.members
