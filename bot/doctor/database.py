"""The doctor's look at the database: is it there, are its tables current, do the keys open what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot.clock.clock import SystemClock
from bot.config import ConfigError, Settings, read_keys
from bot.db import migrate
from bot.db.migrate import Schema
from bot.db.sealing import Keyring
from bot.db.session import Database, open_engine
from bot.db.unsealing import unreadable
from bot.doctor.findings import Finding

_RUN = "run `tandem migrate`"


def look_at_database(settings: Settings) -> Iterator[Finding]:
    if is_missing_file(settings):
        made_by_start = settings.database.migrate_on_start
        what = "database: none yet" + (", the first start makes it" if made_by_start else "")
        yield Finding(what, ok=made_by_start, advice=_RUN)
        return
    engine = open_engine(settings.database.url)
    try:
        standing = migrate.standing(engine)
        yield Finding("database", ok=True)
        yield _schema(standing, settings)
        if standing is Schema.CURRENT:
            yield from _keys_fit(settings, engine)
    except sa.exc.SQLAlchemyError as error:
        yield Finding("database", ok=False, advice=f"it does not answer ({type(error).__name__}); check database.url")
    finally:
        engine.dispose()


def _keys_fit(settings: Settings, engine: sa.Engine) -> Iterator[Finding]:
    """Say whether the keys open what people wrote; keys that cannot be used at all have a line of their own."""
    try:
        database = Database(engine, Keyring(read_keys(settings)), SystemClock().now)
    except ConfigError:
        return
    for workspace, _ in database.workspaces():
        with database.reading(workspace) as tx:
            table = unreadable(tx)
        advice = f"what stands in the table {table} was sealed with another key; add that one to security.keys"
        yield Finding("the keys open what is stored", ok=table is None, advice=advice)


def is_missing_file(settings: Settings) -> bool:
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
