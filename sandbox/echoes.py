"""The bot's own messages in a DM come back to it as events, as Slack does for `message.im`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.channels import Kind
from sandbox.events import Events

if TYPE_CHECKING:
    from sandbox.calls import Call
    from sandbox.hub import Hub

_SUBTYPES = {"chat.postMessage": "", "chat.update": "message_changed", "chat.delete": "message_deleted"}


def echo_of(hub: Hub, call: Call) -> dict[str, Any] | None:
    """Return the event a done call causes, or None."""
    if not call.done or call.method not in _SUBTYPES:
        return None
    channel = hub.workspace.channels[call.response["channel"]]
    if channel.kind is not Kind.IM:
        return None
    place = {"channel": channel.id, "channel_type": "im"}
    shown = {**call.response.get("message", {}), "ts": call.response["ts"]}
    subtype = _SUBTYPES[call.method]
    if not subtype:
        return shown | place
    about = {"message": shown} if subtype == "message_changed" else {"deleted_ts": call.response["ts"]}
    now = hub.workspace.stamps.next(hub.workspace.now())
    whole = {"type": "message", "subtype": subtype, "hidden": True, "ts": now, "event_ts": now}
    return whole | place | about | {"previous_message": call.before}


async def send_echo(hub: Hub, event: dict[str, Any]) -> None:
    await Events(hub).emit(event, "im:history")
