"""The payloads Slack sends to an app, in its own shapes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.messages import Message, message_object
from sandbox.screens import view_object

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.hub import Hub
    from sandbox.people import Person
    from sandbox.surfaces import View


@dataclass(slots=True)
class Payloads:
    hub: Hub

    def command(self, person: Person, command: str, text: str, channel: Channel) -> dict[str, Any]:
        """Return the form fields of a slash command."""
        town = self.hub.workspace
        return {
            "token": self.hub.tokens.verification,
            "team_id": town.team_id,
            "team_domain": town.domain,
            "channel_id": channel.id,
            "channel_name": channel.form_name,
            "user_id": person.id,
            "user_name": person.handle,
            "command": command,
            "text": text,
            "api_app_id": town.app_id,
            "is_enterprise_install": "false",
            "response_url": self.response_url(channel, person, None),
            "trigger_id": self.hub.triggers.give(person.id),
        }

    def base(self, kind: str, person: Person) -> dict[str, Any]:
        """Return what all interactions have in common."""
        town = self.hub.workspace
        user = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.team_id}
        return {
            "type": kind,
            "token": self.hub.tokens.verification,
            "team": {"id": town.team_id, "domain": town.domain},
            "user": user,
            "api_app_id": town.app_id,
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def message_place(self, message: Message) -> dict[str, Any]:
        """Return what an interaction says about the message it happened in; ephemeral ones do not come along."""
        channel = message.channel
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.ephemeral,
        }
        place = {"container": container, "channel": {"id": channel.id, "name": channel.form_name}}
        return place if message.ephemeral else place | {"message": self.message(message)}

    def message(self, message: Message) -> dict[str, Any]:
        return message_object(message, team_id=self.hub.workspace.team_id, app_id=self.hub.workspace.app_id)

    def view_place(self, view: View) -> dict[str, Any]:
        return {"container": {"type": "view", "view_id": view.id}, "view": view_object(self.hub.workspace, view)}

    def response_url(self, channel: Channel, person: Person, source: Message | None) -> str:
        return self.hub.base_url + self.hub.response_urls.give(channel, person, source)

    def event(self, event: dict[str, Any]) -> dict[str, Any]:
        """Return the envelope of an Events API event."""
        town = self.hub.workspace
        authorization = {
            "enterprise_id": None,
            "team_id": town.team_id,
            "user_id": town.bot.id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": self.hub.tokens.verification,
            "team_id": town.team_id,
            "context_team_id": town.team_id,
            "context_enterprise_id": None,
            "api_app_id": town.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{uuid.uuid4().hex[:16].upper()}",
            "event_time": int(town.now().timestamp()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": f"4-{uuid.uuid4().hex}",
        }


def escaped(text: str) -> str:
    """Return the text as Slack sends it on in messages: only the three control characters are escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rich_text(text: str, block_id: str) -> list[dict[str, Any]]:
    """Return the blocks of what a person typed into the message field."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]
