"""`chat.*`: what the bot posts, changes and takes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sandbox.api.conversations import joined, seen
from sandbox.api.users import found
from sandbox.blockkit import MESSAGE_CHARACTERS, characters, check_message, with_ids
from sandbox.channels import Channel
from sandbox.errors import SlackError, invalid
from sandbox.messages import Message, message_object

if TYPE_CHECKING:
    from sandbox.calls import Ask

TEXT_CUT = 40_000
TEXT_OF_UPDATE = 4_000
METADATA_BYTES = 16_000


def post_message(ask: Ask) -> dict[str, Any]:
    channel = _destination(ask)
    text, blocks, metadata = _text(ask), checked_blocks(ask), _metadata(ask)
    if not text and not blocks:
        raise SlackError("no_text")
    ask.hub.limits.post(channel.id)
    town = ask.hub.workspace
    message = town.post(
        channel,
        town.bot,
        text,
        blocks=blocks or [],
        metadata=metadata,
        client_msg_id=ask.text("client_msg_id", "") or None,
        thread_ts=ask.text("thread_ts", "") or None,
    )
    ask.readers = town.readers(channel)
    return {"channel": channel.id, "ts": message.ts, "message": _shown(ask, message)}


def post_ephemeral(ask: Ask) -> dict[str, Any]:
    channel = joined(ask, ask.text("channel"))
    person = found(ask, ask.text("user"), "user_not_in_channel")
    if person.id not in channel.members:
        raise SlackError("user_not_in_channel")
    text, blocks = _text(ask), checked_blocks(ask)
    if not text and not blocks:
        raise SlackError("no_text")
    town = ask.hub.workspace
    message = town.post(channel, town.bot, text, blocks=blocks or [], ephemeral_to=person.id)
    ask.readers = frozenset({person.handle})
    return {"message_ts": message.ts}


def update(ask: Ask) -> dict[str, Any]:
    message = _own(ask, "cant_update_message")
    text, blocks = _text(ask), checked_blocks(ask)
    cleared = ask.structure("metadata", "invalid_metadata_format") == {}
    metadata = None if cleared else _metadata(ask) or message.metadata
    if not text and blocks is None:
        raise SlackError("no_text")
    if len(text) > TEXT_OF_UPDATE:
        raise SlackError("msg_too_long")
    message.change(text, blocks, ask.hub.workspace.stamps.next(ask.hub.workspace.now()))
    message.metadata = metadata
    ask.readers = ask.hub.workspace.readers(message.channel)
    shown = {key: value for key, value in _shown(ask, message).items() if key != "ts"}
    return {"channel": message.channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(ask: Ask) -> dict[str, Any]:
    message = _own(ask, "cant_delete_message")
    ask.hub.workspace.messages.remove(message)
    return {"channel": message.channel.id, "ts": message.ts}


def permalink(ask: Ask) -> dict[str, Any]:
    channel, ts = seen(ask, ask.text("channel")), ask.text("message_ts")
    if not ask.hub.workspace.find_message(channel.id, ts):
        raise SlackError("message_not_found")
    domain = ask.hub.workspace.domain
    return {
        "channel": channel.id,
        "permalink": f"https://{domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}",
    }


def _destination(ask: Ask) -> Channel:
    """Return the channel to post in; a user id means the direct message with that person."""
    name = ask.text("channel")
    person = ask.hub.workspace.people.get(name)
    if person:
        if person.bot:
            raise SlackError("cannot_dm_bot")
        return ask.hub.workspace.dm([person.id])
    channel = joined(ask, name)
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _own(ask: Ask, error: str) -> Message:
    channel = seen(ask, ask.text("channel"))
    message = ask.hub.workspace.find_message(channel.id, ask.text("ts"))
    if not message or message.ephemeral:
        raise SlackError("message_not_found")
    if message.user_id != ask.hub.workspace.bot.id:
        raise SlackError(error)
    ask.before = _shown(ask, message)
    return message


def _text(ask: Ask) -> str:
    return ask.text("text", "")[:TEXT_CUT]


def checked_blocks(ask: Ask) -> list[dict[str, Any]] | None:
    blocks = ask.structure("blocks", "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = check_message(blocks)
    if problems:
        raise invalid("invalid_blocks", problems, errors=problems)
    if characters(blocks) > MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks, lambda: ask.hub.workspace.ids.new("b"))


def _metadata(ask: Ask) -> dict[str, Any] | None:
    metadata = ask.structure("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return metadata


def _shown(ask: Ask, message: Message) -> dict[str, Any]:
    return message_object(message, team_id=ask.hub.workspace.team_id, app_id=ask.hub.workspace.app_id)
