"""Ways to take the database away from a running bot, and to give it back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import event

from demo.town import Town

A_MOMENT = 50  # milliseconds: how long the bot waits for a lock while these tests hold it


@contextmanager
def no_database(town: Town) -> Iterator[None]:
    """Take the whole database away while the block lasts."""
    engine = town.tandem.database.engine
    with _moved_away(engine) if engine.dialect.name == "sqlite" else _closed(engine.url):
        yield


@contextmanager
def locked_database(town: Town) -> Iterator[None]:
    """Let another program hold the database so that nothing can be written while the block lasts."""
    engine = town.tandem.database.engine
    event.listen(engine, "connect", _be_impatient)
    engine.dispose()
    with _write_locked(engine) if engine.dialect.name == "sqlite" else _table_locked(engine.url):
        yield
    event.remove(engine, "connect", _be_impatient)
    engine.dispose()


@contextmanager
def hanging_database(town: Town) -> Iterator[None]:
    """Let every write of an inbound key hang for a minute: on Postgres in a trigger, on SQLite behind a lock."""
    engine = town.tandem.database.engine
    if engine.dialect.name == "sqlite":
        with locked_database(town):
            yield
        return
    with psycopg.connect(_plain(engine.url), autocommit=True) as other:
        other.execute(_HANG)
        yield
        other.execute("DROP FUNCTION hang CASCADE")


_HANG = """
CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END';
CREATE TRIGGER hang BEFORE INSERT ON inbound FOR EACH ROW EXECUTE FUNCTION hang();
"""


def _be_impatient(connection: Any, _record: object) -> None:
    sqlite = isinstance(connection, sqlite3.Connection)
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={A_MOMENT}" if sqlite else f"SET lock_timeout = {A_MOMENT}")
    cursor.close()
    connection.commit()


@contextmanager
def _moved_away(engine: sa.Engine) -> Iterator[None]:
    """Put a directory where the file was; without open connections nothing of it stays behind in memory."""
    engine.dispose()
    path = Path(str(engine.url.database))
    away = path.rename(path.with_suffix(".away"))
    path.mkdir()
    yield
    path.rmdir()
    away.rename(path)


@contextmanager
def _closed(url: sa.URL) -> Iterator[None]:
    """Let Postgres refuse new connections to the database, and end those there are."""
    with _administering(url) as server:
        server.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false'.encode())
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [url.database])
        yield
        server.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true'.encode())


@contextmanager
def _write_locked(engine: sa.Engine) -> Iterator[None]:
    with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def _table_locked(url: sa.URL) -> Iterator[None]:
    with psycopg.connect(_plain(url)) as other:
        other.execute("LOCK TABLE inbound IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


def _administering(url: sa.URL) -> psycopg.Connection[Any]:
    return psycopg.connect(_plain(url.set(database="postgres")), autocommit=True)


def _plain(url: sa.URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
