"""`tandem run` as a process: answers, ticks, dies and comes back, in both transports and on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot.clock.clock import DemoClock
from bot.db.session import open_engine
from demo.town import Town, Transport, play_settings
from sandbox import Sandbox
from sandbox.channels import Kind
from tests.integration.programs import Program, free_port, get, program, variables
from tests.integration.wednesday import NOON, Behind
from tests.patience import PATIENCE
from tests.scenario.people import join, match, set_up

BRISK = {
    "DELIVERY__TICK_SECONDS": 0.05,
    "DELIVERY__PLAN_SECONDS": 0.2,
    "DELIVERY__SETTLE_SECONDS": 2,
    "DELIVERY__LEASE_SECONDS": 1,
    "SLACK__TIMEOUT_SECONDS": PATIENCE,  # no answer is late, so none is unclear
}
# A lease is at least as long as three calls.
HASTY = {"SLACK__TIMEOUT_SECONDS": 1}
TRANSPORTS: tuple[Transport, ...] = ("socket", "http")
AN_HOUR = timedelta(hours=1)
# Seconds: a lease has to run out, and who finds the budget for opening DMs used up comes again within 30.
SETTLED = 60.0

pytestmark = pytest.mark.slow


class CatchingUp(DemoClock):
    """A clock that stands still until it is told to run as the bot's process has it."""

    def __init__(self, start: datetime, running: Behind) -> None:
        super().__init__(start)
        self.live = False
        self._running = running

    def now(self) -> datetime:
        return self._running.now() if self.live else super().now()


class Place:
    """A stand-in Slack and a database that outlive the bot's processes."""

    def __init__(self, database_url: str, transport: Transport, folder: Path) -> None:
        self.behind = Behind.at_noon()  # so that people may be written to whenever this runs
        self.due = NOON - AN_HOUR
        self.clock = CatchingUp(self.due - timedelta(days=6), self.behind)
        self.box = Sandbox.start(self.clock.now)
        self.transport = transport
        self.folder = folder
        self.port = free_port()
        self.settings = play_settings(self.box, database_url, transport, weekday="wednesday", hour=self.due.hour)

    def furnish(self, *handles: str) -> None:
        """Pair people six days ago, so that their first check-in is due an hour ago."""
        for handle in ("olga", *handles):
            self.box.add_person(handle, name=handle.title(), zone="UTC", locale="en-US", admin=handle == "olga")
        town = Town(self.box, self.clock, self.settings, self.transport)
        set_up(town)
        for handle in handles:
            join(town, handle)
        match(town)
        town.stop_bot()

    @contextmanager
    def running(self, **more: object) -> Iterator[Program]:
        """Start `tandem run` on its Wednesday and wait until it can be talked to."""
        self.clock.live = True
        environ = variables(self.settings, SERVER__PORT=self.port, **(BRISK | more)) | self.behind.environ()
        arguments = ["run", "--http"] if self.transport == "http" else ["run"]
        with program(*arguments, environ=environ, folder=self.folder, module="tests.integration.wednesday") as bot:
            assert bot.says("running"), bot.output
            self._connect(bot)
            yield bot

    def _connect(self, bot: Program) -> None:
        if self.transport == "http":
            assert get(self.port, "/readyz") == 200, bot.output
            self.box.use_http(f"http://127.0.0.1:{self.port}/slack/events")
        else:
            assert self.box.wait_connected(seconds=PATIENCE), bot.output


@pytest.fixture(params=TRANSPORTS)
def place(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Place]:
    found = Place(database_url, request.param, tmp_path)
    yield found
    found.box.stop()


def received(place: Place, who: str) -> list[str]:
    """Return the texts of what the bot wrote to somebody alone."""
    found = place.box.messages(who)
    return [message.text for message in found if message.channel.kind is Kind.IM and not message.ephemeral]


def outbox_states(place: Place) -> set[str]:
    engine = open_engine(place.settings.database.url)
    with engine.connect() as connection:
        states = set(connection.scalars(sa.text("SELECT state FROM message")))
    engine.dispose()
    return states


