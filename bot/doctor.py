"""Look at an installation the way an operator would: each finding is fine, or says what to do. Nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.engine import make_url

from bot.bootstrap import web_client
from bot.clock.clock import SystemClock
from bot.config import FIRST_STEPS, ConfigError, Settings, load_settings, nothing_configured, read_keys
from bot.db import migrate
from bot.db.migrate import Schema
from bot.db.sealing import Keyring
from bot.db.session import Database, open_engine
from bot.domain.programmes import BotNotInvited, check_room
from bot.domain.refusals import Refused
from bot.manifest import BOT_SCOPES
from bot.slack.directory import Directory, Lines

CLOCK_SKEW = timedelta(seconds=60)  # Slack refuses signatures older than five minutes
TROUBLE = (SlackClientError, OSError)
Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Finding:
    """``what`` was looked at; ``advice`` is what to do when it is not ``ok``."""

    what: str
    ok: bool
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look: variables, folder and clock of this process unless a test says otherwise."""

    environ: Mapping[str, str] | None = None
    cwd: Path | None = None
    now: Now = SystemClock().now


def examine(place: Place) -> list[Finding]:
    """Return findings in the order an installation depends on them; what could not work yet is not looked at."""
    if nothing_configured(place.environ, place.cwd):
        return [Finding("configuration", ok=False, advice=FIRST_STEPS)]
    try:
        settings = load_settings(place.environ, place.cwd)
    except ConfigError as error:
        return [Finding("configuration", ok=False, advice=str(error))]
    findings = [Finding("configuration", ok=True), _try("encryption key", lambda: read_keys(settings))]
    findings += _database(settings)
    findings.append(_try(f"tokens for {settings.slack.mode} mode", settings.require_slack))
    if findings[-1].ok:
        findings += _slack(settings, place.now, look_at_rooms=_has_data(settings, findings))
    return findings


def _has_data(settings: Settings, findings: list[Finding]) -> bool:
    return all(finding.ok for finding in findings) and not _is_missing_file(settings)


def _try(what: str, check: Callable[[], object]) -> Finding:
    try:
        check()
    except ConfigError as error:
        return Finding(what, ok=False, advice=str(error))
    return Finding(what, ok=True)


def _database(settings: Settings) -> Iterator[Finding]:
    if _is_missing_file(settings):
        made_by_start = settings.database.migrate_on_start
        what = "database: none yet" + (", the first start makes it" if made_by_start else "")
        yield Finding(what, ok=made_by_start, advice=_RUN)
        return
    engine = open_engine(settings.database.url)
    try:
        standing = migrate.standing(engine)
    except sa.exc.SQLAlchemyError as error:
        yield Finding("database", ok=False, advice=f"it does not answer ({type(error).__name__}); check database.url")
        return
    finally:
        engine.dispose()
    yield Finding("database", ok=True)
    yield _schema(standing, settings)


_RUN = "run `tandem migrate`"


def _is_missing_file(settings: Settings) -> bool:
    url = make_url(settings.database.url)
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def _schema(standing: Schema, settings: Settings) -> Finding:
    match standing:
        case Schema.CURRENT:
            return Finding("database tables", ok=True)
        case Schema.AHEAD:
            advice = "a newer version of Tandem has changed them; run that version again"
            return Finding("database tables", ok=False, advice=advice)
        case Schema.BACKUP:
            return Finding("database tables", ok=False, advice=migrate.BACKUP.removeprefix("database: "))
        case Schema.EMPTY | Schema.BEHIND:
            updated = settings.database.migrate_on_start
            what = f"database tables ({standing})" + (", the next start brings them up to date" if updated else "")
            return Finding(what, ok=updated, advice=_RUN)


def _slack(settings: Settings, now: Now, *, look_at_rooms: bool) -> Iterator[Finding]:
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
        yield from _rooms(settings, web, str(answer["team_id"]), now)


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


def _rooms(settings: Settings, web: WebClient, team: str, now: Now) -> Iterator[Finding]:
    database = Database(open_engine(settings.database.url), Keyring(read_keys(settings)), now)
    try:
        rooms = _known_rooms(database, team)
        if not rooms:
            yield Finding("owners' room: none yet; an owner types /tandem-admin setup in a private channel", ok=True)
        directory = Directory(database, Lines(web, web), now)
        for number, channel in enumerate(rooms, 1):
            yield _room(f"owners' room {number}", directory, channel)
    finally:
        database.close()


def _known_rooms(database: Database, team: str) -> list[str]:
    if migrate.standing(database.engine) is not Schema.CURRENT:
        return []
    known = [workspace for workspace, name in database.workspaces() if name == team]
    rooms: list[str] = []
    for workspace in known:
        with database.reading(workspace) as tx:
            rooms += [row.room for row in tx.programmes.active()]
    return rooms


def _room(what: str, directory: Directory, channel: str) -> Finding:
    try:
        check_room(directory.room(channel))
    except BotNotInvited:
        return Finding(what, ok=False, advice="Tandem is not in it any more; type /invite @Tandem there")
    except Refused as refusal:
        return Finding(what, ok=False, advice=refusal.text)
    return Finding(what, ok=True)
