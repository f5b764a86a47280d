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


# Which read scope opens which kind of conversation, and the letter of events: that of private channels made since 2021.
READ_SCOPE = {Kind.PUBLIC: "channels:read", Kind.PRIVATE: "groups:read", Kind.IM: "im:read", Kind.MPIM: "mpim:read"}
HISTORY_SCOPE = {
    Kind.PUBLIC: "channels:history",
    Kind.PRIVATE: "groups:history",
    Kind.IM: "im:history",
    Kind.MPIM: "mpim:history",
}
EVENT_LETTER = {Kind.PUBLIC: "C", Kind.PRIVATE: "C", Kind.IM: "D", Kind.MPIM: "G"}


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


def conversation_object(channel: Channel, viewer: str, team_id: str) -> dict[str, Any]:
    """Return the conversation as `conversations.info` describes it to the viewer (a user id)."""
    common = {
        "id": channel.id,
        "created": int(channel.created.timestamp()),
        "is_archived": channel.archived,
        "is_im": channel.kind is Kind.IM,
        "is_org_shared": False,
        "context_team_id": team_id,
        "updated": int(channel.created.timestamp() * 1000),
    }
    return common | (_direct(channel, viewer) if channel.kind is Kind.IM else _room(channel, viewer, team_id))


def listed_object(channel: Channel, viewer: str, team_id: str, *, gone: bool) -> dict[str, Any]:
    """Return the shorter form that lists show; `gone` says whether the other side of a direct message has left."""
    shown = conversation_object(channel, viewer, team_id)
    for key in ("last_read", "latest", "unread_count", "unread_count_display", "is_frozen", "parent_conversation"):
        shown.pop(key, None)
    if channel.kind is Kind.IM:
        shown["is_user_deleted"] = gone
        del shown["is_open"]
    return shown


def _direct(channel: Channel, viewer: str) -> dict[str, Any]:
    others = [member for member in channel.members if member != viewer]
    return {
        "user": others[0] if others else viewer,
        "last_read": "0000000000.000000",
        "latest": None,
        "unread_count": 0,
        "unread_count_display": 0,
        "is_open": True,
        "priority": 0,
    }


def _room(channel: Channel, viewer: str, team_id: str) -> dict[str, Any]:
    return {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind in {Kind.PUBLIC, Kind.PRIVATE},
        "is_group": channel.kind is Kind.MPIM,
        "is_mpim": channel.kind is Kind.MPIM,
        "is_private": channel.private,
        "is_member": viewer in channel.members,
        "is_general": channel.name == "general",
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "shared_team_ids": [team_id],
        "creator": channel.members[0] if channel.members else "",
        "unlinked": 0,
        "previous_names": [],
        "num_members": len(channel.members),
        "is_frozen": False,
        "parent_conversation": None,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    } | ({"is_open": True, "priority": 0} if channel.kind is Kind.MPIM else {})
