"""Messages, visible to everybody in their channel or (ephemeral) to one person."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sandbox.surfaces import Filled

if TYPE_CHECKING:
    from sandbox.channels import Channel


@dataclass(slots=True)
class Message:
    """One message as it stands; what a test holds is a copy that later edits do not change.

    `choices` are what each person (by id) has chosen or typed in it: only they see it, as in Slack.
    """

    channel: Channel
    ts: str
    author: str
    user_id: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    ephemeral_to: str | None = None
    edited: str | None = None
    client_msg_id: str | None = None
    thread_ts: str | None = None
    bot_id: str | None = None
    files: list[dict[str, Any]] = field(default_factory=list)
    choices: dict[str, Filled] = field(default_factory=dict)

    @property
    def ephemeral(self) -> bool:
        return self.ephemeral_to is not None

    def copy(self) -> Message:
        return replace(self, choices=copy.deepcopy(self.choices))

    def show(self, text: str, blocks: list[dict[str, Any]]) -> None:
        """Put other content in its place; what people chose stays where block and action ids stay."""
        self.text, self.blocks = text, blocks
        for one in self.choices.values():
            one.settle(blocks)

    def change(self, text: str, blocks: list[dict[str, Any]] | None, at: str) -> None:
        """Put a new text in place of text and blocks; with blocks the message does not say that it was edited."""
        self.show(text or self.text, blocks or [])
        self.edited = self.edited if blocks else at

    def filled_by(self, person_id: str) -> Filled:
        """Return what the person has put into it so far, to be read and changed."""
        if person_id not in self.choices:
            self.choices[person_id] = Filled()
            self.choices[person_id].settle(self.blocks)
        return self.choices[person_id]


def message_object(message: Message, *, team_id: str, app_id: str, with_metadata: bool = True) -> dict[str, Any]:
    """Return the message as the Web API and interaction payloads show it."""
    shown: dict[str, Any] = {
        "type": "message",
        "user": message.user_id,
        "ts": message.ts,
        "team": team_id,
        "text": message.text,
    }
    if message.bot_id:
        shown |= {"bot_id": message.bot_id, "app_id": app_id}
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.files:
        shown |= {"files": message.files, "upload": False}
    if message.metadata and with_metadata:
        shown["metadata"] = message.metadata
    # Slack keeps a client's id for itself when an app sends one; it shows those of people's own clients.
    unique = None if message.bot_id else message.client_msg_id
    optional = {"client_msg_id": unique, "thread_ts": message.thread_ts}
    shown |= {key: value for key, value in optional.items() if value}
    if message.edited:
        shown["edited"] = {"user": message.user_id, "ts": message.edited}
    return shown
