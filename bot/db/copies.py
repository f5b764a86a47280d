"""A consistent copy of an SQLite file while others write to it, and the way back.

A copy carries a mark in its header. Whoever puts one in the place of the database by hand is told that `tandem restore`
does it safely; see docs/decisions/0008-backup-and-restore.md.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

T = TypeVar("T")
MARK = 0x7A4D  # `PRAGMA user_version` of a copy; 0 in a database
_PATIENCE = 0.5  # seconds to find out whether somebody else has the file open
_PRIVATE = 0o600


class CannotCopy(Exception):
    """The database cannot be copied or put back; ``str()`` is one line: why, and what to do."""


@contextmanager
def private_file(target: Path, *, force: bool) -> Iterator[Path]:
    """Yield an empty file beside ``target`` that only its owner can read; it takes that name when all went well.

    Raises CannotCopy if ``target`` is there and ``force`` is not given.
    """
    if target.exists() and not force:
        raise CannotCopy(f"{target} is there already; --force replaces it")
    part = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
    try:
        yield part
        _to_disk(part)
        part.replace(target)
        _to_disk(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy(source: Path, target: Path) -> None:
    """Write what stands in ``source`` at one moment into the empty file ``target``.

    What was deleted is not in it: SQLite writes every row anew instead of copying pages.
    """
    with closing(sqlite3.connect(source, timeout=60, isolation_level=None)) as database:
        database.execute("VACUUM INTO ?", (str(target),))
    _set_mark(target, MARK)


def is_copy(engine: sa.Engine) -> bool:
    """Say whether an SQLite database is a backup that `tandem backup` made, put in place without `tandem restore`."""
    with engine.connect() as connection:
        return bool(connection.exec_driver_sql("PRAGMA user_version").scalar() == MARK)


def take_off_mark(path: Path) -> None:
    """Make a database of a copy."""
    _set_mark(path, 0)


def _set_mark(path: Path, mark: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(f"PRAGMA user_version={mark:d}")


def put_back(source: Path, target: Path, now: datetime, prepare: Callable[[Path], T]) -> tuple[T, Path | None]:
    """Put the copy ``source`` in the place of the database ``target``.

    ``prepare`` makes the new file ready before it takes the place; whatever goes wrong until then leaves everything
    as it was. Returns what ``prepare`` returned, and where the former database is kept. Raises CannotCopy.
    """
    _check(source)
    _check_nobody_has(target)
    with private_file(target, force=True) as fresh:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(fresh)) as new:
            old.backup(new)
        _set_mark(fresh, 0)
        try:
            done = prepare(fresh)
            _close(fresh)
            kept = _keep_aside(target, now)
        finally:
            for left in fresh.parent.glob(f"{fresh.name}?*"):
                left.unlink()
    return done, kept


def _check(source: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as database:
            whole = database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            ours = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    except sqlite3.Error as error:
        raise CannotCopy(f"{source} cannot be read as a backup ({error})") from None
    if not whole or ours == (0,):
        raise CannotCopy(f"{source} is no backup of Tandem, or it is damaged")


def _check_nobody_has(target: Path) -> None:
    """Raise CannotCopy while another process has the database open; bring its write-ahead log in on the way."""
    if not target.exists():
        return
    try:
        _close(target)
    except sqlite3.OperationalError:
        raise CannotCopy("the database is in use; stop every `tandem` that runs on it, then try again") from None
    except sqlite3.DatabaseError:
        return  # damaged: perhaps the very reason


def _close(path: Path) -> None:
    """Bring the write-ahead log into the file. Raises OperationalError while another process has it open."""
    with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=DELETE").fetchall()


def _keep_aside(target: Path, now: datetime) -> Path | None:
    if not target.exists():
        return None
    kept = target.with_name(f"{target.name}.before-restore-{now:%Y%m%dT%H%M%S}-{os.urandom(2).hex()}")
    for ending in ("-wal", "-shm"):  # of a damaged file: they must not be read into the new one
        if (log := target.with_name(target.name + ending)).exists():
            log.replace(kept.with_name(kept.name + ending))
    try:
        os.link(target, kept)
    except OSError:  # not every file system has hard links
        shutil.copy2(target, kept)
    return kept


def file_of(engine_url: sa.URL) -> Path:
    """Return the file of an SQLite URL."""
    return Path(str(engine_url.database))
