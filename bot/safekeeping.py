"""Backup and restore, as an operator does them: a copy anytime, and a way back after which nothing is sent twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.clock.clock import SystemClock
from bot.config import Settings, read_keys
from bot.db import copies, dumps, migrate
from bot.db.restores import Doubted
from bot.db.sealing import Keyring
from bot.db.session import Database, open_engine
from bot.db.unsealing import unreadable
from bot.domain.ids import WorkspaceId
from bot.running import CannotStart
from bot.usecases.backlog import OPERATOR

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class PutBack:
    """What a restore came to. ``kept`` says where the former database is; empty when there was none."""

    doubted: Doubted
    kept: str = ""


def back_up(settings: Settings, target: Path, *, force: bool = False) -> None:
    """Write a consistent copy of the database to ``target``, mode 600, whole or not at all. Raises CannotStart."""
    engine = open_engine(settings.database.url)
    with _in_one_line(), _closing(engine):
        migrate.require_tables(engine)
        if engine.dialect.name != "sqlite":
            with copies.private_file(target, force=force) as part:
                dumps.dump(engine, part)
            return
        source = copies.file_of(engine.url)
        if target.resolve() in {source.with_name(source.name + ending).resolve() for ending in ("", "-wal", "-shm")}:
            raise copies.CannotCopy(f"{target} is the database itself")
        with copies.private_file(target, force=force) as part:
            copies.copy(source, part)


def put_back(settings: Settings, source: Path, now: Now | None = None) -> PutBack:
    """Put the backup ``source`` in the place of the database, and put in doubt what it has not seen being sent.

    Nothing is changed if the backup cannot be used: damaged, of a newer version, or sealed with other keys.
    Raises CannotStart, ConfigError.
    """
    keyring, now = Keyring(read_keys(settings)), now or SystemClock().now
    if not source.is_file():
        raise CannotStart(f"{source}: there is no such file")
    engine = open_engine(settings.database.url)
    with _in_one_line(), _closing(engine):
        if engine.dialect.name == "sqlite":
            return _put_back_file(copies.file_of(engine.url), source, keyring, now)
        with dumps.put_back(engine, source, now()) as kept:
            return PutBack(_take_precautions(engine, keyring, now), f"the schema {kept}")


def _put_back_file(target: Path, source: Path, keyring: Keyring, now: Now) -> PutBack:
    def prepare(fresh: Path) -> Doubted:
        engine = open_engine(f"sqlite:///{fresh}")
        with _closing(engine):
            return _take_precautions(engine, keyring, now)

    doubted, kept = copies.put_back(source, target, now(), prepare)
    return PutBack(doubted, str(kept or ""))


def take_precautions(settings: Settings, now: Now | None = None) -> PutBack:
    """Put in doubt what a database that was put back by other means has not seen being sent. Raises CannotStart."""
    keyring, now = Keyring(read_keys(settings)), now or SystemClock().now
    engine = open_engine(settings.database.url)
    with _in_one_line(), _closing(engine):
        migrate.require_tables(engine)
        if engine.dialect.name == "sqlite":
            copies.take_off_mark(copies.file_of(engine.url))
        return PutBack(_take_precautions(engine, keyring, now))


def _take_precautions(engine: sa.Engine, keyring: Keyring, now: Now) -> Doubted:
    migrate.upgrade(engine)
    database = Database(engine, keyring, now)
    found = [_mark(database, workspace) for workspace, _ in database.workspaces()]
    return Doubted(sum(one.looked_up for one in found), sum(one.held for one in found))


def _mark(database: Database, workspace: WorkspaceId) -> Doubted:
    with database.transaction(workspace) as tx:
        table = unreadable(tx)
        if table:
            raise copies.CannotCopy(
                f"the backup is sealed with another key ({table}); add the key of that time to security.keys"
            )
        doubted = tx.restores.mark()
        tx.audit.record_by(OPERATOR, "restore", workspace)
        return doubted


def told(done: PutBack) -> list[str]:
    """Return what an operator has to know after a restore, line by line."""
    lines = [
        "Put back. Whatever happened after the backup is unknown to Tandem now: what people wrote, joined or left.",
        f"{done.doubted.looked_up} direct messages were open; each is looked up before it is sent.",
    ]
    if done.doubted.held:
        lines.append(
            f"{done.doubted.held} messages to groups and channels were open and are held: "
            "nobody can look there whether they were sent; `tandem outbox list` shows them."
        )
    if done.kept:
        lines.append(f"The former database is kept as {done.kept}; delete it when you are sure.")
    return lines


@contextmanager
def _closing(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    finally:
        engine.dispose()


@contextmanager
def _in_one_line() -> Iterator[None]:
    try:
        yield
    except (copies.CannotCopy, migrate.WrongSchema) as error:
        complaint = str(error)
    except sa.exc.ProgrammingError as error:
        why = type(error.orig).__name__
        complaint = f"database: it refuses ({why}); the user of database.url has to own the schema it works in"
    except sa.exc.SQLAlchemyError as error:
        complaint = f"database: it does not answer ({type(error).__name__}); check database.url"
    except OSError as error:
        complaint = f"{error.filename}: {error.strerror}"
    else:
        return
    raise CannotStart(complaint)  # outside the handlers, so that no traceback leads back to addresses
