"""Setting the stage: people, channels, who is where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.channels import Channel, Kind
from sandbox.driver import Driver, Where, Who
from sandbox.events import Events
from sandbox.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.answers import Answer

OTHER_TEAM = "T0ELSEWHERE"


class Cast(Driver):
    """The part of the driver that changes the workspace; most changes are told to the app as events."""

    __slots__ = ()

    def add_person(self, handle: str, *, name: str = "", **facts: Any) -> Person:
        """Add a person without telling the app; `facts` are fields of Person (zone, locale, admin, guest, …)."""
        return self.loop.read(lambda: self._newcomer(handle, name, facts))

    def new_person(self, handle: str, *, name: str = "", **facts: Any) -> Person:
        """Add a person and send `team_join`."""
        person = self.add_person(handle, name=name, **facts)
        self.loop.run(Events(self.hub).arrived(person))
        return person

    def change_person(self, who: Who, **changes: Any) -> Answer:
        """Change fields of a person (zone, deleted, guest, …) and send `user_change`."""
        return self.loop.run(Events(self.hub).changed(self.person(who), changes))

    def add_channel(
        self,
        name: str,
        *,
        private: bool = True,
        members: Iterable[Who] = (),
        bot_in: bool = False,
        shared: bool = False,
    ) -> Channel:
        """Add a channel without telling the app."""
        users = [self.person(one).id for one in members]
        everybody = [self.hub.workspace.bot.id, *users] if bot_in else users

        def added() -> Channel:
            kind = Kind.PRIVATE if private else Kind.PUBLIC
            channel = self.hub.workspace.add_channel(name, kind, everybody)
            channel.shared = shared
            return channel

        return self.loop.read(added)

    def invite_bot(self, channel: Where, *, by: Who | None = None) -> Answer | None:
        """Type `/invite @Tandem` in the channel."""
        return self.join(self.hub.workspace.bot, channel, by=by)

    def remove_bot(self, channel: Where) -> Answer | None:
        return self.leave(self.hub.workspace.bot, channel)

    def join(self, who: Who, channel: Where, *, by: Who | None = None) -> Answer | None:
        """Add a person to a channel (invited, if `by` somebody); the app hears of it when its bot is inside."""
        inviter = None if by is None else self.person(by)
        return self.loop.run(Events(self.hub).joined(self.person(who), self.channel(channel), inviter))

    def leave(self, who: Who, channel: Where) -> Answer | None:
        return self.loop.run(Events(self.hub).left(self.person(who), self.channel(channel)))

    def uninstall(self) -> Answer:
        """Take the app out of the workspace: the token dies, then `tokens_revoked` and `app_uninstalled` are sent."""
        self.hub.tokens.revoked = True
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.hub.workspace.bot.id]}}
        self.loop.run(Events(self.hub).emit(revoked))
        return self.loop.run(Events(self.hub).emit({"type": "app_uninstalled"}))

    def _newcomer(self, handle: str, name: str, facts: dict[str, Any]) -> Person:
        town = self.hub.workspace
        if any(one.handle == handle for one in town.people.values()):
            raise ValueError(f"there is a {handle} already")
        team = OTHER_TEAM if facts.get("external") else town.team_id
        email = facts.pop("email", f"{handle}@example.com")
        person = Person(town.ids.new("U"), handle, name or handle.title(), team, email=email, **facts)
        town.people[person.id] = person
        return person
