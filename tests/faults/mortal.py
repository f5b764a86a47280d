"""A process that dies at a named point: one pass of the clock's ticks, ended by SIGKILL wherever a test wants it.

Forked from a small server that has everything imported, so that hundreds of real deaths take seconds. The points are
put around the real parts from outside: before and after every commit, before and after every call to Slack.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

from slack_sdk import WebClient

from bot.clock.ticks import Ticks
from bot.db.sealing import Keyring
from bot.db.session import Database, open_engine
from bot.db.transaction import Transaction
from bot.delivery.claim import DeliveryRules
from bot.delivery.deliver import Delivery
from bot.delivery.post import Post
from bot.domain.ids import WorkspaceId
from bot.locales import load_texts
from bot.slack.letters.letters import Letters

SETTLE = timedelta(seconds=60)
LEASE = 60.0
CALL_SECONDS = 30  # no answer is late, so none is unclear
TEXTS = load_texts()  # once, before the fork


@dataclass(frozen=True, slots=True)
class Life:
    """One pass at the instant ``at``; ``dies`` is (point, how many times it is passed before), None: it lives."""

    url: str
    key: bytes
    workspace: WorkspaceId
    token: str
    api_url: str
    at: datetime
    dies: tuple[str, int] | None = None


class Points:
    """Counts the points passed and dies at the chosen one."""

    def __init__(self, dies: tuple[str, int] | None) -> None:
        self.passed: Counter[str] = Counter()
        self._dies = dies

    def reach(self, point: str) -> None:
        if self._dies == (point, self.passed[point]):
            os.kill(os.getpid(), signal.SIGKILL)
        self.passed[point] += 1


class MortalDatabase(Database):
    """Dies before or after a commit."""

    points: Points

    @contextmanager
    def transaction(self, workspace: WorkspaceId, *, hurry: bool = False) -> Iterator[Transaction]:
        with super().transaction(workspace, hurry=hurry) as tx:
            yield tx
            tx.flush()
            self.points.reach("commit:before")
        self.points.reach("commit:after")


class MortalClient(WebClient):
    """Dies before or after a call."""

    points: Points

    def api_call(self, api_method: str, *arguments: Any, **named: Any) -> Any:
        self.points.reach(f"{api_method}:before")
        answer = super().api_call(api_method, *arguments, **named)
        self.points.reach(f"{api_method}:after")
        return answer


def live(life: Life, tell: Connection) -> None:
    """Plan, take over from the dead, fire and deliver once; tell how often each point was passed."""
    points = Points(life.dies)
    database = MortalDatabase(open_engine(life.url, pool_size=2), Keyring([("k1", life.key)]), lambda: life.at)
    web = MortalClient(life.token, base_url=life.api_url, timeout=CALL_SECONDS, retry_handlers=[])
    database.points = web.points = points
    rules = DeliveryRules(f"life {os.getpid()}", SETTLE, LEASE, max_attempts=8)
    delivery = Delivery(database, life.workspace, Post(web), Letters(TEXTS).write, lambda: life.at, rules)
    ticks = Ticks(database, delivery.run, delivery.reap)
    for tick in (ticks.plan, ticks.reap, ticks.send):
        tick()
    database.close()
    tell.send(points.passed)


def run(life: Life) -> tuple[int, Counter[str]]:
    """Let a process live; return its exit code (-9 when it died) and how often it passed each point."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.mortal"])
    hears, tells = context.Pipe(duplex=False)
    process = context.Process(target=live, args=(life, tells))
    process.start()
    tells.close()
    with hears:
        try:
            passed: Counter[str] = hears.recv()
        except EOFError:
            passed = Counter()
    process.join()
    code = process.exitcode
    process.close()
    return -1 if code is None else code, passed
