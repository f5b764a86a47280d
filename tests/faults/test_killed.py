"""R3: killed (SIGKILL) at any point of planning and delivering, the next process makes up for it."""

from __future__ import annotations

import random
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.clock.clock import DemoClock
from bot.db.outbox import MessageRow
from bot.db.sealing import Keyring
from bot.domain.messages import Destination, MessageKind
from sandbox import Sandbox
from tests.faults import mortal
from tests.faults.crowd import Crowd, Sizes, gather, rows
from tests.faults.tally import check_nothing_lost, count
from tests.integration.household import START, opened

A_WEEK = timedelta(weeks=1)
RECOVERY = (timedelta(seconds=mortal.LEASE + 1), mortal.SETTLE, mortal.SETTLE, mortal.SETTLE)
TWICE = 70  # lives in the full form whose successors die, too; with those of both databases more than 200
EVERY = 7  # the quick form takes each seventh point


@dataclass(slots=True)
class Scene:
    """A pair whose first check-in is due, and one message of each kind; both sides can be set back to this moment."""

    box: Sandbox
    clock: DemoClock
    key: bytes
    crowd: Crowd
    kept: Any
    copy: Callable[[], Any]

    def live(self, url: str, after: timedelta, dies: tuple[str, int] | None = None) -> tuple[int, Counter[str]]:
        self.clock.move(after)
        token, api_url = self.box.bot_token, self.box.api_url
        return mortal.run(mortal.Life(url, self.key, self.crowd.workspace, token, api_url, self.clock.now(), dies))

    def play(self, *deaths: tuple[str, int]) -> tuple[int, Counter[str], list[MessageRow]]:
        """Live a life for each death, then as many as it takes.

        Return how the first one ended, what it passed, and the outbox.
        """
        self.box.restore(self.kept)
        self.clock.move_to(START)
        with self.copy() as url:
            code, passed = self.live(url, timedelta(0), *deaths[:1])
            for again in deaths[1:]:
                self.live(url, RECOVERY[0], again)
            for after in RECOVERY:
                self.live(url, after)
            with opened(url, self.clock.now, Keyring([("k1", self.key)])) as database:
                return code, passed, rows(database, self.crowd)


@contextmanager
def sqlite_copy(template: Path) -> Iterator[str]:
    path = template.with_name(f"{uuid4().hex}.db")
    shutil.copy(template, path)
    yield f"sqlite:///{path}"
    for one in path.parent.glob(f"{path.name}*"):
        one.unlink()


@contextmanager
def postgres_twin(template: str) -> Iterator[str]:
    """Keep a copy of a database that nobody is connected to."""
    source, name = make_url(template), f"t_{uuid4().hex}"
    plain = source.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {source.database} STRATEGY wal_log".encode())
        yield source.set(database=name).render_as_string(hide_password=False)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def scene(database_url: str) -> Iterator[Scene]:
    clock, key = DemoClock(START - A_WEEK), secrets.token_bytes(32)
    with Sandbox.start(clock.now) as box:
        with opened(database_url, clock.now, Keyring([("k1", key)])) as database:
            crowd = gather(database, box, Sizes(people=3, pairs=1), known=False)
            clock.move_to(START)
            crowd.put(database, MessageKind.CHEER, 3)
            crowd.put(database, MessageKind.INTRODUCTION, 1)
            crowd.put(database, MessageKind.OWNER_JOINED, 1)
        if database_url.startswith("sqlite"):
            path = Path(str(make_url(database_url).database))
            yield Scene(box, clock, key, crowd, box.keep(), lambda: sqlite_copy(path))
        else:
            yield Scene(box, clock, key, crowd, box.keep(), lambda: postgres_twin(database_url))


def check_everybody_was_told(scene: Scene, found: list[MessageRow]) -> None:
    """Both of the pair are asked once, whatever happened; the rest arrived or is set aside with a reason."""
    tally = count(scene.box, found)
    check_nothing_lost(tally)
    kinds = Counter(row.kind for row in found)
    assert (kinds[MessageKind.CHECKIN], kinds[MessageKind.CHEER]) == (2, 3)
    assert tally.lines[Destination.PERSON].once == tally.lines[Destination.PERSON].messages, tally.table()
    assert tally.lines[Destination.PAIRING].duplicated <= 1


def test_killed_anywhere_each_message_comes_once(scene: Scene, thorough: bool) -> None:  # noqa: FBT001  a fixture
    """At every commit and every call, before and after: the processes that follow lose and repeat nothing."""
    code, passed, found = scene.play()
    assert code == 0
    check_everybody_was_told(scene, found)
    points = [(point, number) for point, times in sorted(passed.items()) for number in range(times)]
    assert len(points) >= 40, passed

    for point in points if thorough else points[::EVERY]:
        code, _, found = scene.play(point)
        assert code == -9, f"{point} was not reached"
        check_everybody_was_told(scene, found)
    dice = random.Random(3)
    for _ in range(TWICE if thorough else 1):
        deaths = dice.choice(points), dice.choice(points), dice.choice(points)
        check_everybody_was_told(scene, scene.play(*deaths)[2])
