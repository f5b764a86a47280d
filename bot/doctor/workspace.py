"""The doctor's look at Slack: tokens, scopes, clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.bootstrap import web_client
from bot.config import Settings
from bot.doctor import rooms
from bot.doctor.findings import Finding
from bot.manifest import BOT_SCOPES

CLOCK_SKEW = timedelta(seconds=60)  # Slack refuses signatures older than five minutes
TROUBLE = (SlackClientError, OSError)
Now = Callable[[], datetime]


def look_at_slack(settings: Settings, now: Now, *, look_at_rooms: bool) -> Iterator[Finding]:
    access = settings.require_slack()
    web = web_client(settings, access.bot_token)
    try:
        answer = web.auth_test()
    except SlackApiError as error:
        name = error.response.get("error", "unknown")
        advice = f"Slack says {name}; copy slack.bot_token again from “OAuth & Permissions”"
        yield Finding("bot token", ok=False, advice=advice)
        return
    except TROUBLE as error:
        advice = f"no answer ({type(error).__name__}); check the network and slack.api_url"
        yield Finding("Slack", ok=False, advice=advice)
        return
    yield Finding(f"bot token, workspace {answer['team']}", ok=True)
    headers = {name.lower(): value for name, value in dict(answer.headers).items()}
    yield _scopes(headers)
    yield _clock(headers, now)
    if settings.slack.mode == "socket":
        yield _app_token(settings, access.app_token)
    if look_at_rooms:
        yield from rooms.look_at_rooms(settings, web, str(answer["team_id"]), now)


def _scopes(headers: dict[str, Any]) -> Finding:
    granted = {scope.strip() for scope in _first(headers.get("x-oauth-scopes")).split(",")}
    missing = sorted(set(BOT_SCOPES) - granted)
    advice = f"missing: {', '.join(missing)}; update the app from `tandem manifest` and install it again"
    return Finding("permissions (scopes)", ok=not missing, advice=advice)


def _clock(headers: dict[str, Any], now: Now) -> Finding:
    try:
        skew = abs(now() - parsedate_to_datetime(_first(headers.get("date"))))
    except (TypeError, ValueError):
        return Finding("clock: Slack sent no time to compare with", ok=True)
    seconds = round(skew.total_seconds())
    advice = "Slack refuses requests when it is minutes off; let the machine set it (NTP)"
    return Finding(f"clock, {seconds} s from Slack's", ok=skew <= CLOCK_SKEW, advice=advice)


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) and value else value or "")


def _app_token(settings: Settings, token: str) -> Finding:
    try:
        web_client(settings, token).apps_connections_open(app_token=token)
    except SlackApiError as error:
        name = error.response.get("error", "unknown")
        advice = f"Slack says {name}; make one with connections:write under “Basic Information”"
        return Finding("app token", ok=False, advice=advice)
    except TROUBLE as error:
        return Finding("app token", ok=False, advice=f"no answer ({type(error).__name__}); check the network")
    return Finding("app token", ok=True)
