"""The ticks: small steps that look what is due. The database is the truth, the scheduler only a clock.

Every tick may run in any number of processes at once and any number of times: slots and outbox keys make it once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot.clock import rounds, snapshots
from bot.clock.retention import retain
from bot.db.session import Database
from bot.db.transaction import Transaction
from bot.domain.ids import WorkspaceId
from bot.matching.policy import Policy, programme_policy
from bot.usecases import catch_up
from bot.usecases.attendance import unplanned_heads_ups
from bot.usecases.breaks import end_breaks
from bot.usecases.introductions import unplanned_follows
from bot.usecases.milestones import unplanned_milestones
from bot.usecases.prompts import BATCH, fire_due
from bot.usecases.renewals import end_completed
from bot.usecases.schedules import plan_rounds, unplanned_rounds
from bot.usecases.slots import CHUNK, plan_checkins, unplanned_checkins

log = structlog.get_logger()
STEPS_AT_MOST = 10_000
_FIRST = 60.0  # seconds until even the slow ticks have come once: a process may not live for an hour


@dataclass(frozen=True, slots=True)
class TickRules:
    """Seconds between ticks: ``send`` for slots and outbox, ``plan`` for the planner and everything slow."""

    send: float
    plan: float


class Ticks:
    """The due work of one process. ``deliver`` and ``reap`` are delivery's; each returns how much it did.

    ``policy`` is what matches are worth in this installation.
    """

    def __init__(
        self, database: Database, deliver: Callable[[], int], reap: Callable[[], int], policy: Policy | None = None
    ) -> None:
        self._database = database
        self._policy = policy or programme_policy({})
        self._deliver = deliver
        self._reap = reap
        self._busy = threading.Lock()
        self._stopping = threading.Event()

    def plan(self) -> int:
        """Plan what comes, end what is over, count what owners see; return how many things changed."""
        over = sum(self._everywhere(step) for step in (end_breaks, end_completed))
        over += snapshots.take_due(self._database)
        return over + sum(self._plan_workspace(workspace) for workspace, _ in self._database.workspaces())

    def _plan_workspace(self, workspace: WorkspaceId) -> int:
        count = self._plan_rounds(workspace)
        with self._database.reading(workspace) as tx:
            unplanned = [*unplanned_checkins(tx), *unplanned_heads_ups(tx), *unplanned_milestones(tx)]
        for start in range(0, len(unplanned), CHUNK):  # in small steps: on SQLite everybody else waits
            with self._database.transaction(workspace) as tx:
                count += plan_checkins(tx, unplanned[start : start + CHUNK])
        return count

    def complete(self) -> int:
        """Plan what pairings miss that were introduced by an older version; return how many slots are new."""
        return sum(self._complete_workspace(workspace) for workspace, _ in self._database.workspaces())

    def _complete_workspace(self, workspace: WorkspaceId) -> int:
        count = 0
        for _ in range(STEPS_AT_MOST):
            with self._database.reading(workspace) as tx:
                unplanned = unplanned_follows(tx)
            if not unplanned:
                break
            with self._database.transaction(workspace) as tx:
                new = plan_checkins(tx, unplanned)
            count += new
            if not new:  # another process is at it
                break
        return count

    def _plan_rounds(self, workspace: WorkspaceId) -> int:
        with self._database.reading(workspace) as tx:
            replanned = unplanned_rounds(tx)
        if not replanned.new and not replanned.stale:
            return 0
        with self._database.transaction(workspace) as tx:
            return plan_rounds(tx, replanned)

    def match(self) -> int:
        """Run the rounds that are due, close those that are over; return how many."""
        return rounds.close(self._database) + rounds.run_due(self._database, self._policy)

    def fire(self) -> int:
        """Fire every slot that is due; return how many."""
        return sum(self._fire_workspace(workspace) for workspace, _ in self._database.workspaces())

    def _fire_workspace(self, workspace: WorkspaceId) -> int:
        count = 0
        for _ in range(STEPS_AT_MOST):
            with self._database.reading(workspace) as tx:
                if not tx.slots.anything_due():
                    return count
            with self._database.transaction(workspace) as tx:
                done = fire_due(tx)
            count += done
            if done < BATCH:
                return count
        return count

    def send(self) -> int:
        """Match and fire what is due and deliver it, for whoever moves the clock by hand; return how many messages."""
        self.match()
        self.fire()
        return self.deliver()

    def deliver(self) -> int:
        """Deliver until nothing is ready or we stop; return how many messages were worked on.

        What waited too long is put in order before.
        """
        if not self._busy.acquire(blocking=False):
            return 0
        try:
            self.catch_up()
            count = 0
            for _ in range(STEPS_AT_MOST):
                done = self._deliver()
                count += done
                if not done or self._stopping.is_set():
                    break
            return count
        finally:
            self._busy.release()

    def catch_up(self) -> int:
        """Bring together or put off what waited for over an hour; return how many messages that changed."""
        return sum(self._catch_up_in(workspace) for workspace, _ in self._database.workspaces())

    def _catch_up_in(self, workspace: WorkspaceId) -> int:
        with self._database.reading(workspace) as tx:
            if not catch_up.plan(tx):
                return 0
        with self._database.transaction(workspace) as tx:
            return catch_up.merge_late(tx)

    def stop(self) -> None:
        """Have a running ``deliver`` end after its present batch; what is left waits in the database."""
        self._stopping.set()

    def next_moment(self) -> datetime | None:
        """Return when the next planned slot, round or waiting message is due, for whoever can move the clock."""
        moments = []
        for workspace, _ in self._database.workspaces():
            with self._database.reading(workspace) as tx:
                soon = (tx.slots.next_due(), tx.runs.next_due(), tx.claims.next_ready())
                moments += [moment for moment in soon if moment]
        return min(moments, default=None)

    def reap(self) -> int:
        """Take over what dead processes left; return how many messages."""
        return self._reap()

    def retain(self) -> int:
        """Forget what has been kept long enough; return how many rows."""
        return retain(self._database)

    def _everywhere(self, step: Callable[[Transaction], int]) -> int:
        count = 0
        for workspace, _ in self._database.workspaces():
            with self._database.transaction(workspace) as tx:
                count += step(tx)
        return count


class Ticker:
    """Runs the ticks: APScheduler with a memory store, nothing per person, never two of one tick at a time."""

    def __init__(self, ticks: Ticks, rules: TickRules) -> None:
        self._ticks = ticks
        self._rules = rules
        self._more: list[Callable[[], int]] = []
        self._scheduler: Any = None

    def also(self, tick: Callable[[], int]) -> None:
        """Run another slow tick, as often as the planner; to be said before the start."""
        self._more.append(tick)

    def start(self) -> None:
        from apscheduler.schedulers.background import BackgroundScheduler

        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = BackgroundScheduler(timezone="UTC", job_defaults=defaults)
        for tick, seconds in (
            (self._ticks.fire, self._rules.send),
            (self._ticks.deliver, self._rules.send),
            (self._ticks.plan, self._rules.plan),
            (self._ticks.match, self._rules.plan),
            (self._ticks.reap, self._rules.plan),
            (self._ticks.retain, 3_600.0),
            (self._ticks.complete, 3_600.0),
            *((tick, self._rules.plan) for tick in self._more),
        ):
            first = datetime.now(UTC) + timedelta(seconds=min(seconds, _FIRST))
            name = tick.__name__
            self._scheduler.add_job(_guarded, "interval", seconds=seconds, args=[tick], id=name, next_run_time=first)
        self._scheduler.start()
        self.wake(plan=True)

    def wake(self, *, plan: bool = False) -> None:
        """Have the next tick come now, because something was just written."""
        if self._scheduler is None or not self._scheduler.running:
            return
        from apscheduler.jobstores.base import JobLookupError

        for name in ("plan", "fire", "deliver") if plan else ("deliver",):
            try:
                self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))
            except JobLookupError:
                return

    def stop(self) -> None:
        """Let running ticks finish, start no more."""
        self._ticks.stop()
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)


def _guarded(tick: Callable[[], int]) -> None:
    """Run one tick; whatever breaks is written down without content, and the next tick tries again."""
    try:
        tick()
    except Exception as error:  # noqa: BLE001  the worker loop: one of the two edges
        log.error("tick_failed", tick=tick.__name__, error=type(error).__name__)  # noqa: TRY400  a traceback holds content
