"""Writing down what came of a delivery, by whoever still holds it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from bot.db.outbox import MessageRow
from bot.db.session import Database
from bot.db.transaction import Gone, Transaction
from bot.delivery.claim import DeliveryRules, Job
from bot.delivery.post import NotSent, Rejected, Result, Sent, Unclear
from bot.domain import messages
from bot.domain.ids import WorkspaceId
from bot.domain.messages import Destination, MessageState, Verb
from bot.domain.pace import Method

log = structlog.get_logger()
NO_LONGER_TRUE = "no_longer_true"
TRIES = 5
PAUSE = 0.2  # seconds between two tries to write a result
# The database is busy or out of reach for a moment.
_AWAY = (sa.exc.OperationalError, sa.exc.TimeoutError)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job, and which kind of call said so, and when.

    ``result`` None: it was not begun, or not in its time.
    """

    job: Job
    result: Result | None
    method: Method = Method.POST
    at: datetime | None = None


class Settler:
    """Writes results for one process. Who lost a row to another process writes nothing."""

    def __init__(
        self, database: Database, workspace: WorkspaceId, now: Callable[[], datetime], rules: DeliveryRules
    ) -> None:
        self._database = database
        self._workspace = workspace
        self._now = now
        self._rules = rules

    def settle(self, several: Sequence[Done]) -> None:
        """Write results in one commit, trying for a moment while the database does not answer: Slack has them."""
        for left in reversed(range(TRIES)):
            try:
                self._write(several)
            except _AWAY as error:
                if not left:
                    raise
                log.warning("result_waits", error=type(error).__name__)
                time.sleep(PAUSE)
            else:
                return

    def _write(self, several: Sequence[Done]) -> None:
        with self._database.transaction(self._workspace) as tx:
            for done in several:
                row = tx.claims.leased(done.job.lease)
                if row is None:
                    log.warning("lease_lost", message=str(done.job.lease.message))
                else:
                    self._write_result(tx, row, done)
            if self._rules.pace:
                for method, until in _blocks(several):
                    tx.budgets.block(method, until)

    def _write_result(self, tx: Transaction, row: MessageRow, done: Done) -> None:
        row.lease_owner = row.lease_until = None
        match done.result:
            case None:
                self._give_back(tx, row, done.job)
            case Sent(channel, ts):
                row.state, row.error, row.sent_at = MessageState.SENT, None, self._now()
                row.channel, row.ts = channel, ts
                _remember_channel(tx, row, channel)
            case NotSent():
                self._try_again(tx, row, done, done.result)
            case Rejected(error):
                row.state, row.error = _end(done.result), error
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
        if result.unreached:  # Slack's absence, however long, gives up no message
            row.attempt = min(row.attempt, self._rules.max_attempts - 1)
        if result.seconds is None:
            tx.outbox.reschedule(row, messages.retry_at(tx.now, row.attempt))
            return
        tx.outbox.reschedule(row, (done.at or tx.now) + timedelta(seconds=result.seconds))
        if result.limited:
            row.attempt -= 1


def _blocks(several: Sequence[Done]) -> list[tuple[Method, datetime]]:
    """Return until when Slack wants no more calls of which kind, counted from its answer; the latest of each kind."""
    found: dict[Method, datetime] = {}
    for done in several:
        if done.at and isinstance(done.result, NotSent) and done.result.limited:
            until = done.at + timedelta(seconds=done.result.seconds or 0)
            found[done.method] = max(until, found.get(done.method, until))
    return sorted(found.items())  # everybody in one order, so that nobody waits for each other


def _end(refused: Rejected) -> MessageState:
    """Return how a refused message ends: what is wrong with the app, not with the message, can be put right."""
    if refused.error == NO_LONGER_TRUE:
        return MessageState.DROPPED
    return MessageState.HELD if refused.of_app else MessageState.FAILED


def _state_before(job: Job) -> MessageState:
    """Return the state of a row that was not sent now: a look-up that failed proves nothing about earlier tries."""
    return MessageState.AMBIGUOUS if job.look_first else MessageState.PENDING


def _remember_channel(tx: Transaction, row: MessageRow, channel: str) -> None:
    if row.verb is not Verb.POST:
        return
    with suppress(Gone):  # erased while the message was on its way
        if row.destination is Destination.PERSON:
            tx.people.get(row.target_id).dm_channel = channel
        elif row.destination is Destination.PAIRING:
            tx.pairings.get(row.target_id).group_channel = channel
