"""Claims: whose turn it is in the outbox, and who holds a row while it is being sent.

One lane per destination: its messages go one at a time and in the order they were made. What waits for a later hour
holds up nobody; what is being tried again does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from bot.db.base import in_words
from bot.db.outbox import OPEN, TAKEN, WAITING, MessageRow
from bot.db.sealing import SealBroken
from bot.domain.ids import MessageId
from bot.domain.messages import MessageKind, MessageState, Verb

if TYPE_CHECKING:
    from bot.db.transaction import Transaction

UNWRITABLE = "unwritable"  # the error of a row whose letter could not be written
# Why one cannot be: a sealed text that does not open; a stored word or key this version does not know.
BROKEN = (SealBroken, LookupError, ValueError)


@dataclass(frozen=True, slots=True)
class Lease:
    """A claim on one row ``until`` a moment: results are written only by the same owner at the same attempt."""

    message: MessageId
    owner: str
    attempt: int
    until: datetime


class Claims:
    """Queries of the sender on one workspace's messages."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def ready(self, limit: int, rest: timedelta = timedelta(0)) -> list[MessageRow]:
        """Return up to ``limit`` rows whose turn has come, most urgent first, kept from other processes.

        Among equals the oldest goes first: who had to wait after its turn does not go behind all others.
        ``rest``: how long a destination is left alone after a post.
        """
        query = self._ready(rest).order_by(MessageRow.priority, MessageRow.id).limit(limit)
        return self._tx.all(query.with_for_update(skip_locked=True))

    def ready_one(self, message: UUID, rest: timedelta = timedelta(0)) -> MessageRow | None:
        """Return the row ``message`` if its turn has come and nobody else is at it."""
        query = self._ready(rest).where(MessageRow.id == message)
        return self._tx.one_or_none(query.with_for_update(skip_locked=True))

    def waiting(self, message: UUID) -> MessageRow | None:
        """Return the row ``message`` if it still waits, after whoever is at it now."""
        query = self._mine().where(MessageRow.id == message, in_words(MessageRow.state, WAITING), self._known())
        return self._tx.one_or_none(query.with_for_update())

    def anything_ready(self) -> bool:
        """Say whether somebody's moment has come, without keeping anybody from anything."""
        query = self._mine().where(in_words(MessageRow.state, WAITING), MessageRow.not_before <= self._tx.now)
        return self._tx.one_or_none(query.where(self._known()).limit(1)) is not None

    def next_ready(self) -> datetime | None:
        """Return when the next waiting message may go."""
        query = self._mine().where(in_words(MessageRow.state, WAITING), self._known())
        row = self._tx.one_or_none(query.order_by(MessageRow.not_before).limit(1))
        return row.not_before if row else None

    def leased(self, lease: Lease) -> MessageRow | None:
        """Return the row of ``lease`` if nobody else has taken it over."""
        query = self._mine().where(
            MessageRow.id == lease.message,
            MessageRow.lease_owner == lease.owner,
            MessageRow.attempt == lease.attempt,
            MessageRow.state == MessageState.SENDING,
        )
        return self._tx.one_or_none(query.with_for_update())

    def abandoned(self, limit: int) -> list[MessageRow]:
        """Return rows whose sender died: sending, with the lease run out."""
        query = self._taken().where(MessageRow.lease_until < self._tx.now, self._known())
        return self._tx.all(query.limit(limit).with_for_update(skip_locked=True))

    def take(self, row: MessageRow, owner: str, seconds: float) -> Lease:
        """Take ``row`` for one attempt."""
        until = self._tx.now + timedelta(seconds=seconds)
        row.state, row.attempt = MessageState.SENDING, row.attempt + 1
        row.lease_owner, row.lease_until = owner, until
        return Lease(row.message_id, owner, row.attempt, until)

    def renew(self, row: MessageRow, lease: Lease, seconds: float) -> Lease:
        """Let ``lease`` on ``row`` run for ``seconds`` from now."""
        row.lease_until = until = self._tx.now + timedelta(seconds=seconds)
        return replace(lease, until=until)

    def held_by(self, owner: str) -> list[MessageRow]:
        """Return every row that ``owner`` has taken and not brought to an end."""
        return self._tx.all(self._taken().where(MessageRow.lease_owner == owner).with_for_update())

    def _ready(self, rest: timedelta) -> sa.Select[MessageRow]:
        query = self._mine().where(
            in_words(MessageRow.state, WAITING),
            MessageRow.not_before <= self._tx.now,
            self._known(),
            ~self._somebody_ahead(),
        )
        return query.where(~self._just_posted(rest)) if rest else query

    def _somebody_ahead(self) -> sa.Exists:
        other = aliased(MessageRow)
        at_it = in_words(other.state, (MessageState.SENDING,))
        tried = sa.or_(other.attempt > 0, other.error.is_not(None))  # a 429 uses up no attempt
        before = sa.and_(other.id < MessageRow.id, sa.or_(tried, other.not_before <= self._tx.now))
        # One letter that cannot be written holds up no other.
        in_the_way = sa.or_(other.error.is_(None), other.error != UNWRITABLE)
        query = sa.select(other.id).where(
            other.workspace_id == self._tx.workspace,
            other.target_id == MessageRow.target_id,
            other.id != MessageRow.id,
            other.sent_at.is_(None),  # leads past the history of the lane, however long
            in_words(other.state, OPEN),
            sa.or_(at_it, sa.and_(before, in_the_way)),
        )
        return query.exists()

    def _just_posted(self, rest: timedelta) -> sa.Exists:
        other = aliased(MessageRow)
        query = sa.select(other.id).where(
            other.target_id == MessageRow.target_id,
            other.sent_at > self._tx.now - rest,
            other.verb == Verb.POST,
            MessageRow.verb == Verb.POST,
        )
        return query.exists()

    def _known(self) -> sa.ColumnElement[bool]:
        """Leave kinds alone that this version has no words for: in a rolling upgrade a newer process sends them."""
        return MessageRow.kind.in_(list(MessageKind))

    def _taken(self) -> sa.Select[MessageRow]:
        return self._mine().where(in_words(MessageRow.state, TAKEN))

    def _mine(self) -> sa.Select[MessageRow]:
        return sa.select(MessageRow).where(MessageRow.workspace_id == self._tx.workspace)
