"""The state machine of a delivery: claim, wait for the pace, call, settle.

A row is ``sending`` in the database before Slack hears of it, and its result is written only by who holds the lease.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from bot.db.outbox import MessageRow
from bot.db.session import Database
from bot.db.transaction import Transaction
from bot.delivery.claim import Claimed, Claimer, DeliveryRules, Job, Wait, Write
from bot.delivery.post import TROUBLE, NotSent, Post, Rejected, Result, Sent, Unclear, outcome
from bot.domain import messages
from bot.domain.ids import WorkspaceId
from bot.domain.messages import Destination, MessageState, Verb
from bot.domain.pace import Method

log = structlog.get_logger()
BATCH = 20


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job, and which kind of call said so. ``result`` None: it was not begun, because we stop."""

    job: Job
    result: Result | None
    method: Method = Method.POST


class Delivery:
    """Delivers what is ready in the one workspace ``post`` has a token for. Safe to run in any number of processes.

    ``observe`` is told of each call: its kind and its outcome.
    """

    def __init__(
        self,
        database: Database,
        workspace: WorkspaceId,
        post: Post,
        write: Write,
        now: Callable[[], datetime],
        rules: DeliveryRules,
        observe: Callable[[str, str], None] = lambda _method, _outcome: None,
    ) -> None:
        self._database = database
        self._post = post
        self._now = now
        self._rules = rules
        self._observe = observe
        self._claimer = Claimer(write, rules)
        self._blocked: dict[Method, datetime] = {}
        self._stopping = threading.Event()
        self.workspace = workspace

    def run(self) -> int:
        """Deliver one batch; return how many rows were worked on."""
        with self._database.reading(self.workspace) as tx:
            if self._stopping.is_set() or not tx.claims.anything_ready() or self._posts_blocked(tx):
                return 0
        with self._database.transaction(self.workspace) as tx:
            jobs, looked_at = self._claim(tx, tx.claims.ready(BATCH, self._claimer.rest))
        self._perform_all(jobs)
        return looked_at

    def _claim(self, tx: Transaction, rows: list[MessageRow]) -> tuple[list[Job], int]:
        jobs: list[Job] = []
        for count, row in enumerate(rows):
            claimed = self._claimer.claim(tx, row)
            if isinstance(claimed, Wait):
                return jobs, count
            if claimed:
                jobs.append(claimed)
        return jobs, len(rows)

    def deliver(self, message: UUID) -> None:
        """Deliver one message when its turn has come; if that is later, have it come up again then."""
        while not self._stopping.is_set():
            with self._database.transaction(self.workspace) as tx:
                claimed = self._claim_one(tx, message)
            if not isinstance(claimed, Wait):
                self._perform_all([claimed] if claimed else [])
                return
            self._wait_for(claimed.until)
        with self._database.transaction(self.workspace) as tx:
            self._come_up_again(tx, message, tx.now)

    def _claim_one(self, tx: Transaction, message: UUID) -> Claimed:
        row = tx.claims.ready_one(message, self._claimer.rest)
        if row:
            return self._claimer.claim(tx, row)
        self._come_up_again(tx, message, tx.now + timedelta(seconds=1))
        return None

    def _come_up_again(self, tx: Transaction, message: UUID, moment: datetime) -> None:
        row = tx.claims.waiting(message)
        if row:
            tx.outbox.reschedule(row, max(row.not_before, moment))

    def reap(self) -> int:
        """Mark what a dead process left half-done as unclear; return how many rows."""
        with self._database.transaction(self.workspace) as tx:
            rows = tx.claims.abandoned(BATCH)
            for row in rows:
                row.state, row.error = MessageState.AMBIGUOUS, "sender_died"
                tx.outbox.reschedule(row, tx.now)
        return len(rows)

    def stop(self) -> None:
        """Begin nothing any more; what was claimed and not begun is given back."""
        self._stopping.set()

    def _posts_blocked(self, tx: Transaction) -> bool:
        return Method.POST in tx.budgets.blocked()

    def _perform_all(self, jobs: list[Job]) -> None:
        """Perform jobs, each at its moment, at most ``parallel`` at once, and write their results."""
        ordered = sorted(jobs, key=lambda job: job.at)
        if self._rules.parallel == 1 or len(jobs) <= 1:
            done = [self._work(job) for job in ordered]
        else:
            with ThreadPoolExecutor(self._rules.parallel, "send") as pool:
                done = [future.result() for future in [self._begin(pool, job) for job in ordered]]
        if together := [one for one in done if one]:
            self._settle(together)

    def _begin(self, pool: ThreadPoolExecutor, job: Job) -> Future[Done | None]:
        self._wait_for(job.at)
        return pool.submit(self._work, job)

    def _work(self, job: Job) -> Done | None:
        """Perform a job; return what came of it if it can be written together with others, for one commit.

        A crash before that leaves direct messages unclear that were sent; they are found by their key. Where nobody
        could look after a crash, the result is written at once.
        """
        self._wait_for(job.at)
        done = self._perform_if_wanted(job)
        if job.destination is Destination.PERSON:
            return done
        self._settle([done])
        return None

    def _wait_for(self, moment: datetime) -> None:
        left = (moment - self._now()).total_seconds()
        if left > 0:
            self._stopping.wait(left)

    def _perform_if_wanted(self, job: Job) -> Done:
        if self._stopping.is_set() or not self._renewed(job):
            return Done(job, None)
        for method in job.methods:
            left = (self._blocked[method] - self._now()).total_seconds() if method in self._blocked else 0
            if left > 0:
                return Done(job, NotSent("ratelimited", left, limited=True), method)
        done = self._perform(job)
        self._observe(str(done.method), _outcome(done.result))
        if isinstance(done.result, NotSent) and done.result.limited:
            self._blocked[done.method] = self._now() + timedelta(seconds=done.result.seconds or 0)
        return done

    def _renewed(self, job: Job) -> bool:
        """Lease a job anew that waited behind slow ones; False when another process has taken it over by now."""
        late = self._now() - job.at
        if late.total_seconds() < self._rules.lease / 4:
            return True
        with self._database.transaction(self.workspace) as tx:
            row = tx.claims.leased(job.lease)
            if row is None:
                return False
            row.lease_until = tx.now + timedelta(seconds=self._rules.lease)
        return True

    def _perform(self, job: Job) -> Done:
        if job.verb is Verb.DELETE:
            return Done(job, self._post.delete(job.channel, job.ts), Method.DELETE)
        method = Method.OPEN
        try:
            channel = job.channel or self._post.open(job.people)
            method = Method.HISTORY
            if job.look_first and (ts := self._post.find(channel, job.key, job.since)):
                return Done(job, Sent(channel, ts), method)
        except TROUBLE as error:
            return Done(job, _before_sending(error, look_first=job.look_first), method)
        if job.letter is None:
            return Done(job, Rejected("no_longer_true"))
        if job.verb is Verb.UPDATE:
            return Done(job, self._post.update(channel, job.ts, job.letter), Method.UPDATE)
        return Done(job, self._post.send(channel, job.letter, job.key))

    def _settle(self, several: list[Done]) -> None:
        with self._database.transaction(self.workspace) as tx:
            for done in several:
                row = tx.claims.leased(done.job.lease)
                if row is None:
                    log.warning("lease_lost", message=str(done.job.lease.message))
                else:
                    self._write_result(tx, row, done)

    def _write_result(self, tx: Transaction, row: MessageRow, done: Done) -> None:
        row.lease_owner = row.lease_until = None
        match done.result:
            case None:
                self._give_back(tx, row, done.job)
            case Sent(channel, ts):
                row.state, row.channel, row.ts, row.sent_at, row.error = (
                    MessageState.SENT,
                    channel,
                    ts,
                    self._now(),
                    None,
                )
                _remember_channel(tx, row, channel)
            case NotSent():
                self._try_again(tx, row, done, done.result)
            case Rejected(error):
                row.state, row.error = MessageState.FAILED, error
            case Unclear(error):
                row.state, row.error = MessageState.AMBIGUOUS, error
                tx.outbox.reschedule(row, tx.now + self._rules.settle)
        log.info("delivery", message=str(row.id), state=str(row.state), attempt=row.attempt, error=row.error)

    def _give_back(self, tx: Transaction, row: MessageRow, job: Job) -> None:
        row.attempt -= 1
        row.state = _state_before(job)
        tx.outbox.reschedule(row, tx.now)

    def _try_again(self, tx: Transaction, row: MessageRow, done: Done, result: NotSent) -> None:
        row.state, row.error = _state_before(done.job), result.error
        if result.seconds is None:
            tx.outbox.reschedule(row, messages.retry_at(tx.now, row.attempt))
            return
        until = tx.now + timedelta(seconds=result.seconds)
        tx.outbox.reschedule(row, until)
        if result.limited:
            row.attempt -= 1
            if self._rules.pace:
                tx.budgets.block(done.method, until)


def _outcome(result: Result | None) -> str:
    """Return the word for a result: sent, limited, notsent, rejected or unclear."""
    return "limited" if isinstance(result, NotSent) and result.limited else type(result).__name__.lower()


def _state_before(job: Job) -> MessageState:
    """Return the state of a row that was not sent now: a look-up that failed proves nothing about earlier tries."""
    return MessageState.AMBIGUOUS if job.look_first else MessageState.PENDING


def _remember_channel(tx: Transaction, row: MessageRow, channel: str) -> None:
    if row.verb is not Verb.POST:
        return
    if row.destination is Destination.PERSON:
        tx.people.get(row.target_id).dm_channel = channel
    elif row.destination is Destination.PAIRING:
        tx.pairings.get(row.target_id).group_channel = channel


def _before_sending(error: Exception, *, look_first: bool) -> Result:
    """Return what a failed look-up or opening means: nothing was sent by it, so trying again is safe."""
    result = outcome(error)
    if isinstance(result, Unclear) or (look_first and isinstance(result, Rejected)):
        return NotSent(result.error)
    return result
