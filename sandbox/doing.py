"""What people do, as plain blocking calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.acts import Acts, Wanted
from sandbox.answers import Answer
from sandbox.driver import Driver, Where, Who
from sandbox.errors import NotOnScreenError
from sandbox.events import Events
from sandbox.modals import Modals

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.surfaces import View


class Doing(Driver):
    """The part of the driver that acts for a person; each call waits for the app's ack, three real seconds at most.

    All raise NotOnScreenError for what the person cannot see, press or fill.
    """

    __slots__ = ()

    def command(self, who: Who, command: str, text: str = "", channel: Where | None = None) -> Answer:
        """Type a slash command, in the DM with the bot when no channel is given."""
        place = None if channel is None else self.channel(channel)
        return self.loop.run(Acts(self.hub).command(self.person(who), command, text, place))

    def click(
        self,
        who: Who,
        message: Message | Answer,
        action_id: str,
        *,
        value: str | None = None,
        option: Any = None,
        block_id: str | None = None,
    ) -> Answer:
        """Press or choose in a message (or in the message an answer showed); `value` tells equal buttons apart."""
        shown = message.message if isinstance(message, Answer) else message
        if shown is None:
            raise NotOnScreenError("this answer showed no message")
        wanted = Wanted(action_id, value, option, block_id)
        return self.loop.run(Acts(self.hub).click(self.person(who), shown, wanted))

    def click_view(
        self, who: Who, action_id: str, *, value: str | None = None, option: Any = None, block_id: str | None = None
    ) -> Answer:
        """Press or choose in the modal in front of the person."""
        person, modals = self.person(who), Modals(self.hub)
        wanted = Wanted(action_id, value, option, block_id)
        return self.loop.run(modals.click(person, modals.open_view(person), wanted))

    def click_home(
        self, who: Who, action_id: str, *, value: str | None = None, option: Any = None, block_id: str | None = None
    ) -> Answer:
        """Press or choose on the person's home tab as it was last published."""
        person = self.person(who)
        home = self.hub.workspace.homes.get(person.id)
        if not home:
            raise NotOnScreenError(f"{person.handle} has no home tab yet")
        return self.loop.run(Modals(self.hub).click(person, home, Wanted(action_id, value, option, block_id)))

    def fill(self, who: Who, values: dict[str, Any]) -> None:
        """Put values into the open modal's fields, by block id, without submitting."""
        person, modals = self.person(who), Modals(self.hub)
        self.loop.run(modals.fill(person, modals.open_view(person), values))

    def submit(self, who: Who, values: dict[str, Any] | None = None, view: View | None = None) -> Answer:
        """Fill the open modal by block id and submit it.

        What Slack's client would refuse comes back as `errors` with status 0 and never reaches the app.
        """
        person, modals = self.person(who), Modals(self.hub)
        return self.loop.run(modals.submit(person, modals.open_view(person, view), values or {}))

    def close_modal(self, who: Who) -> Answer | None:
        """Close the modal in front; returns the app's answer when the view wanted to know, else None."""
        return self.loop.run(Modals(self.hub).close(self.person(who)))

    def type_in_select(
        self, who: Who, block_id: str, action_id: str, text: str, *, message: Message | None = None
    ) -> list[dict[str, Any]]:
        """Type into an external select of the message, or else of the open modal, and return the options offered."""
        person, modals = self.person(who), Modals(self.hub)
        if message:
            wanted = Wanted(action_id, block_id=block_id)
            return self.loop.run(Acts(self.hub).type_in_select(person, message, wanted, text)).options
        view = modals.open_view(person)
        return self.loop.run(modals.type_in_select(person, view, block_id, action_id, text)).options

    def open_home(self, who: Who, *, tab: str = "home") -> Answer:
        """Open the app's home (or `messages`) tab."""
        return self.loop.run(Events(self.hub).home_opened(self.person(who), tab))

    def say(self, who: Who, text: str) -> Answer:
        """Write a message into the DM with the bot."""
        return self.loop.run(Events(self.hub).said(self.person(who), text))

    def write_in(self, who: Who, channel: Where, text: str) -> Message:
        """Write a message into a channel or group DM; the app does not hear of it."""
        town, person = self.hub.workspace, self.person(who)
        return self.loop.read(lambda: town.post(self.channel(channel), person, text).copy())

    def use_shortcut(self, who: Who, callback_id: str, message: Message | None = None) -> Answer:
        """Use a global shortcut, or with a message the entry in its menu."""
        return self.loop.run(Acts(self.hub).shortcut(self.person(who), callback_id, message))

    def forge(self, who: Who, kind: str, payload: dict[str, Any]) -> Answer:
        """Send a payload made by hand, signed and wrapped like a real one.

        `kind` is `interactive`, `slash_commands` or `events_api`.
        """
        return self.loop.run(Acts(self.hub).deliver(kind, payload, self.person(who)))
