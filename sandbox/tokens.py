"""Tokens and the scopes that come with them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from sandbox.errors import SlackError

BOT_SCOPES = (
    "commands",
    "chat:write",
    "im:write",
    "im:history",
    "mpim:write",
    "users:read",
    "users.profile:read",
    "team:read",
    "files:write",
    "channels:read",
    "groups:read",
)


@dataclass(slots=True)
class Tokens:
    """The app's credentials; `scopes` belong to the bot token and may be changed by a test."""

    bot: str = field(default_factory=lambda: f"xoxb-{secrets.token_hex(12)}")
    app: str = field(default_factory=lambda: f"xapp-1-{secrets.token_hex(12)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification: str = field(default_factory=lambda: secrets.token_hex(12))
    scopes: set[str] = field(default_factory=lambda: set(BOT_SCOPES))
    revoked: bool = False

    def kind(self, token: str) -> str:
        """Return `bot` or `app`; raise `not_authed`, `invalid_auth` or `token_revoked`."""
        if not token:
            raise SlackError("not_authed")
        if secrets.compare_digest(token.encode(), self.app.encode()):
            return "app"
        if not secrets.compare_digest(token.encode(), self.bot.encode()):
            raise SlackError("invalid_auth")
        if self.revoked:
            raise SlackError("token_revoked")
        return "bot"

    def need(self, *any_of: str) -> None:
        """Raise `missing_scope` unless the bot has one of the scopes."""
        if any_of and not self.scopes.intersection(any_of):
            raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(sorted(self.scopes)))
