"""What people do with messages, commands and shortcuts."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox import forms
from sandbox.answers import NOT_INSTALLED, Answer
from sandbox.channels import Channel
from sandbox.deliveries import Delivery
from sandbox.errors import NotOnScreenError, SlackError
from sandbox.payloads import Payloads
from sandbox.response_urls import checked
from sandbox.suggestions import Suggestions
from sandbox.surfaces import STATE_KEYS, elements, only_field

if TYPE_CHECKING:
    from sandbox.hub import Hub
    from sandbox.messages import Message
    from sandbox.people import Person
    from sandbox.surfaces import Filled


@dataclass(slots=True)
class Acts:
    """Each act goes to the app and comes back with its answer."""

    hub: Hub

    @property
    def payloads(self) -> Payloads:
        return Payloads(self.hub)

    async def send(self, kind: str, payload: dict[str, Any], person: Person) -> Answer:
        """Deliver one command or interaction, if the app is there, and return the answer as it came."""
        if self.hub.tokens.revoked:
            return Answer(status=0, problem=NOT_INSTALLED)
        return await self.deliver(kind, payload, person)

    async def deliver(self, kind: str, payload: dict[str, Any], person: Person) -> Answer:
        """Deliver something and return the answer as it came."""
        delivery = Delivery(kind, payload, self.hub.workspace.now(), frozenset({person.handle}))
        return Answer.of(await self.hub.courier.deliver(delivery))

    async def command(self, person: Person, command: str, text: str, channel: Channel | None) -> Answer:
        """Type a slash command; the answer in the ack is shown in the channel (None: the DM with the bot)."""
        place = channel or self.hub.workspace.dm([person.id])
        if person.id not in place.members:
            raise NotOnScreenError(f"{person.handle} is not in {place.name}")
        payload = self.payloads.command(person, command, text, place)
        return self.shown(await self.send("slash_commands", payload, person), place, person)

    def shown(self, answer: Answer, place: Channel, person: Person) -> Answer:
        """Show the body of an ack as Slack does: as a message of the app, for this person alone if not `in_channel`."""
        body = {"text": answer.raw} if isinstance(answer.raw, str) else answer.raw
        if answer.problem or not body:
            return answer
        try:
            content = checked(self.hub.workspace, body)
        except SlackError as error:
            answer.problem, answer.raw = "invalid_command_response", error.body()
            return answer
        answer.message, _ = self.hub.response_urls.show(place, person, body, content)
        answer.text, answer.blocks = content["text"], content["blocks"]
        return answer

    async def click(
        self, person: Person, message: Message, wanted: Wanted, typed: dict[str, Any] | None = None
    ) -> Answer:
        """Press a button or choose in a select, date picker or overflow menu of a message.

        `typed` are values of its input blocks (by block id) that come along without having been told before.
        """
        live = self.live(person, message)
        filled = live.filled_by(person.id)
        await self.suggestions(person, live).look_up(*wanted.find(live.blocks), wanted.choice)
        block, element = wanted.find(live.blocks)  # the app may have changed the message while it was asked
        for block_id, value in (typed or {}).items():
            forms.put(filled, *only_field(live.blocks, block_id), value)
        payload = self.payloads.base("block_actions", person) | self.payloads.message_place(live)
        payload["response_url"] = self.payloads.response_url(live.channel, person, live)
        payload["trigger_id"] = self.hub.triggers.give(person.id)
        ts = self.hub.workspace.stamps.next(self.hub.workspace.now())
        payload["actions"] = [wanted.action(block, element, filled, ts)]
        payload["state"] = {"values": copy.deepcopy(filled.state)}
        return await self.send("interactive", payload, person)

    async def type_in_select(self, person: Person, message: Message, wanted: Wanted, text: str) -> Answer:
        """Type into an external select of a message and get the options the app suggests."""
        live = self.live(person, message)
        return await self.suggestions(person, live).ask(*wanted.find(live.blocks), text)

    def suggestions(self, person: Person, live: Message) -> Suggestions:
        return Suggestions(self.hub, person, live.filled_by(person.id), self.payloads.message_place(live))

    def live(self, person: Person, message: Message) -> Message:
        """Return the message as it stands; raise NotOnScreenError when it is gone or not for this person."""
        live = self.hub.workspace.find_message(message.channel.id, message.ts)
        if not live or (live.ephemeral_to or person.id) != person.id:
            raise NotOnScreenError(f"{person.handle} does not see this message any more: {message.text!r}")
        if not live.ephemeral and not self.hub.workspace.may_enter(person, live.channel):
            raise NotOnScreenError(f"{person.handle} is not in {live.channel.name!r}")
        return live

    async def shortcut(self, person: Person, callback_id: str, message: Message | None) -> Answer:
        """Use a global shortcut, or with a message the one in its menu."""
        payload = self.payloads.base("message_action" if message else "shortcut", person)
        payload |= {"callback_id": callback_id, "trigger_id": self.hub.triggers.give(person.id)}
        payload["action_ts"] = self.hub.workspace.stamps.next(self.hub.workspace.now())
        del payload["api_app_id"]  # the only payloads without it
        if not message:
            del payload["user"]["name"]
        if message:
            message = self.live(person, message)
            payload |= {
                "message_ts": message.ts,
                "channel": {"id": message.channel.id, "name": message.channel.form_name},
                "message": self.payloads.message(message),
                "response_url": self.payloads.response_url(message.channel, person, message),
            }
        return await self.send("interactive", payload, person)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which element a person goes for, and what they choose in it."""

    action_id: str
    value: str | None = None
    option: Any = None
    block_id: str | None = None

    def find(self, blocks: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return block and element. Raises NotOnScreenError when it is not there or is there more than once."""
        found = [(block, one) for block in blocks for one in elements(block) if self._fits(block, one)]
        if len(found) != 1:
            there = [(one.get("action_id"), one.get("value")) for block in blocks for one in elements(block)]
            raise NotOnScreenError(f"{len(found)} × {self} on the screen; there are {there}")
        return found[0]

    def _fits(self, block: dict[str, Any], element: dict[str, Any]) -> bool:
        if element.get("action_id") != self.action_id or self.block_id not in {None, block["block_id"]}:
            return False
        return element["type"] != "button" or self.value in {None, element.get("value")}

    @property
    def choice(self) -> Any:
        return self.value if self.option is None else self.option

    def action(self, block: dict[str, Any], element: dict[str, Any], filled: Filled, ts: str) -> dict[str, Any]:
        """Return the entry of `actions` and bring the choice into what is filled."""
        kind = element["type"]
        said = {"type": kind, "action_id": element["action_id"], "block_id": block["block_id"], "action_ts": ts}
        if kind == "button":
            return said | {key: element[key] for key in ("text", "value", "style") if key in element}
        if kind == "overflow":
            option = forms.find_option(element["options"], self.choice)
            if option is None:
                raise NotOnScreenError(f"no {self.choice!r} in the menu {element['action_id']!r}")
            return said | {"selected_option": option}
        now = forms.put(filled, block, element, self.choice)
        key, source = STATE_KEYS[kind]
        before = {source: element[source]} if source in element else {}
        return said | {key: now[key]} | before
