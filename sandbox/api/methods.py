"""The list of methods: who answers, which scopes any of which is enough, how many calls a minute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.api import apps, blocks, chat, conversations, files, users, views
from sandbox.calls import Ask
from sandbox.limits import PER_MINUTE, POSTS_PER_MINUTE

Handler = Callable[[Ask], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Method:
    handler: Handler
    scopes: tuple[str, ...] = ()
    tier: int = 3
    token: str = "bot"  # noqa: S105 - the kind of token that may call it: bot, app, any or none
    calls_per_minute: int | None = None

    @property
    def per_minute(self) -> int:
        return self.calls_per_minute or PER_MINUTE[self.tier]


def methods() -> dict[str, Method]:
    """Return every method by its name."""
    write, people = ("chat:write",), ("users:read",)
    return {
        "api.test": Method(apps.api_test, token="none", tier=4),  # noqa: S106
        "auth.test": Method(apps.auth_test, token="any", calls_per_minute=600),  # noqa: S106
        "apps.connections.open": Method(apps.connections_open, token="app"),  # noqa: S106
        "team.info": Method(apps.team_info, ("team:read",)),
        "users.info": Method(users.info, people, tier=4),
        "users.list": Method(users.list_all, people, tier=2),
        "users.profile.get": Method(users.profile_get, ("users.profile:read",), tier=4),
        "users.conversations": Method(conversations.of_user),
        "conversations.open": Method(conversations.open_dm),
        "conversations.info": Method(conversations.info),
        "conversations.members": Method(conversations.members, tier=4),
        "conversations.list": Method(conversations.list_all, tier=2),
        "conversations.history": Method(conversations.history),
        "chat.postMessage": Method(chat.post_message, write, calls_per_minute=POSTS_PER_MINUTE),
        "chat.postEphemeral": Method(chat.post_ephemeral, write, tier=4),
        "chat.update": Method(chat.update, write),
        "chat.delete": Method(chat.delete, write),
        "chat.getPermalink": Method(chat.permalink, calls_per_minute=600),
        "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",), tier=4),
        "files.completeUploadExternal": Method(files.complete_upload, ("files:write",), tier=4),
        "files.info": Method(files.info, ("files:read",), tier=4),
        "files.delete": Method(files.delete, ("files:write",)),
        "blocks.validate": Method(blocks.validate),
        "views.open": Method(views.open_modal, tier=4),
        "views.push": Method(views.push, tier=4),
        "views.update": Method(views.update, tier=4),
        "views.publish": Method(views.publish, tier=4),
    }
