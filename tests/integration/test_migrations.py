"""R10: up, down and up again on a populated, encrypted database, both kinds; rows and plaintexts stay equal."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import exc
from sqlalchemy.engine import make_url

from bot.db import migrate
from bot.db.session import open_engine
from bot.db.tables import metadata
from tests.integration.household import NEWER, TEXTS, everything, furnish, new_keyring, opened, plain_texts

OLDER_WORDS = {"round": {"state": {"introduced": "approved"}}}  # what earlier revisions call what is there now
LEAVES_ROWS = frozenset({"match"})  # what somebody is asked about; an earlier revision cannot ask
MADE_ANEW = frozenset({"skill"})  # a table that an upgrade fills from what was there before it
REVISIONS = (
    *("0001", "0002", "0003", "0004", "0005", "0006"),
    *("0007", "0008", "0009", "0010", "0011", "0012"),
    *("0013", "0014", "0015", "0016", "0017", "0018"),
    *("0019", "0020", "0021"),
)


@pytest.fixture
def empty_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a single table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = make_url(str(request.getfixturevalue("postgres_server")))
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    name = f"m_{uuid4().hex}"
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield server.set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def engine(empty_url: str) -> Iterator[sa.Engine]:
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    return ScriptDirectory.from_config(config)


def tables_of(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def triggers_of(engine: sa.Engine) -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname NOT LIKE 'procrastinate%'",
    }[engine.dialect.name]
    with engine.connect() as connection:
        return {name for (name,) in connection.execute(sa.text(query))}


def not_the_queues(name: str | None, kind: str, _parents: object) -> bool:
    """Tell our tables from those procrastinate makes for itself."""
    return kind != "table" or not (name or "").startswith("procrastinate_")


def assert_nothing_changed(before: dict[str, list[dict[str, Any]]], now: dict[str, list[dict[str, Any]]]) -> None:
    """See that every row is there and every value that this revision has a column for is as it was."""
    assert now["person"]
    assert now["note"]
    for table, rows in now.items():
        known = {row["id"]: row for row in before[table]}
        assert len(rows) == len(known) or table in LEAVES_ROWS, table
        for row in rows:
            was = known[row["id"]]
            assert all(value in called(table, column, was[column]) for column, value in row.items()), table


def ids(rows: list[dict[str, Any]]) -> set[object]:
    return {row["id"] for row in rows}


def narrowed(rows: list[dict[str, Any]], alike: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return ``rows`` with the columns that those ``alike`` have."""
    return [{column: row[column] for column in other} for row, other in zip(rows, alike, strict=True)]


def called(table: str, column: str, value: object) -> tuple[object, ...]:
    """Return a value and what an earlier revision may call it."""
    older = OLDER_WORDS.get(table, {}).get(column, {})
    return (value, older[value]) if isinstance(value, str) and value in older else (value,)


def test_there_is_one_head() -> None:
    """Two people who add a migration at once must notice."""
    assert scripts().get_heads() == [migrate.head()]
    assert [one.revision for one in reversed(list(scripts().walk_revisions()))] == list(REVISIONS)


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: sa.Engine) -> None:
    """Autogenerate finds nothing to do: no column, index, key or type apart."""
    migrate.upgrade(engine)

    with engine.connect() as connection:
        opts = {"compare_type": True, "target_metadata": metadata, "include_name": not_the_queues}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_a_database_goes_up_down_and_up_with_everything_in_it(empty_url: str, engine: sa.Engine) -> None:
    """To every revision and back, with every row and every plaintext as before; a table that goes takes its rows."""
    keyring = new_keyring()
    migrate.upgrade(engine)
    with opened(empty_url, keyring=keyring) as database:
        home, other = furnish(database), furnish(database, "T2")
        before = everything(database)
        for revision in reversed(REVISIONS[:-1]):
            migrate.downgrade(engine, revision)
            assert migrate.current(engine) == revision
            there = everything(database)
            assert_nothing_changed(before, there)
            migrate.upgrade(engine)
            again = everything(database)
            assert {table: ids(rows) for table, rows in again.items() if table not in MADE_ANEW} == {
                table: ids(there.get(table, [])) for table in again if table not in MADE_ANEW
            }
            assert_nothing_changed(before, {table: narrowed(again[table], rows) for table, rows in there.items()})
            assert ids(again["skill"]) == ids(before["skill"])
            before = again
        kept = TEXTS - NEWER
        assert plain_texts(database, home.workspace) == plain_texts(database, other.workspace) == kept


def test_a_database_goes_up_one_revision_at_a_time(engine: sa.Engine) -> None:
    """An old installation comes along by the same path."""
    for revision in REVISIONS:
        migrate.upgrade(engine, revision)
        assert migrate.current(engine) == revision


