"""Channels, direct messages and group DMs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


class Kind(StrEnum):
    PUBLIC = "public_channel"
    PRIVATE = "private_channel"
    IM = "im"
    MPIM = "mpim"


# Which read scope opens which kind of conversation, and the letter events use for it.
READ_SCOPE = {Kind.PUBLIC: "channels:read", Kind.PRIVATE: "groups:read", Kind.IM: "im:read", Kind.MPIM: "mpim:read"}
HISTORY_SCOPE = {
    Kind.PUBLIC: "channels:history",
    Kind.PRIVATE: "groups:history",
    Kind.IM: "im:history",
    Kind.MPIM: "mpim:history",
}
EVENT_LETTER = {Kind.PUBLIC: "C", Kind.PRIVATE: "G", Kind.IM: "D", Kind.MPIM: "G"}


@dataclass(slots=True)
class Channel:
    """A place for messages; `members` are user ids in the order they came, the bot's included."""

    id: str
    name: str
    kind: Kind
    created: datetime
    members: list[str] = field(default_factory=list)
    shared: bool = False
    archived: bool = False

    @property
    def private(self) -> bool:
        return self.kind is not Kind.PUBLIC

    @property
    def form_name(self) -> str:
        """The `channel_name` of slash commands and interactions: private places do not say theirs."""
        if self.kind is Kind.PUBLIC:
            return self.name
        return "directmessage" if self.kind is Kind.IM else "privategroup"


def conversation_object(channel: Channel, viewer: str) -> dict[str, Any]:
    """Return the conversation as `conversations.info` describes it to the viewer (a user id)."""
    facts: dict[str, Any] = {
        "id": channel.id,
        "created": int(channel.created.timestamp()),
        "is_archived": channel.archived,
        "is_im": channel.kind is Kind.IM,
        "is_mpim": channel.kind is Kind.MPIM,
        "is_channel": channel.kind in {Kind.PUBLIC, Kind.PRIVATE},
        "is_group": channel.kind is Kind.MPIM,
        "is_private": channel.private,
        "is_org_shared": False,
    }
    if channel.kind is Kind.IM:
        others = [member for member in channel.members if member != viewer]
        return facts | {"user": others[0] if others else viewer, "is_user_deleted": False, "is_open": True}
    return facts | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_member": viewer in channel.members,
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_general": channel.name == "general",
        "num_members": len(channel.members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }
