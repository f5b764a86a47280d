"""The engine for PostgreSQL: procrastinate tells any number of processes whose turn it is, without polling the outbox.

A job carries the id of a message and nothing else; it is written in the commit of its message and deleted when done.
What the job finds in the outbox decides: a job too many does no harm, a job too few is made up for by the sweep.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import procrastinate
import psycopg
import sqlalchemy as sa
import structlog
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import DeleteJobCondition, Job, Status
from procrastinate.worker import Worker

from bot.db import queue
from bot.db.outbox import Mail
from bot.db.session import Database
from bot.delivery.claim import DeliveryRules
from bot.delivery.deliver import Delivery
from bot.domain.ids import WorkspaceId

log = structlog.get_logger()
TASK = "deliver"
SWEEP = timedelta(minutes=2)  # how long a message may be overdue without a job until the sweep makes one
SWEPT = 500
DEAD = 30.0  # seconds without a heartbeat, or a lease if that is shorter, after which others get a worker's jobs
BEATS = 6  # heartbeats in that time
POLL = 1.0  # seconds between looks for jobs whose hour has come; new ones announce themselves
GRACE = 8.0  # seconds in which a delivery that has begun may end
AGAIN = 1.0  # seconds until a lost database is tried again


class QueueEngine:
    """Delivers by procrastinate: one worker per workspace, so that none waits for another."""

    def __init__(self, database: Database, deliveries: Sequence[Delivery], rules: DeliveryRules) -> None:
        self._database = database
        self._deliveries = {str(delivery.workspace): delivery for delivery in deliveries}
        self._parallel = rules.parallel
        self._dead = min(DEAD, rules.lease)
        url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        connector = procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=2 * len(deliveries) + 2)
        self._app = procrastinate.App(connector=connector)
        # Never opened: it only lends its words to the connection of a commit.
        self._counter = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=url)).job_manager
        self._app.task(name=TASK, pass_context=True)(self._work)
        self._workers: list[Worker] = []
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def hand_over(self, connection: sa.Connection, workspace: WorkspaceId, mail: list[Mail]) -> None:
        """Write a job for each message of ``mail`` on ``connection``: they come to be with its commit or not at all."""
        latest = {one.message: one for one in mail}
        queue.replace_jobs(connection, latest)
        jobs = [
            Job(
                queue=str(workspace),
                task_name=TASK,
                task_kwargs={"message": str(one.message)},
                lock=None,
                queueing_lock=str(one.message),
                priority=-one.priority,
                scheduled_at=one.not_before,
            )
            for one in latest.values()
        ]
        self._counter.batch_defer_jobs(jobs, connection=connection.connection.driver_connection)

    def start(self) -> None:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="queue", daemon=True)
        self._thread.start()

    def deliver(self) -> int:
        """Return 0: messages come by themselves."""
        return 0

    def reap(self) -> int:
        """Take over what dead senders left, and make jobs for messages that have none."""
        return sum(delivery.reap() + self._sweep(delivery.workspace) for delivery in self._deliveries.values())

    def stop(self) -> None:
        self._stopping.set()
        for delivery in self._deliveries.values():
            delivery.stop()
        for worker in self._workers:
            worker.stop()  # type: ignore[no-untyped-call]  # procrastinate leaves it untyped
        if self._thread:
            self._thread.join(GRACE)

    def let_go(self) -> int:
        return sum(delivery.let_go() for delivery in self._deliveries.values())

    def _work(self, context: procrastinate.JobContext, message: str) -> None:
        self._deliveries[context.job.queue].deliver(UUID(message))

    def _sweep(self, workspace: WorkspaceId) -> int:
        with self._database.reading(workspace) as tx:
            found = queue.orphans(tx, SWEEP, SWEPT)
        if found:
            with self._database.transaction(workspace) as tx:
                tx.mail += found
        return len(found)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(self._parallel * len(self._deliveries), "send"))
        while not self._stopping.is_set():
            try:
                await self._serve_while_connected()
            except* (psycopg.Error, ConnectorException, OSError) as lost:
                log.error("queue_lost", error=type(lost.exceptions[0]).__name__)  # noqa: TRY400  a traceback holds content
                await asyncio.sleep(AGAIN)

    async def _serve_while_connected(self) -> None:
        async with self._app.open_async(), asyncio.TaskGroup() as group:
            self._workers = [self._worker(name) for name in self._deliveries]
            returning = group.create_task(self._give_back_stalled())
            await asyncio.wait([group.create_task(run) for run in self._runs()])
            returning.cancel()

    def _runs(self) -> list[Coroutine[Any, Any, None]]:
        return [worker.run() for worker in self._workers]  # type: ignore[no-untyped-call]  # as above

    def _worker(self, name: str) -> Worker:
        return Worker(
            self._app,
            queues=[name],
            concurrency=self._parallel,
            wait=True,
            fetch_job_polling_interval=POLL,
            listen_notify=True,
            delete_jobs=DeleteJobCondition.ALWAYS,
            install_signal_handlers=False,
            update_heartbeat_interval=self._dead / BEATS,
            stalled_worker_timeout=self._dead,
            shutdown_graceful_timeout=GRACE,
        )

    async def _give_back_stalled(self) -> None:
        """Let others have the jobs of workers that died, again and again."""
        jobs = self._app.job_manager
        while True:
            for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=self._dead):
                try:
                    await jobs.retry_job(job)
                except UniqueViolation:  # another job stands for this message already
                    await jobs.finish_job(job, Status.FAILED, delete_job=True)
            await asyncio.sleep(self._dead / 2)
