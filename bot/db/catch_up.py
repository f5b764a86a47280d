"""Messages that waited too long, and the one message that carries several of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from bot.db.base import in_words
from bot.db.claims import UNWRITABLE
from bot.db.outbox import OPEN, WAITING, MessageRow
from bot.domain.messages import Destination, MessageKind, MessageState, Verb

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class Waiting(NamedTuple):
    """A message to one person whose moment has come and that surely was not sent."""

    id: UUID
    kind: MessageKind
    person: UUID
    subject: UUID | None
    made_at: datetime
    not_before: datetime


class CatchUp:
    """Queries on what waits in one workspace, and on what others carry."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def anything_older(self, than: timedelta, person: UUID | None = None) -> bool:
        """Say whether something waits for a person that was made longer ago than this."""
        old = self._waiting(sa.select(MessageRow.id), person).where(MessageRow.made_at < self._tx.now - than)
        return self._tx.session.scalar(old.limit(1)) is not None

    def waiting(self, person: UUID | None = None) -> list[Waiting]:
        """Return what waits for persons (or one), the oldest first, without what is to be taken back or is broken."""
        facts = (MessageRow.id, MessageRow.kind, MessageRow.target_id, MessageRow.subject_id)
        query = self._waiting(sa.select(*facts, MessageRow.made_at, MessageRow.not_before), person)
        ordered = query.where(~_is_withdrawn()).order_by(MessageRow.target_id, MessageRow.made_at, MessageRow.id)
        return [Waiting(*row) for row in self._tx.session.execute(ordered)]

    def _waiting(self, query: Any, person: UUID | None) -> Any:
        ready = (
            MessageRow.workspace_id == self._tx.workspace,
            in_words(MessageRow.state, WAITING),  # the words of the index; of these, what surely was not sent
            MessageRow.state == MessageState.PENDING,
            MessageRow.not_before <= self._tx.now,
            MessageRow.verb == Verb.POST,
            MessageRow.destination == Destination.PERSON,
            MessageRow.kind.in_(list(MessageKind)),
            sa.or_(MessageRow.error.is_(None), MessageRow.error != UNWRITABLE),
        )
        mine = query.where(*ready)
        return mine.where(MessageRow.target_id == person) if person else mine

    def hold(self, messages: Collection[UUID]) -> frozenset[UUID]:
        """Return those of ``messages`` that still wait, kept from whoever sends; those somebody is at are left out."""
        still = sa.select(MessageRow.id).where(MessageRow.id.in_(messages), MessageRow.state == MessageState.PENDING)
        rows = self._tx.among(still.with_for_update(skip_locked=True), MessageRow)
        return frozenset(row.id for row in rows)

    def carry(self, parts: Collection[UUID], carrier: UUID) -> None:
        """Have ``carrier`` tell what ``parts`` would have told; changes of them that wait are made with it."""
        waits = MessageRow.id.in_(parts), MessageRow.state == MessageState.PENDING
        merged = {"state": MessageState.MERGED, "merged_into": carrier}
        self._tx.change(sa.update(MessageRow).where(*waits).values(merged))
        changes = MessageRow.of_id.in_(parts), MessageRow.verb == Verb.UPDATE, MessageRow.state == MessageState.PENDING
        self._tx.change(sa.update(MessageRow).where(*changes).values(state=MessageState.DROPPED))

    def put_off(self, moments: Mapping[UUID, datetime]) -> None:
        """Let waiting messages come up later, each at its moment."""
        for row in self._tx.all(sa.select(MessageRow).where(MessageRow.id.in_(moments))):
            self._tx.outbox.reschedule(row, moments[row.id])

    def parts(self, carrier: UUID) -> list[MessageRow]:
        """Return what a message carries, the oldest first."""
        mine = MessageRow.workspace_id == self._tx.workspace, MessageRow.state == MessageState.MERGED
        query = sa.select(MessageRow).where(MessageRow.merged_into == carrier, *mine)
        return self._tx.all(query.order_by(MessageRow.made_at, MessageRow.id))

    def is_carried(self, kind: MessageKind, subject: UUID, person: UUID) -> bool:
        """Say whether ``person`` reads about ``subject`` in a message with others."""
        about = MessageRow.kind == kind, MessageRow.subject_id == subject, MessageRow.target_id == person
        mine = MessageRow.workspace_id == self._tx.workspace, MessageRow.state == MessageState.MERGED
        return self._tx.count(sa.select(MessageRow).where(*about, *mine)) > 0

    def release(self, part: MessageRow, moment: datetime) -> None:
        """Have a message go on its own after all, from ``moment`` on."""
        part.state, part.merged_into = MessageState.PENDING, None
        self._tx.outbox.reschedule(part, moment)


def _is_withdrawn() -> sa.Exists:
    other = aliased(MessageRow)
    query = sa.select(other.id).where(
        other.target_id == MessageRow.target_id,
        other.of_id == MessageRow.id,
        other.verb == Verb.DELETE,
        in_words(other.state, OPEN),
    )
    return query.exists()
