"""A consistent dump of a PostgreSQL database and the way back, by PostgreSQL's own programs.

`pg_dump` reads one snapshot; `pg_restore` writes in one transaction. The former schema is kept under another name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.db.copies import CannotCopy

_LOOKS = 20
APPLICATION = "tandem"  # how Tandem's connections are called in pg_stat_activity


def dump(engine: sa.Engine, target: Path) -> None:
    """Write what stands in the database at one moment into the empty file ``target``. Raises CannotCopy."""
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--schema={_schema(engine)}", f"--file={target}"]
    _run("pg_dump", engine, options)


def _run(program: str, engine: sa.Engine, options: list[str]) -> None:
    found = shutil.which(program)
    if not found:
        raise CannotCopy(
            f"{program} is not on this machine; install PostgreSQL's client programs, or run where they are: "
            f"{program} {' '.join(options)}"
        )
    address = engine.url.set(drivername="postgresql", password=None).render_as_string()
    secret = {"PGPASSWORD": engine.url.password} if engine.url.password else {}
    environ = {**os.environ, **{name: str(value) for name, value in secret.items()}, "LC_ALL": "C"}
    command = [found, "--no-password", f"--dbname={address}", *options]
    ran = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    if ran.returncode:
        said = (ran.stderr.strip().splitlines() or ["it says nothing"])[0]
        raise CannotCopy(f"{said.removeprefix(f'{program}: ').removeprefix('error: ')} ({program})")


def _schema(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(sa.text("SELECT current_schema()")))


@contextmanager
def put_back(engine: sa.Engine, source: Path, now: datetime) -> Iterator[str]:
    """Put the dump ``source`` in the place of what is there; yield the name under which the former schema is kept.

    If anything goes wrong, inside the block too, the former schema is back as it was. Raises CannotCopy.
    """
    _check_nobody_has(engine)
    schema = _schema(engine)
    kept = f"before_restore_{now:%Y%m%dt%H%M%S}_{os.urandom(2).hex()}"
    _execute(engine, f'ALTER SCHEMA "{schema}" RENAME TO "{kept}"')
    done = False
    try:
        # The dump makes its schema anew; without its own line for that, it would have nowhere to go.
        _run(
            "pg_restore",
            engine,
            ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(source)],
        )
        yield kept
        done = True
    finally:
        engine.dispose()
        if not done:
            _execute(engine, f'DROP SCHEMA IF EXISTS "{schema}" CASCADE', f'ALTER SCHEMA "{kept}" RENAME TO "{schema}"')


def _check_nobody_has(engine: sa.Engine) -> None:
    query = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = :name AND pid <> pg_backend_pid()"
    )
    engine.dispose()
    with engine.connect() as connection:
        for _ in range(_LOOKS):  # a connection that was closed just now is seen for a moment longer
            if not connection.scalar(sa.text(query), {"name": APPLICATION}):
                return
            connection.execute(sa.text("SELECT pg_sleep(0.1), pg_stat_clear_snapshot()"))
    raise CannotCopy("the database is in use; stop every `tandem` that runs on it, then try again")


def _execute(engine: sa.Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()  # what the connections have learned about the tables is not true any more
