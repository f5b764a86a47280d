"""Restores: what a database that was put back says about itself, and doubts about what it has not seen being sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.db.audit import AuditRow
from bot.db.base import Owned, WorkspaceRow, in_words
from bot.db.inbound import InboundRow
from bot.db.outbox import OPEN, MessageRow
from bot.domain import restores
from bot.domain.messages import Destination, MessageKind, MessageState, Verb

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Doubted:
    """How many open messages are looked up before they are sent, and how many only a person can release."""

    looked_up: int
    held: int


class Restores:
    """Doubts of one workspace."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: WorkspaceRow | None = None

    def mark(self) -> Doubted:
        """Note that the database was put back just now, and put in doubt whatever was open when it was copied."""
        row = self._workspace()
        last = self._last_moment()
        again = row.restored_at and row.restored_from and self._tx.now < row.restored_at + restores.LOOKED_UP_FOR
        row.restored_from = min(last, row.restored_from) if again and row.restored_from else last
        row.restored_at = self._tx.now
        counts = {one: self._doubt_open(one) for one in Destination}
        self._release_follow_ups()
        looked_up = counts.pop(Destination.PERSON)
        return Doubted(looked_up, sum(counts.values()))

    def last(self) -> datetime | None:
        """Return when the database was last put back; None if it never was."""
        return self._workspace().restored_at

    def doubt(self, kind: MessageKind, keys: Sequence[str]) -> None:
        """Have new messages ``keys`` looked up before they are sent, if they may have been sent before the restore."""
        row = self._workspace()
        if not restores.in_doubt(kind, row.restored_at, self._tx.now):
            return
        values = {"state": MessageState.AMBIGUOUS, "error": restores.REASON, "made_at": row.restored_from}
        self._tx.change(sa.update(MessageRow).where(*self._mine(), MessageRow.dedupe_key.in_(keys)).values(values))

    def _doubt_open(self, destination: Destination) -> int:
        state = restores.open_after_restore(destination)
        posts = (MessageRow.verb == Verb.POST, MessageRow.destination == destination)
        values = {"state": state, "error": restores.REASON, "lease_owner": None, "lease_until": None}
        statement = sa.update(MessageRow).where(*self._mine(), in_words(MessageRow.state, OPEN), *posts)
        return self._tx.change(statement.values(values))

    def _release_follow_ups(self) -> None:
        """Let changes and deletions go on: a second time they change nothing."""
        half_done = (MessageRow.state == MessageState.SENDING, MessageRow.verb != Verb.POST)
        values = {"state": MessageState.PENDING, "lease_owner": None, "lease_until": None}
        self._tx.change(sa.update(MessageRow).where(*self._mine(), *half_done).values(values))

    def _last_moment(self) -> datetime:
        """Return the last thing the database knows of: whatever it has not seen happened later."""
        columns = ((MessageRow, "made_at"), (MessageRow, "sent_at"), (InboundRow, "received_at"), (AuditRow, "at"))
        found = [self._newest(table, name) for table, name in columns]
        return min(max((one for one in found if one), default=self._tx.now), self._tx.now)

    def _newest(self, table: type[Owned], name: str) -> datetime | None:
        newest = sa.select(sa.func.max(getattr(table, name))).where(table.workspace_id == self._tx.workspace)
        return self._tx.session.scalar(newest)

    def _mine(self) -> tuple[sa.ColumnElement[bool], ...]:
        return (MessageRow.workspace_id == self._tx.workspace,)

    def _workspace(self) -> WorkspaceRow:
        if self._known is None:
            self._known = self._tx.session.get_one(WorkspaceRow, self._tx.workspace)
        return self._known
