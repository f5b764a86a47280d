"""The doctor's look at the owners' rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from slack_sdk import WebClient

from bot.config import Settings, read_keys
from bot.db import migrate
from bot.db.migrate import Schema
from bot.db.sealing import Keyring
from bot.db.session import Database, open_engine
from bot.doctor.findings import Finding
from bot.domain.programmes import BotNotInvited, check_room
from bot.domain.refusals import Refused
from bot.slack.directory import Directory, Lines

Now = Callable[[], datetime]


def look_at_rooms(settings: Settings, web: WebClient, team: str, now: Now) -> Iterator[Finding]:
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
