"""Look at an installation the way an operator would: each finding is fine, or says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import sqlalchemy as sa
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.bootstrap import open_database, web_client
from bot.clock.clock import SystemClock
from bot.config import ConfigError, Settings, load_settings, read_keys
from bot.db import migrate
from bot.db.session import open_engine
from bot.domain.programmes import BotNotInvited, Room, check_room
from bot.domain.refusals import Refused
from bot.manifest import BOT_SCOPES
from bot.slack.directory import Directory

CLOCK_SKEW = timedelta(seconds=60)  # Slack refuses signatures older than five minutes
TROUBLE = (SlackClientError, OSError)


@dataclass(frozen=True, slots=True)
class Finding:
    """``what`` was looked at; ``advice`` is what to do when it is not ``ok``."""

    what: str
    ok: bool
    advice: str = ""


def examine() -> list[Finding]:
    """Return findings in the order an installation depends on them; stops where the next could not work."""
    try:
        settings = load_settings()
    except ConfigError as error:
        return [Finding("configuration", ok=False, advice=str(error))]
    findings = [Finding("configuration", ok=True)]
    findings += _local(settings)
    if all(finding.ok for finding in findings):
        findings += _slack(settings)
    return findings


def _local(settings: Settings) -> Iterator[Finding]:
    yield _try("encryption key", lambda: read_keys(settings))
    engine = open_engine(settings.database.url)
    try:
        current, head = migrate.current(engine), migrate.head()
    except sa.exc.SQLAlchemyError as error:
        yield Finding("database", ok=False, advice=f"it does not answer ({type(error).__name__}); check database.url")
        return
    finally:
        engine.dispose()
    yield Finding("database", ok=True)
    same = current == head
    yield Finding(f"database schema {current or 'empty'}", ok=same, advice="run `tandem migrate`")
    yield _try(f"tokens for {settings.slack.mode} mode", settings.require_slack)


def _try(what: str, check: Callable[[], object]) -> Finding:
    try:
        check()
    except ConfigError as error:
        return Finding(what, ok=False, advice=str(error))
    return Finding(what, ok=True)


def _slack(settings: Settings) -> Iterator[Finding]:
    access = settings.require_slack()
    web = web_client(settings, access.bot_token)
    try:
        answer = web.auth_test()
    except SlackApiError as error:
        name = error.response.get("error", "unknown")
        yield Finding("Slack accepts the bot token", ok=False, advice=f"Slack says {name}; copy the token again")
        return
    except TROUBLE as error:
        yield Finding("Slack answers", ok=False, advice=f"no answer ({type(error).__name__}); check the network")
        return
    yield Finding(f"Slack accepts the bot token, workspace {answer['team']}", ok=True)
    headers = {name.lower(): value for name, value in dict(answer.headers).items()}
    yield _scopes(headers)
    yield _clock(headers)
    if settings.slack.mode == "socket":
        yield _app_token(settings, access.app_token)
    yield from _rooms(settings, web, str(answer["team_id"]))


def _scopes(headers: dict[str, Any]) -> Finding:
    granted = {scope.strip() for scope in _first(headers.get("x-oauth-scopes")).split(",")}
    missing = sorted(set(BOT_SCOPES) - granted)
    advice = f"missing: {', '.join(missing)}; update the app from `tandem manifest` and install it again"
    return Finding("permissions (scopes)", ok=not missing, advice=advice)


def _clock(headers: dict[str, Any]) -> Finding:
    try:
        skew = abs(SystemClock().now() - parsedate_to_datetime(_first(headers.get("date"))))
    except (TypeError, ValueError):
        return Finding("clock: Slack sent no time to compare with", ok=True)
    seconds = round(skew.total_seconds())
    return Finding(f"clock, {seconds} s from Slack's", ok=skew <= CLOCK_SKEW, advice="set the clock (NTP)")


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) and value else value or "")


def _app_token(settings: Settings, token: str) -> Finding:
    try:
        WebClient(token=token, base_url=settings.slack.api_url, retry_handlers=[]).apps_connections_open(
            app_token=token
        )
    except SlackApiError as error:
        advice = f"Slack says {error.response.get('error', 'unknown')}; it needs the scope connections:write"
        return Finding("Slack accepts the app token", ok=False, advice=advice)
    except TROUBLE as error:
        return Finding("Slack accepts the app token", ok=False, advice=f"no answer ({type(error).__name__})")
    return Finding("Slack accepts the app token", ok=True)


def _rooms(settings: Settings, web: WebClient, team: str) -> Iterator[Finding]:
    database = open_database(settings)
    try:
        with database.reading(database.workspace(team)) as tx:
            rooms = [row.room for row in tx.programmes.active()]
        if not rooms:
            yield Finding("owners' room: none yet; an owner runs /tandem-admin setup in a private channel", ok=True)
        directory = Directory(database, web, SystemClock().now)
        for number, channel in enumerate(rooms, 1):
            yield _room(f"owners' room {number}", directory, channel)
    finally:
        database.close()


def _room(what: str, directory: Directory, channel: str) -> Finding:
    try:
        room: Room = directory.room(channel)
        check_room(room)
    except BotNotInvited:
        return Finding(what, ok=False, advice="type /invite @Tandem in it")
    except Refused as refusal:
        return Finding(what, ok=False, advice=refusal.text)
    return Finding(what, ok=True)
