"""A stand-in Slack, a database with a crowd in it, and the bot's real processes in between, on the machine's clock."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.bootstrap import open_database
from bot.config import Settings
from bot.db.session import Database
from bot.domain.messages import MessageState
from demo.town import play_settings
from sandbox import Sandbox
from tests.faults import tally
from tests.faults.crowd import Crowd, Sizes, gather, rows
from tests.integration.programs import Program, program, variables
from tests.patience import PATIENCE

# Everything that waits in production, short; a call may take longer than its server, which is busy here.
BRISK = {
    "DELIVERY__TICK_SECONDS": 0.05,
    "DELIVERY__PLAN_SECONDS": 0.5,
    "DELIVERY__SETTLE_SECONDS": 1,
    "DELIVERY__LEASE_SECONDS": 4,
    "DELIVERY__MESSAGES_PER_SECOND": 200,
    "DELIVERY__CALLS_PER_MINUTE": 12_000,
    "DELIVERY__MAX_ATTEMPTS": 20,
    "SLACK__TIMEOUT_SECONDS": 1,
    "LOGGING__LEVEL": "WARNING",
}
# For who counts calls: no answer is late, so none is unclear and looked up.
PATIENT = {"SLACK__TIMEOUT_SECONDS": 30, "DELIVERY__LEASE_SECONDS": 100}
METHODS = ("chat.postMessage", "conversations.open", "conversations.history")


def until(holds: Callable[[], object], seconds: float = PATIENCE, every: float = 0.1) -> bool:
    """Look again and again whether something holds; False when it does not within ``seconds``."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        if time.monotonic() > end:
            return False
        pause.wait(every)
    return True


@dataclass(slots=True)
class Station:
    """Both ends, furnished, and the processes that were started."""

    box: Sandbox
    database: Database
    settings: Settings
    crowd: Crowd
    folder: Path
    environ: dict[str, Any] = field(default_factory=dict)
    _running: ExitStack = field(default_factory=ExitStack)

    def start(self, *arguments: str, **more: object) -> Program:
        """Start one process of the bot, a worker unless told otherwise, and wait until it says that it runs."""
        process = self.begin(*arguments, **more)
        assert process.says("running"), process.output
        return process

    def begin(self, *arguments: str, **more: object) -> Program:
        """Start one process and go on at once. Its log is at INFO, or "running" would not be said."""
        environ = variables(self.settings, **(BRISK | {"LOGGING__LEVEL": "INFO"} | self.environ | more))
        wanted = arguments or ("worker",)
        return self._running.enter_context(
            program(*wanted, environ=environ, folder=self.folder, module="tests.faults.worker")
        )

    def rested(self, seconds: float = 3 * PATIENCE) -> bool:
        """Wait until no message waits for anything."""
        return until(lambda: not self._open(), seconds)

    def _open(self) -> bool:
        with self.database.reading(self.crowd.workspace) as tx:
            counts = tx.outbox.counts()
        return bool(counts.keys() & {MessageState.PENDING, MessageState.SENDING, MessageState.AMBIGUOUS})

    def count(self) -> tally.Tally:
        return tally.count(self.box, rows(self.database, self.crowd))

    def states(self) -> dict[MessageState, int]:
        with self.database.reading(self.crowd.workspace) as tx:
            return tx.outbox.counts()

    def posted(self) -> int:
        """Return how many messages stand in Slack."""
        return self.box.loop.read(lambda: len(self.box.hub.workspace.messages))

    def close(self) -> None:
        self._running.close()


def freeze(process: Program) -> None:
    process.process.send_signal(signal.SIGSTOP)


def thaw(process: Program) -> None:
    process.process.send_signal(signal.SIGCONT)


def kill(process: Program) -> None:
    """End a process at once, whatever it is doing (SIGKILL)."""
    os.kill(process.process.pid, signal.SIGKILL)
    process.ends()


@contextmanager
def station(
    url: str, folder: Path, sizes: Sizes, environ: Mapping[str, object], *, known: bool = True
) -> Iterator[Station]:
    """Open a station on a migrated database; leaving the block ends its processes, which ``environ`` configures."""
    with Sandbox.start() as box:
        box.limits.per_minute = dict.fromkeys(METHODS, 60_000)
        settings = play_settings(box, url, "socket")
        database = open_database(settings)
        found = Station(box, database, settings, gather(database, box, sizes, known=known), folder, dict(environ))
        try:
            yield found
        finally:
            found.close()
            database.close()
