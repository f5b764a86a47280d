"""Bring a database to the newest schema, with a backup first where there is something to lose."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.db.copies import is_copy

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"
BACKUP = (
    "database: this file is a backup that was put here by hand; run `tandem restore` once, without a file: "
    "it makes sure that nothing is sent a second time"
)
_LOCK = 0x7A4D  # Postgres advisory lock: one process migrates, the others wait


class ForeignKeysBroken(Exception):
    """A migration left rows that point nowhere; it was rolled back."""


class Schema(StrEnum):
    """How a database stands to this version of the code."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"
    BACKUP = "a backup"  # put here by hand: it knows nothing of what was sent since


class WrongSchema(Exception):
    """The database cannot be used by this version as it is; ``str()`` is one line that says what to do."""


def head() -> str:
    """Return the newest revision the code knows."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(engine: sa.Engine) -> str | None:
    """Return the revision the database stands at; None before the first migration."""
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def standing(engine: sa.Engine) -> Schema:
    """Compare the database's revision with the code's."""
    if _is_backup(engine):
        return Schema.BACKUP
    revision = current(engine)
    if revision is None:
        return Schema.EMPTY
    if revision == head():
        return Schema.CURRENT
    return Schema.BEHIND if revision in _known() else Schema.AHEAD


def _known() -> frozenset[str]:
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def require_current(engine: sa.Engine) -> None:
    """Raise WrongSchema unless the database stands where the code does."""
    match standing(engine):
        case Schema.EMPTY | Schema.BEHIND:
            raise WrongSchema("database: its tables are not up to date; run `tandem migrate`")
        case Schema.AHEAD:
            raise _ahead()
        case Schema.BACKUP:
            raise WrongSchema(BACKUP)


def require_tables(engine: sa.Engine) -> None:
    """Raise WrongSchema for a database without a single table of ours."""
    if current(engine) is None:
        raise WrongSchema("database: there is nothing in it yet; the first start or `tandem migrate` makes its tables")


def _is_backup(engine: sa.Engine) -> bool:
    database = engine.url.database
    return engine.dialect.name == "sqlite" and bool(database) and Path(str(database)).is_file() and is_copy(engine)


def _ahead() -> WrongSchema:
    return WrongSchema("database: a newer version of Tandem has changed its tables; run that version again")


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Run all migrations up to ``revision``. Raises WrongSchema if a newer version has run on this database."""
    match standing(engine):
        case Schema.AHEAD:
            raise _ahead()
        case Schema.BACKUP:
            raise WrongSchema(BACKUP)
    _run(engine, "upgrade", revision)


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Run migrations back to ``revision``."""
    _run(engine, "downgrade", revision)


def _run(engine: sa.Engine, direction: str, revision: str) -> None:
    from alembic import command

    config = _config()
    with _migrating(engine) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            # Whoever comes second waits for the first, and a long migration is not cut off.
            connection.execute(sa.text("SET LOCAL lock_timeout = 0"))
            connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        getattr(command, direction)(config, revision)
        if engine.dialect.name == "sqlite":
            _check_foreign_keys(connection)


@contextmanager
def _migrating(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection to migrate on: on SQLite backed up first, with foreign keys off while it lasts.

    Re-creating a parent table with cascades on would empty its children; the pragma works outside a transaction only.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            yield connection
        return
    _back_up(engine)
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)  # noqa: S101  what the dialect promises
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: sa.Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise ForeignKeysBroken(f"{len(broken)} rows, first in table {broken[0][0]}")


def _back_up(engine: sa.Engine) -> None:
    database = engine.url.database
    if not database or not Path(database).exists() or current(engine) in {None, head()}:
        return
    target = Path(f"{database}.before-{head()}")
    target.unlink(missing_ok=True)  # what an earlier try left may be half a file
    target.touch(mode=0o600, exist_ok=False)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config
