"""`response_url`s: five answers in thirty minutes to where something was done, without a token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.blockkit import check_message, with_ids
from sandbox.errors import SlackError, invalid
from sandbox.messages import Message

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.people import Person
    from sandbox.workspace import Workspace

USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass(slots=True)
class ResponseUrl:
    channel: Channel
    person: Person
    given_at: datetime
    source: Message | None = None
    uses: int = 0


@dataclass(slots=True)
class ResponseUrls:
    """The addresses given out so far; lifetime is measured on the workspace's clock."""

    workspace: Workspace
    _given: dict[str, ResponseUrl] = field(default_factory=dict)

    def give(self, channel: Channel, person: Person, source: Message | None = None) -> str:
        """Return the path of a new address, to be put behind the server's base URL."""
        name = f"{self.workspace.team_id}/{secrets.randbelow(10**12)}/{secrets.token_urlsafe(18)}"
        self._given[name] = ResponseUrl(channel, person, self.workspace.now(), source)
        return f"response/{name}"

    def answer(self, name: str, body: dict[str, Any]) -> tuple[Message | None, frozenset[str]]:
        """Post, replace or delete as the body says; return the message (None when deleted) and who reads it.

        Raises SlackError `used_url`, `expired_url`, `no_text` or `invalid_blocks`.
        """
        address = self._given.get(name)
        if not address or address.uses >= USES:
            raise SlackError("used_url", status=404)
        if self.workspace.now() - address.given_at > LIFETIME:
            raise SlackError("expired_url", status=404)
        gone, more = is_set(body, "delete_original"), bool(body.get("text") or body.get("blocks"))
        content = checked(self.workspace, body) if more or not gone else {}
        address.uses += 1
        original = self._original(address)
        if gone and original:
            self.workspace.messages.remove(original)
        if not content:
            return None, frozenset()
        if is_set(body, "replace_original") and original and not gone:
            return self._replace(address.person, original, content)
        return self.show(address.channel, address.person, body, content)

    def forget(self) -> None:
        """Let no address lead anywhere any more."""
        self._given.clear()

    def show(
        self, channel: Channel, person: Person, body: dict[str, Any], content: dict[str, Any]
    ) -> tuple[Message, frozenset[str]]:
        """Post an answer where it belongs: to the person alone unless it says `in_channel`."""
        alone = body.get("response_type", "ephemeral") != "in_channel"
        message = self.workspace.post(channel, self.workspace.bot, **content, ephemeral_to=person.id if alone else None)
        return message, frozenset({person.handle}) if alone else self.workspace.readers(channel)

    def _original(self, address: ResponseUrl) -> Message | None:
        """Return the bot's own message the address came with, while it is still there."""
        source = address.source
        if not source or source.user_id != self.workspace.bot.id:
            return None
        return self.workspace.find_message(source.channel.id, source.ts)

    def _replace(self, person: Person, message: Message, content: dict[str, Any]) -> tuple[Message, frozenset[str]]:
        message.change(content["text"], content["blocks"], message.ts)
        return message, frozenset({person.handle}) if message.ephemeral else self.workspace.readers(message.channel)


def is_set(body: dict[str, Any], name: str) -> bool:
    """Return a yes or no of the body, which may come as text."""
    return str(body.get(name) or "").lower() in {"1", "true"}


def checked(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    """Return text and blocks of an answer, or raise `no_text` or `invalid_blocks`."""
    text, blocks = str(body.get("text") or ""), body.get("blocks") or []
    if not text and not blocks:
        raise SlackError("no_text", status=500)
    problems = check_message(blocks)
    if problems:
        raise invalid("invalid_blocks", problems)
    return {"text": text, "blocks": with_ids(blocks, lambda: workspace.ids.new("b"))}
