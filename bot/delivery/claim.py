"""Claiming: turn a row whose turn has come into a job, or bring it to rest.

Everything that needs the database happens here, in one transaction before the call: is it still true, is it allowed,
where does it go, when may Slack be called. What Slack may have taken is looked up by its key before it is sent again:
in the bot's own DM. A group message is sent again once and then told to each member alone, a channel message is held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.db.claims import BROKEN, UNWRITABLE, Lease
from bot.db.outbox import MessageRow
from bot.db.transaction import Gone, Transaction
from bot.delivery.post import Letter
from bot.domain import messages
from bot.domain.messages import Destination, MessageState, Verb
from bot.domain.pace import Method, Pace
from bot.usecases import catch_up
from bot.usecases.pairings import group_members

log = structlog.get_logger()
BATCH = 20
LARGEST_BATCH = 50  # what a crash may leave to be looked up
RESENDS_TO_GROUP = 2  # attempts in all: the first, and one more
LOOK_BACK = timedelta(minutes=5)
PATIENCE = timedelta(seconds=2)  # how far the rarer kinds of calls are reserved: who waits for them, waits elsewhere
SPREAD = timedelta(seconds=30)
SHORTLY = timedelta(seconds=1)
PUT_OFF = "put_off"  # the error of a row that waits for a budget
_METHOD = {Verb.POST: Method.POST, Verb.UPDATE: Method.UPDATE, Verb.DELETE: Method.DELETE}
Write = Callable[[Transaction, MessageRow], Letter | None]


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """How one process delivers.

    ``settle``: how long an unclear delivery rests until it is looked up; ``lease``: seconds an attempt may take;
    ``call``: how long one call may take; ``pace``: how fast Slack may be called, None for as fast as it goes;
    ``ahead``: how far calls are reserved; ``parallel``: calls under way at once.
    """

    owner: str
    settle: timedelta
    lease: float
    max_attempts: int
    call: timedelta = timedelta(0)
    pace: Pace | None = None
    ahead: timedelta = timedelta(seconds=5)
    parallel: int = 1

    @property
    def batch(self) -> int:
        """Return how many messages are taken at once: as many as may go in the time calls are reserved for."""
        if self.pace is None:
            return BATCH
        rate = self.pace.rates[Method.POST].per_second
        return min(max(round(rate * self.ahead.total_seconds()), BATCH), LARGEST_BATCH)


@dataclass(frozen=True, slots=True)
class Job:
    """One claimed row, with everything that is needed outside the transaction."""

    lease: Lease
    made_at: datetime
    at: datetime
    verb: Verb
    destination: Destination
    key: str
    channel: str
    ts: str
    people: tuple[str, ...]
    letter: Letter | None
    look_first: bool
    since: datetime

    @property
    def methods(self) -> tuple[Method, ...]:
        """Return the calls this job makes, in their order."""
        return _methods(self.verb, opens=not self.channel, looks=self.look_first)


@dataclass(frozen=True, slots=True)
class _Envelope:
    """Where a message goes: a known channel, or the people to open one with."""

    channel: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """Slack may not be called before ``until``; the row stays as it is."""

    until: datetime


Claimed = Job | Wait | None


class Claimer:
    """Makes jobs of rows, for one process."""

    def __init__(self, write: Write, rules: DeliveryRules) -> None:
        self._write = write
        self._rules = rules

    @property
    def rest(self) -> timedelta:
        """Return how long a channel is left alone between two posts."""
        return self._rules.pace.channel_rest if self._rules.pace else timedelta(0)

    def claim(self, tx: Transaction, row: MessageRow) -> Claimed:
        """Return the job of a row, leased; None when there is nothing to do for it now."""
        try:
            return None if _comes_otherwise(tx, row) else self._claimed(tx, row)
        except BROKEN as error:
            # Put off and in the end held, so that one letter that cannot be written holds up no other.
            why = type(error).__name__
            log.error("letter_unwritable", message=str(row.id), kind=str(row.kind), error=why)  # noqa: TRY400  a traceback holds content
            row.attempt, row.error = row.attempt + 1, UNWRITABLE
            tx.outbox.reschedule(row, messages.retry_at(tx.now, row.attempt))
            return None

    def _claimed(self, tx: Transaction, row: MessageRow) -> Claimed:
        unclear = row.state is MessageState.AMBIGUOUS
        expired = row.expires_at is not None and tx.now >= row.expires_at
        if expired and not unclear:
            return _rest(row, MessageState.DROPPED, "expired")
        if row.attempt >= self._rules.max_attempts:
            return _rest(row, MessageState.HELD, row.error or "too_many_attempts")
        if row.verb is not Verb.POST:
            return self._claim_follow_up(tx, row)
        if unclear and not _may_resend(row):
            return self._give_up_on(tx, row)
        # Too late to be sent again, but where it stands has to be known for whoever wants to take it back.
        letter = None if expired else self._write(tx, row)
        if letter is None and not unclear:
            return _rest(row, MessageState.DROPPED, None)
        return self._leased(tx, row, letter, look_first=unclear and row.destination is Destination.PERSON)

    def _give_up_on(self, tx: Transaction, row: MessageRow) -> Job | None:
        """Tell each member alone what stays unclear in their group; for the rest only a person can decide."""
        alone = messages.TOLD_ALONE.get(row.kind)
        if alone is None:
            return _rest(row, MessageState.HELD, row.error or "unclear")
        for member in tx.pairings.get(row.target_id).present:
            tx.outbox.put(alone, to=member.owner_id, key=f"{row.dedupe_key}:{member.owner_id}", subject=row.target_id)
        return _rest(row, MessageState.DROPPED, "told_alone")

    def _claim_follow_up(self, tx: Transaction, row: MessageRow) -> Claimed:
        original = tx.outbox.find(row.of_id) if row.of_id else None
        if original is None or original.state in {MessageState.DROPPED, MessageState.FAILED, MessageState.HELD}:
            return _rest(row, MessageState.DROPPED, None)
        if original.state is not MessageState.SENT:
            tx.outbox.reschedule(row, tx.now + max(self._rules.settle / 2, SHORTLY))
            return None
        row.channel, row.ts = original.channel, original.ts
        letter = self._write(tx, row) if row.verb is Verb.UPDATE else None
        if letter is None and row.verb is Verb.UPDATE:
            return _rest(row, MessageState.DROPPED, None)
        return self._leased(tx, row, letter, look_first=False)

    def _leased(self, tx: Transaction, row: MessageRow, letter: Letter | None, *, look_first: bool) -> Claimed:
        try:
            to = _address(tx, row)
        except Gone:
            return _rest(row, MessageState.DROPPED, "nobody_there")
        if not to.channel and not to.people:
            return _rest(row, MessageState.DROPPED, "nobody_there")
        at = self._turn(tx, row, _methods(row.verb, opens=not to.channel, looks=look_first))
        if not isinstance(at, datetime):
            return at
        taken = tx.claims.take(row, self._rules.owner, self._rules.lease)
        return Job(
            lease=taken,
            made_at=tx.now,
            at=at,
            verb=row.verb,
            destination=row.destination,
            key=row.dedupe_key,
            channel=to.channel,
            ts=row.ts or "",
            people=to.people,
            letter=letter,
            look_first=look_first,
            since=row.made_at - LOOK_BACK,
        )

    def _turn(self, tx: Transaction, row: MessageRow, methods: tuple[Method, ...]) -> datetime | Wait | None:
        """Return when Slack may be called for ``row``. Too far ahead: wait; for a rarer call: put this one off."""
        if self._rules.pace is None:
            return tx.now
        ahead = self._rules.ahead if methods == (Method.POST,) else min(self._rules.ahead, PATIENCE)
        turn = tx.budgets.take(methods, self._rules.pace.rates, tx.now + ahead)
        if turn.taken:
            return turn.at
        if turn.slowest is Method.POST:
            return Wait(turn.at - ahead)
        # Spread, so that the many who wait for one budget do not all come back at once; not within one lane, whose
        # order would suffer, and what comes after this one there has to wait for it.
        row.error = row.error or PUT_OFF
        tx.outbox.reschedule(row, turn.at + SPREAD * (row.target_id.int % 1000 / 1000))
        return None


def _methods(verb: Verb, *, opens: bool, looks: bool) -> tuple[Method, ...]:
    opening = (Method.OPEN,) if opens and verb is Verb.POST else ()
    looking = (Method.HISTORY,) if looks else ()
    return (*opening, *looking, _METHOD[verb])


def _rest(row: MessageRow, state: MessageState, error: str | None) -> Job | None:
    """Bring a row to rest: there is no job to do for it."""
    row.state, row.error = state, error
    return None


def _comes_otherwise(tx: Transaction, row: MessageRow) -> bool:
    """Put in order what waits late for a row's reader; say whether it comes with others now, or in the morning."""
    if not (catch_up.is_late(tx, row) and catch_up.merge_late(tx, row.target_id)):
        return False
    return row.state is not MessageState.PENDING or row.not_before > tx.now


def _may_resend(row: MessageRow) -> bool:
    """Say whether an unclear row may go on: a DM is looked up, a group message is sent once more, a channel never."""
    if row.destination is Destination.PAIRING:
        return row.attempt < RESENDS_TO_GROUP
    return row.destination is Destination.PERSON


def _address(tx: Transaction, row: MessageRow) -> _Envelope:
    """Return where ``row`` goes; neither channel nor people when nobody is there any more. Raises Gone."""
    if row.verb is not Verb.POST:
        return _Envelope(row.channel or "", ())
    match row.destination:
        case Destination.PERSON:
            person = tx.people.get(row.target_id)
            return _Envelope("", ()) if person.deactivated else _Envelope(person.dm_channel or "", (person.slack_id,))
        case Destination.PAIRING:
            members = group_members(tx, row.target_id)
            known = tx.pairings.get(row.target_id).group_channel or ""
            return _Envelope(known, members) if members else _Envelope("", ())
        case Destination.ROOM:
            return _Envelope(tx.programmes.get(row.target_id).room, ())
