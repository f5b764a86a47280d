"""The state machine of a delivery: claim, wait for the pace, call, settle.

A row is ``sending`` in the database before Slack hears of it, and its result is written only by who holds the lease.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.claims import Lease
from bot.db.outbox import MessageRow
from bot.db.session import Database
from bot.db.transaction import Transaction
from bot.delivery.claim import BATCH, Claimed, Claimer, DeliveryRules, Job, Wait, Write
from bot.delivery.post import TROUBLE, Letter, NotSent, Post, Rejected, Result, Sent, Unclear, outcome
from bot.delivery.settle import NO_LONGER_TRUE, Done, Settler
from bot.domain.ids import WorkspaceId
from bot.domain.messages import Destination, MessageState, Verb
from bot.domain.pace import Method

CLOSEST = 0.9  # of the usual distance between two posts, when they are late


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
        self._settler = Settler(database, workspace, now, rules)
        self._blocked: dict[Method, datetime] = {}
        self._distance = threading.Lock()
        self._free_from = now()
        self._stopping = threading.Event()
        self.workspace = workspace

    def run(self) -> int:
        """Deliver one batch; return how many rows were worked on."""
        with self._database.reading(self.workspace) as tx:
            if self._stopping.is_set() or not tx.claims.anything_ready() or self._posts_blocked(tx):
                return 0
        with self._database.transaction(self.workspace) as tx:
            jobs, looked_at = self._claim(tx, tx.claims.ready(self._rules.batch, self._claimer.rest))
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
            tx.outbox.announce(row, max(row.not_before, moment))

    def reap(self) -> int:
        """Mark what a dead process left half-done as unclear; return how many rows."""
        count = 0
        while True:
            with self._database.transaction(self.workspace) as tx:
                rows = tx.claims.abandoned(BATCH)
                for row in rows:
                    self._leave_unclear(tx, row, "sender_died")
            count += len(rows)
            if len(rows) < BATCH:
                return count

    def stop(self) -> None:
        """Begin nothing any more; what was claimed and not begun is given back."""
        self._stopping.set()

    def let_go(self) -> int:
        """Leave what is still in the air to others, because nobody here will hear its answer; return how many rows."""
        with self._database.transaction(self.workspace) as tx:
            rows = tx.claims.held_by(self._rules.owner)
            for row in rows:
                self._leave_unclear(tx, row, "sender_stopped")
        return len(rows)

    def _leave_unclear(self, tx: Transaction, row: MessageRow, error: str) -> None:
        """Have ``row`` looked up after the settling time: Slack may still be taking what was on its way."""
        row.state, row.error = MessageState.AMBIGUOUS, error
        row.lease_owner = row.lease_until = None
        tx.outbox.reschedule(row, tx.now + self._rules.settle)

    def _posts_blocked(self, tx: Transaction) -> bool:
        return Method.POST in tx.budgets.blocked()

    def _perform_all(self, jobs: list[Job]) -> None:
        """Perform jobs, each at its moment, at most ``parallel`` at once, and write their results."""
        ordered = sorted(jobs, key=lambda job: job.at)
        if self._rules.parallel == 1 or len(jobs) <= 1:
            self._settle_together([self._work(job) for job in ordered])
            return
        with ThreadPoolExecutor(self._rules.parallel, "send") as pool:
            working = [self._begin(pool, job) for job in ordered]
        # One that breaks takes no other's result along.
        self._settle_together([future.result() for future in working if future.exception() is None])
        for future in working:
            future.result()

    def _settle_together(self, done: Iterable[Done | None]) -> None:
        together = [one for one in done if one]
        if together:
            self._settler.settle(together)

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
        self._settler.settle([done])
        return None

    def _wait_for(self, moment: datetime) -> None:
        left = (moment - self._now()).total_seconds()
        if left > 0:
            self._stopping.wait(left)

    def _perform_if_wanted(self, job: Job) -> Done:
        lease = None if self._stopping.is_set() else self._held(job)
        if lease is None:
            return Done(job, None)
        self._hear_of_others(job)
        for method in job.methods:
            left = (self._blocked[method] - self._now()).total_seconds() if method in self._blocked else 0
            if left > 0:
                return Done(job, NotSent("ratelimited", left, limited=True), method, self._now())
        done = replace(self._perform(job, lease), at=self._now())
        if done.result:
            self._observe(str(done.method), _outcome(done.result))
        if isinstance(done.result, NotSent) and done.result.limited:
            self._blocked[done.method] = self._now() + timedelta(seconds=done.result.seconds or 0)
        return done

    def _hear_of_others(self, job: Job) -> None:
        """Look whether Slack told another process to wait while this job waited for its moment."""
        if job.at > job.made_at:
            with self._database.reading(self.workspace) as tx:
                self._blocked |= tx.budgets.blocked()

    def _held(self, job: Job) -> Lease | None:
        """Return the lease of a job, renewed if its calls could outlast it; None when another process has the row."""
        if self._lasts(job.lease, len(job.methods)):
            return job.lease
        with self._database.transaction(self.workspace) as tx:
            row = tx.claims.leased(job.lease)
            return tx.claims.renew(row, job.lease, self._rules.lease) if row else None

    def _lasts(self, lease: Lease, calls: int) -> bool:
        return self._now() + calls * self._rules.call <= lease.until

    def _perform(self, job: Job, lease: Lease) -> Done:
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
            return Done(job, Rejected(NO_LONGER_TRUE))
        return self._speak(job, job.letter, channel, lease)

    def _speak(self, job: Job, letter: Letter, channel: str, lease: Lease) -> Done:
        self._keep_distance(job)
        if not self._lasts(lease, 1):  # we were stopped meanwhile: another process may be at it
            return Done(job, None)
        if job.verb is Verb.UPDATE:
            return Done(job, self._post.update(channel, job.ts, letter), Method.UPDATE)
        return Done(job, self._post.send(channel, letter, job.key))

    def _keep_distance(self, job: Job) -> None:
        """Let no posts of this process bunch up when it was held up past their moments: Slack would refuse them."""
        if self._rules.pace is None or job.verb is not Verb.POST:
            return
        with self._distance:
            self._wait_for(self._free_from)
            self._free_from = self._now() + CLOSEST * self._rules.pace.rates[Method.POST].interval


def _outcome(result: Result) -> str:
    """Return the word for a result: sent, limited, notsent, rejected or unclear."""
    return "limited" if isinstance(result, NotSent) and result.limited else type(result).__name__.lower()


def _before_sending(error: Exception, *, look_first: bool) -> Result:
    """Return what a failed look-up or opening means: nothing was sent by it, so trying again is safe.

    A look-up refused for the app's own sake is refused the next time too: then a person decides.
    """
    result = outcome(error)
    if isinstance(result, Unclear) or (look_first and isinstance(result, Rejected) and not result.of_app):
        return NotSent(result.error)
    return result
