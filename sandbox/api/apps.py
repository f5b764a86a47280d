"""`api.test`, `auth.test`, `apps.connections.open`, `team.info`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.errors import SlackError

if TYPE_CHECKING:
    from sandbox.calls import Ask


def api_test(ask: Ask) -> dict[str, Any]:
    if ask.args.get("error"):
        raise SlackError(ask.text("error"), args=ask.args)
    return {"args": ask.args} if ask.args else {}


def auth_test(ask: Ask) -> dict[str, Any]:
    town = ask.hub.workspace
    return {
        "url": f"https://{town.domain}.slack.com/",
        "team": town.name,
        "user": town.bot.handle,
        "team_id": town.team_id,
        "user_id": town.bot.id,
        "bot_id": town.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(ask: Ask) -> dict[str, Any]:
    address = ask.hub.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}link/?ticket={ask.hub.sockets.ticket()}&app_id={ask.hub.workspace.app_id}"}


def team_info(ask: Ask) -> dict[str, Any]:
    town = ask.hub.workspace
    return {
        "team": {
            "id": town.team_id,
            "name": town.name,
            "domain": town.domain,
            "url": f"https://{town.domain}.slack.com/",
            "email_domain": "",
            "icon": {"image_default": True},
            "is_verified": False,
        }
    }