def test_a_database_can_be_emptied_and_built_again(engine: sa.Engine) -> None:
    """Down to nothing leaves nothing behind, no table and no trigger."""
    migrate.upgrade(engine)
    triggers = triggers_of(engine)
    assert triggers == {"audit_refuses_update", "audit_refuses_delete"}

    migrate.downgrade(engine, "base")
    assert tables_of(engine) <= {"alembic_version"}
    assert triggers_of(engine) == set()
    migrate.upgrade(engine)
    assert triggers_of(engine) == triggers


def test_migrating_twice_is_migrating_once(engine: sa.Engine) -> None:
    """Every start may call it."""
    assert migrate.current(engine) is None
    for _ in range(2):
        migrate.upgrade(engine)
        assert migrate.current(engine) == migrate.head()


def test_a_failed_migration_leaves_everything_as_it_was(engine: sa.Engine) -> None:
    """An unknown revision is refused before anything changes."""
    migrate.upgrade(engine, "0001")
    with pytest.raises(Exception, match="nowhere"):  # Alembic's own error class is not exported
        migrate.upgrade(engine, "nowhere")

    assert migrate.current(engine) == "0001"
    assert triggers_of(engine) == set()


# SQLite alone: a backup before, foreign keys after.


def sqlite_at(path: Path, revision: str, *, furnished: bool = False) -> sa.Engine:
    """Open a database as an older version left it, with or without a household in it."""
    engine = open_engine(f"sqlite:///{path}")
    migrate.upgrade(engine, "head" if furnished else revision)
    if furnished:
        with opened(f"sqlite:///{path}") as database:
            furnish(database)
        migrate.downgrade(engine, revision)
        for leftover in backups(path):
            leftover.unlink()
    return engine


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.before-*"))


def test_a_backup_is_made_before_an_old_database_is_changed(tmp_path: Path) -> None:
    """It holds the old schema and every row, and only its owner may read it."""
    path = tmp_path / "tandem.db"
    engine = sqlite_at(path, "0002", furnished=True)
    assert backups(path) == []

    migrate.upgrade(engine)
    engine.dispose()

    assert backups(path) == [path.with_name(f"tandem.db.before-{migrate.head()}")]
    assert stat.S_IMODE(backups(path)[0].stat().st_mode) == 0o600
    with closing(sqlite3.connect(backups(path)[0])) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
        assert copy.execute("SELECT count(*) FROM note").fetchone() == (2,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_no_backup_is_made_where_there_is_nothing_to_lose(tmp_path: Path) -> None:
    """A new database and one that is current already."""
    path = tmp_path / "tandem.db"
    engine = sqlite_at(path, "head")
    migrate.upgrade(engine)
    engine.dispose()

    assert backups(path) == []


def test_a_backup_is_never_readable_by_others_even_while_it_is_written(tmp_path: Path) -> None:
    """Made with mode 600 from its first byte, whatever the umask; a leftover of an earlier try is replaced."""
    path = tmp_path / "tandem.db"
    engine = sqlite_at(path, "0002")
    leftover = path.with_name(f"tandem.db.before-{migrate.head()}")
    leftover.write_bytes(b"half a backup")
    leftover.chmod(0o644)

    migrate.upgrade(engine)
    engine.dispose()

    assert stat.S_IMODE(leftover.stat().st_mode) == 0o600
    with closing(sqlite3.connect(leftover)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_rows_that_point_nowhere_stop_a_migration(tmp_path: Path) -> None:
    """Foreign keys are off while tables are rebuilt, so they are checked before the end; the migration is undone."""
    path = tmp_path / "tandem.db"
    engine = sqlite_at(path, "0002", furnished=True)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DELETE FROM goal")
        raw.commit()

    with pytest.raises(migrate.ForeignKeysBroken, match="step"):
        migrate.upgrade(engine)

    assert migrate.current(engine) == "0002"
    engine.dispose()


def test_foreign_keys_are_on_again_after_a_migration(tmp_path: Path) -> None:
    """Also after one that failed, on the very connection it ran on."""
    path = tmp_path / "tandem.db"
    engine = sqlite_at(path, "0002")
    with pytest.raises(Exception, match="nowhere"):  # Alembic's own error class is not exported
        migrate.upgrade(engine, "nowhere")
    migrate.upgrade(engine)

    def broken(connection: Any) -> None:
        row = {"id": uuid4().hex, "workspace_id": uuid4().hex, "key": "k", "at": "2026-01-01 00:00:00"}
        connection.execute(sa.text("INSERT INTO inbound VALUES (:id, :workspace_id, :key, :at)"), row)

    with pytest.raises(exc.IntegrityError), engine.begin() as connection:
        broken(connection)
    engine.dispose()
