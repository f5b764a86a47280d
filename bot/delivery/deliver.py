"""The state machine of a delivery: claim, write, send, settle.

A row is ``sending`` in the database before Slack hears of it. What Slack may have taken is looked up by its key
before it is sent again: in the bot's own DM. A group message is sent again once, a channel message is held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.db.outbox import Lease, MessageRow, lease
from bot.db.sealing import SealBroken
from bot.db.session import Database
from bot.db.transaction import Gone, Transaction
from bot.delivery.post import TROUBLE, Letter, NotSent, Post, Rejected, Result, Sent, Unclear, outcome
from bot.domain import messages
from bot.domain.ids import WorkspaceId
from bot.domain.messages import Destination, MessageState, Verb
from bot.usecases.pairings import group_members

log = structlog.get_logger()
BATCH = 20
RESENDS_TO_GROUP = 2  # attempts in all: the first, and one more
LOOK_BACK = timedelta(minutes=5)
# A sealed text that does not open; a stored word or key this version does not know.
UNWRITABLE = (SealBroken, LookupError, ValueError)
Write = Callable[[Transaction, MessageRow], Letter | None]


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """``settle``: how long an unclear delivery rests until it is looked up; ``lease``: seconds an attempt may take."""

    owner: str
    settle: timedelta
    lease: float
    max_attempts: int


@dataclass(frozen=True, slots=True)
class Job:
    """One claimed row, with everything that is needed outside the transaction."""

    lease: Lease
    verb: Verb
    destination: Destination
    key: str
    channel: str
    ts: str
    people: tuple[str, ...]
    letter: Letter | None
    look_first: bool
    since: datetime


class Delivery:
    """Delivers what is ready in the one workspace ``post`` has a token for. Safe to run in any number of processes."""

    def __init__(
        self,
        database: Database,
        workspace: WorkspaceId,
        post: Post,
        write: Write,
        now: Callable[[], datetime],
        rules: DeliveryRules,
    ) -> None:
        self._database = database
        self._workspace = workspace
        self._post = post
        self._write = write
        self._now = now
        self._rules = rules
        self._blocked_until: datetime | None = None

    def run(self) -> int:
        """Deliver one batch; return how many rows were worked on."""
        if self._held_back():
            return 0
        with self._database.reading(self._workspace) as tx:
            if not tx.outbox.anything_ready():
                return 0
        with self._database.transaction(self._workspace) as tx:
            rows = tx.outbox.ready(BATCH)
            jobs = [job for row in rows if (job := self._claim(tx, row))]
        claimed = self._now()
        for job in jobs:
            waited = self._now() - claimed
            if waited.total_seconds() < self._rules.lease / 4 or self._renewed(job):
                self._settle(job, self._held_back() or self._perform(job))
        return len(rows)

    def _held_back(self) -> NotSent | None:
        """Say that nothing may be sent while Slack has told us to wait."""
        left = (self._blocked_until - self._now()).total_seconds() if self._blocked_until else 0.0
        return NotSent("ratelimited", left, limited=True) if left > 0 else None

    def _renewed(self, job: Job) -> bool:
        """Lease a job anew that waited behind slow ones; False when another process has taken it over by now."""
        with self._database.transaction(self._workspace) as tx:
            row = tx.outbox.leased(job.lease)
            if row is None:
                log.warning("lease_lost", message=str(job.lease.message))
                return False
            row.lease_until = tx.now + timedelta(seconds=self._rules.lease)
        return True

    def reap(self) -> int:
        """Mark what a dead process left half-done as unclear; return how many rows."""
        with self._database.transaction(self._workspace) as tx:
            rows = tx.outbox.abandoned(BATCH)
            for row in rows:
                row.state, row.error, row.not_before = MessageState.AMBIGUOUS, "sender_died", tx.now
        return len(rows)

    def _claim(self, tx: Transaction, row: MessageRow) -> Job | None:
        try:
            return self._claimed(tx, row)
        except UNWRITABLE as error:
            # Put off and in the end held, so that one letter that cannot be written holds up no other.
            why = type(error).__name__
            log.error("letter_unwritable", message=str(row.id), kind=str(row.kind), error=why)  # noqa: TRY400  a traceback holds content
            row.attempt, row.error = row.attempt + 1, "unwritable"
            row.not_before = messages.retry_at(tx.now, row.attempt)
            return None

    def _claimed(self, tx: Transaction, row: MessageRow) -> Job | None:
        if row.expires_at and tx.now >= row.expires_at:
            return _rest(row, MessageState.DROPPED, "expired")
        if row.attempt >= self._rules.max_attempts:
            return _rest(row, MessageState.HELD, row.error or "too_many_attempts")
        if row.verb is not Verb.POST:
            return self._claim_follow_up(tx, row)
        unclear = row.state is MessageState.AMBIGUOUS
        if unclear and not _may_resend(row):
            return _rest(row, MessageState.HELD, row.error or "unclear")
        letter = self._write(tx, row)
        if letter is None and not unclear:
            return _rest(row, MessageState.DROPPED, None)
        return self._leased(tx, row, letter, look_first=unclear and row.destination is Destination.PERSON)

    def _claim_follow_up(self, tx: Transaction, row: MessageRow) -> Job | None:
        original = tx.outbox.find(row.of_id) if row.of_id else None
        if original is None or original.state in {MessageState.DROPPED, MessageState.FAILED, MessageState.HELD}:
            return _rest(row, MessageState.DROPPED, None)
        if original.state is not MessageState.SENT:
            row.not_before = tx.now + self._rules.settle / 2
            return None
        row.channel, row.ts = original.channel, original.ts
        letter = self._write(tx, row) if row.verb is Verb.UPDATE else None
        if letter is None and row.verb is Verb.UPDATE:
            return _rest(row, MessageState.DROPPED, None)
        return self._leased(tx, row, letter, look_first=False)

    def _leased(self, tx: Transaction, row: MessageRow, letter: Letter | None, *, look_first: bool) -> Job | None:
        try:
            channel, people = _address(tx, row)
        except Gone:
            return _rest(row, MessageState.DROPPED, "nobody_there")
        if not channel and not people:
            return _rest(row, MessageState.DROPPED, "nobody_there")
        taken = lease(row, self._rules.owner, tx.now, self._rules.lease)
        since = row.made_at - LOOK_BACK
        return Job(
            taken, row.verb, row.destination, row.dedupe_key, channel, row.ts or "", people, letter, look_first, since
        )

    def _perform(self, job: Job) -> Result:
        if job.verb is Verb.DELETE:
            return self._post.delete(job.channel, job.ts)
        try:
            channel = job.channel or self._post.open(job.people)
            if job.look_first and (ts := self._post.find(channel, job.key, job.since)):
                return Sent(channel, ts)
        except TROUBLE as error:
            return _before_sending(error, look_first=job.look_first)
        if job.letter is None:
            return Rejected("no_longer_true")
        if job.verb is Verb.UPDATE:
            return self._post.update(channel, job.ts, job.letter)
        return self._post.send(channel, job.letter, job.key)

    def _settle(self, job: Job, result: Result) -> None:
        with self._database.transaction(self._workspace) as tx:
            row = tx.outbox.leased(job.lease)
            if row is None:
                log.warning("lease_lost", message=str(job.lease.message))
                return
            self._write_result(tx, row, job, result)

    def _write_result(self, tx: Transaction, row: MessageRow, job: Job, result: Result) -> None:
        row.lease_owner = row.lease_until = None
        match result:
            case Sent(channel, ts):
                row.state, row.channel, row.ts, row.sent_at, row.error = MessageState.SENT, channel, ts, tx.now, None
                _remember_channel(tx, row, channel)
            case NotSent(error, seconds, limited):
                self._try_again(tx, row, job, error, seconds, limited=limited)
            case Rejected(error):
                row.state, row.error = MessageState.FAILED, error
            case Unclear(error):
                row.state, row.error, row.not_before = MessageState.AMBIGUOUS, error, tx.now + self._rules.settle
        log.info("delivery", message=str(row.id), state=str(row.state), attempt=row.attempt, error=row.error)

    def _try_again(
        self, tx: Transaction, row: MessageRow, job: Job, error: str, seconds: float | None, *, limited: bool
    ) -> None:
        # A look-up that failed proves nothing about the first attempt: the row stays unclear.
        row.state, row.error = MessageState.AMBIGUOUS if job.look_first else MessageState.PENDING, error
        if seconds is None:
            row.not_before = messages.retry_at(tx.now, row.attempt)
            return
        row.not_before = tx.now + timedelta(seconds=seconds)
        if limited:
            row.attempt -= 1
            self._blocked_until = row.not_before


def _rest(row: MessageRow, state: MessageState, error: str | None) -> Job | None:
    """Bring a row to rest: there is no job to do for it."""
    row.state, row.error = state, error
    return None


def _may_resend(row: MessageRow) -> bool:
    """Say whether an unclear row may go on: a DM is looked up, a group message is sent once more, a channel never."""
    if row.destination is Destination.PAIRING:
        return row.attempt < RESENDS_TO_GROUP
    return row.destination is Destination.PERSON


def _address(tx: Transaction, row: MessageRow) -> tuple[str, tuple[str, ...]]:
    """Return the channel if it is known, else whom to open one with. Raises Gone."""
    if row.verb is not Verb.POST:
        return row.channel or "", ()
    match row.destination:
        case Destination.PERSON:
            person = tx.people.get(row.target_id)
            return ("", ()) if person.deactivated else (person.dm_channel or "", (person.slack_id,))
        case Destination.PAIRING:
            members = group_members(tx, row.target_id)
            return (tx.pairings.get(row.target_id).group_channel or "", members) if members else ("", ())
        case Destination.ROOM:
            return tx.programmes.get(row.target_id).room, ()


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