def test_it_answers_and_stops_when_asked(place: Place) -> None:
    """A command is answered; SIGTERM ends the process in time, with exit 0 and no more than its one line said."""
    place.box.add_person("olga", name="Olga", locale="en-US", admin=True)

    with place.running() as bot:
        assert place.box.command("olga", "/tandem", "help").ok
        # Nobody knows her yet: the bot asks Slack after the ack, and answers then.
        answered = place.box.until(
            lambda: any("Tandem" in message.text for message in place.box.messages("olga")), seconds=PATIENCE
        )
        assert answered, bot.output
        assert bot.stop() == 0

    assert len(bot.output.splitlines()) == 1, bot.output


def test_its_own_ticks_bring_the_checkin_once(place: Place) -> None:
    """What became due while nobody was running arrives without anybody calling a tick, and not again later."""
    place.furnish("mira", "jonas")
    before = {who: len(received(place, who)) for who in ("mira", "jonas")}

    with place.running() as bot:
        arrived = place.box.until(
            lambda: all(len(received(place, who)) > count for who, count in before.items()), seconds=PATIENCE
        )
        assert arrived, bot.output
        assert bot.stop() == 0
    with place.running() as bot:
        assert place.box.command("mira", "/tandem", "help").ok
        assert bot.stop() == 0

    assert {who: len(received(place, who)) - count for who, count in before.items()} == {"mira": 1, "jonas": 1}


def test_killed_while_slack_holds_the_answer_it_sends_nothing_twice(place: Place) -> None:
    """The message stands in Slack, the process dies before it hears so; its successor looks and leaves it at one."""
    place.furnish("mira", "jonas")
    before = {who: len(received(place, who)) for who in ("mira", "jonas")}
    place.box.faults.add(method="chat.postMessage", kind="slow", seconds=PATIENCE)

    with place.running(**HASTY) as bot:
        arrived = place.box.until(
            lambda: any(len(received(place, who)) > count for who, count in before.items()), seconds=PATIENCE
        )
        assert arrived, bot.output
        bot.kill()
    place.box.faults.clear()
    with place.running(**HASTY) as bot:
        settled = place.box.until(lambda: outbox_states(place) == {"sent"}, seconds=SETTLED)
        assert settled, bot.output
        assert any(call.method == "conversations.history" for call in place.box.calls)
        assert bot.stop() == 0

    assert {who: len(received(place, who)) - count for who, count in before.items()} == {"mira": 1, "jonas": 1}
    assert outbox_states(place) == {"sent"}


def test_a_slack_that_hangs_does_not_hold_it_back(sqlite_url: str, tmp_path: Path) -> None:
    """With a call to Slack in the air that will not be answered, SIGTERM still ends the process long before."""
    place = Place(sqlite_url, "socket", tmp_path)
    try:
        place.furnish("mira", "jonas")
        place.box.faults.add(method="chat.postMessage", kind="hang", seconds=2 * PATIENCE, times=None)
        with place.running(SLACK__TIMEOUT_SECONDS=60) as bot:
            hung = place.box.until(lambda: any(call.fault == "hang" for call in place.box.calls), seconds=PATIENCE)
            assert hung, bot.output
            assert bot.stop() == 0
    finally:
        place.box.stop()


def test_ready_means_the_database_answers(postgres_url: str, tmp_path: Path) -> None:
    """With the database gone the process is alive but not ready, and is again when it comes back."""
    place = Place(postgres_url, "http", tmp_path)
    try:
        with place.running() as bot:
            closed(postgres_url, allow=False)
            assert [get(place.port, path) for path in ("/healthz", "/readyz")] == [200, 503]
            closed(postgres_url, allow=True)
            assert [get(place.port, path) for path in ("/healthz", "/readyz")] == [200, 200]
            assert bot.stop() == 0
    finally:
        place.box.stop()


def closed(url: str, *, allow: bool) -> None:
    """Shut a database to everybody and throw out who is in, or open it again."""
    target = make_url(url)
    server = target.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {target.database} ALLOW_CONNECTIONS {allow}".encode())
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [target.database]
        )
