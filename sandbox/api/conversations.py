"""`conversations.*` and `users.conversations`: what the bot may see of places and who is in them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sandbox.api.pages import page
from sandbox.api.users import found
from sandbox.channels import HISTORY_SCOPE, READ_SCOPE, Channel, Kind, conversation_object, listed_object
from sandbox.errors import SlackError
from sandbox.messages import message_object

if TYPE_CHECKING:
    from collections.abc import Collection

    from sandbox.calls import Ask

MOST_IN_GROUP = 8
WRITE_SCOPE = {Kind.IM: "im:write", Kind.MPIM: "mpim:write"}


def seen(ask: Ask, channel_id: str) -> Channel:
    """Return the channel, or raise `channel_not_found` when there is none or it is private and the bot not in it."""
    town = ask.hub.workspace
    channel = town.channels.get(channel_id)
    if not channel or (channel.private and town.bot.id not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def joined(ask: Ask, channel_id: str) -> Channel:
    """Return a channel the bot is in; raise `channel_not_found` or `not_in_channel`."""
    channel = seen(ask, channel_id)
    if ask.hub.workspace.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def open_dm(ask: Ask) -> dict[str, Any]:
    if ask.args.get("channel"):
        return _opened(ask, _talk(ask), already=True)
    users = [user for user in ask.names("users") if user != ask.hub.workspace.bot.id]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_IN_GROUP:
        raise SlackError("too_many_users")
    ask.hub.tokens.need(WRITE_SCOPE[Kind.IM if len(users) == 1 else Kind.MPIM])
    if any(found(ask, user).deleted for user in users):
        raise SlackError("user_disabled")
    known = ask.hub.workspace.find_dm(users)
    if ask.flag("prevent_creation") and not known:
        raise SlackError("channel_not_found")
    return _opened(ask, ask.hub.workspace.dm(users), already=known is not None)


def _talk(ask: Ask) -> Channel:
    """Return the direct message or group DM of the argument `channel`."""
    channel = seen(ask, ask.text("channel"))
    if channel.kind not in WRITE_SCOPE:
        raise SlackError("method_not_supported_for_channel_type")
    ask.hub.tokens.need(WRITE_SCOPE[channel.kind])
    return channel


def _opened(ask: Ask, channel: Channel, *, already: bool) -> dict[str, Any]:
    whole = ask.flag("return_im")
    shown = _whole(ask, channel) if whole else {"id": channel.id}
    return {"no_op": already, "already_open": already, "channel": shown}


def info(ask: Ask) -> dict[str, Any]:
    channel = seen(ask, ask.text("channel"))
    ask.hub.tokens.need(READ_SCOPE[channel.kind])
    shown = _whole(ask, channel)
    if not ask.flag("include_num_members"):
        shown.pop("num_members", None)
    elif channel.kind is Kind.IM:
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def _whole(ask: Ask, channel: Channel) -> dict[str, Any]:
    return conversation_object(channel, ask.hub.workspace.bot.id, ask.hub.workspace.team_id)


def members(ask: Ask) -> dict[str, Any]:
    channel = seen(ask, ask.text("channel"))
    ask.hub.tokens.need(READ_SCOPE[channel.kind])
    rows, following = page(ask, channel.members, error="invalid_limit")
    return {"members": rows, "response_metadata": {"next_cursor": following}}


def list_all(ask: Ask) -> dict[str, Any]:
    bot = ask.hub.workspace.bot.id
    kinds = _kinds(ask)
    visible = [one for one in ask.hub.workspace.channels.values() if not one.private or bot in one.members]
    return _listed(ask, [one for one in visible if one.kind in kinds])


def of_user(ask: Ask) -> dict[str, Any]:
    bot = ask.hub.workspace.bot.id
    user = found(ask, ask.text("user", bot))
    kinds = _kinds(ask)
    theirs = [one for one in ask.hub.workspace.channels.values() if user.id in one.members]
    shared = [one for one in theirs if one.kind in kinds and (not one.private or bot in one.members)]
    return _listed(ask, shared, without={"is_member", "num_members"})


def history(ask: Ask) -> dict[str, Any]:
    channel = joined(ask, ask.text("channel"))
    ask.hub.tokens.need(HISTORY_SCOPE[channel.kind])
    oldest, latest = _moment(ask, "oldest"), _moment(ask, "latest")
    shown, following = _messages(ask, channel, oldest, latest)
    return {
        "messages": shown,
        "has_more": bool(following),
        "pin_count": 0,
        **({} if latest is None else {"latest": ask.text("latest")}),
        "response_metadata": {"next_cursor": following},
    }


def _messages(ask: Ask, channel: Channel, oldest: float | None, latest: float | None) -> tuple[list[Any], str]:
    """Return a page, newest first: of the newest messages, or with only `oldest` given of those next to it."""
    town, inclusive = ask.hub.workspace, ask.flag("inclusive")
    low, high = oldest or 0.0, math.inf if latest is None else latest
    rows = [one for one in town.messages if one.channel.id == channel.id and not one.ephemeral]
    rows = [one for one in rows if _between(float(one.ts), low, high, inclusive=inclusive)]
    forward = oldest is not None and latest is None
    found, following = page(ask, rows if forward else rows[::-1])
    with_metadata = ask.flag("include_all_metadata")
    shown = [
        message_object(one, team_id=town.team_id, app_id=town.app_id, with_metadata=with_metadata) for one in found
    ]
    return shown[::-1] if forward else shown, following


def _moment(ask: Ask, name: str) -> float | None:
    if not ask.text(name, ""):
        return None
    try:
        return float(ask.text(name))
    except ValueError as error:
        raise SlackError(f"invalid_ts_{name}") from error


def _between(at: float, low: float, high: float, *, inclusive: bool) -> bool:
    return low <= at <= high if inclusive else low < at < high


def _kinds(ask: Ask) -> set[Kind]:
    try:
        kinds = {Kind(name) for name in ask.names("types") or [Kind.PUBLIC]}
    except ValueError as error:
        raise SlackError("invalid_types") from error
    for kind in sorted(kinds):
        ask.hub.tokens.need(READ_SCOPE[kind])
    return kinds


def _listed(ask: Ask, channels: list[Channel], without: Collection[str] = ()) -> dict[str, Any]:
    if ask.flag("exclude_archived"):
        channels = [one for one in channels if not one.archived]
    rows, following = page(ask, channels, error="invalid_limit")
    shown = [_in_list(ask, one) for one in rows]
    return {
        "channels": [{key: one[key] for key in one if key not in without} for one in shown],
        "response_metadata": {"next_cursor": following},
    }


def _in_list(ask: Ask, channel: Channel) -> dict[str, Any]:
    town = ask.hub.workspace
    gone = any(town.people[user].deleted for user in channel.members)
    return listed_object(channel, town.bot.id, town.team_id, gone=gone)
