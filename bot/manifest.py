"""The Slack app manifest: what Tandem asks Slack for, and nothing more."""

from __future__ import annotations

from typing import Any

from bot.settings import Settings

PUBLIC_ADDRESS = "https://YOUR-HOST/slack/events"  # replaced by the operator when Slack calls Tandem over HTTP
NOTE_NEW = "note_new"
NOTE_FROM_MESSAGE = "note_from_message"

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
BOT_EVENTS = (
    "app_home_opened",
    "message.im",
    "user_change",
    "team_join",
    "member_joined_channel",
    "member_left_channel",
    "app_uninstalled",
    "tokens_revoked",
)


def manifest(settings: Settings) -> dict[str, Any]:
    """Return the manifest for the configured mode, ready for JSON; "http" adds the address Slack is to call."""
    over_http = settings.slack.mode == "http"
    return {
        "display_information": _display_information(),
        "features": _features(over_http=over_http),
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": _settings(over_http=over_http),
    }


def _display_information() -> dict[str, str]:
    return {
        "name": "Tandem",
        "description": "Peer mentoring: find a partner, set goals, keep a small promise every week.",
        "long_description": (
            "Tandem runs your company's peer-mentoring programme where people already talk. It pairs colleagues with "
            "different strengths, helps them agree what they expect of each other, set goals in small steps, promise "
            "each other something every week and report back. The people who run the programme see counts, never "
            "what anybody writes."
        ),
        "background_color": "#23445D",
    }


def _features(*, over_http: bool) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Tandem", "always_online": True},
        "shortcuts": [
            _shortcut("global", NOTE_NEW, "Write a progress note", "Write down what moved you forward"),
            _shortcut("message", NOTE_FROM_MESSAGE, "Save as progress note", "Keep your own message as a note"),
        ],
        "slash_commands": [
            _command(
                "/tandem",
                "Your mentoring partner, goals and notes",
                "help | join | goal | note | notes | pause | privacy",
                over_http=over_http,
            ),
            _command("/tandem-admin", "Run a mentoring programme", "help | setup | match", over_http=over_http),
        ],
    }


def _shortcut(kind: str, callback_id: str, name: str, description: str) -> dict[str, str]:
    return {"name": name, "type": kind, "callback_id": callback_id, "description": description}


def _command(command: str, description: str, usage_hint: str, *, over_http: bool) -> dict[str, Any]:
    told = {"command": command, "description": description, "usage_hint": usage_hint, "should_escape": False}
    return told | ({"url": PUBLIC_ADDRESS} if over_http else {})


def _settings(*, over_http: bool) -> dict[str, Any]:
    events: dict[str, Any] = {"bot_events": list(BOT_EVENTS)}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if over_http:
        events |= {"request_url": PUBLIC_ADDRESS}
        interactivity |= {"request_url": PUBLIC_ADDRESS, "message_menu_options_url": PUBLIC_ADDRESS}
    return {
        "event_subscriptions": events,
        "interactivity": interactivity,
        "org_deploy_enabled": True,
        "socket_mode_enabled": not over_http,
        "token_rotation_enabled": False,
    }
