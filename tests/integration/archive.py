"""A household whose things grow old: what a test of retention asks and tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.clock.retention import retain
from bot.db.base import Owned
from bot.db.outbox import MessageRow
from bot.db.session import Database
from bot.domain.messages import MessageKind, MessageState, Verb
from bot.domain.pairings import EndReason
from bot.domain.retention import RULES, Data
from bot.usecases.people import withdraw
from tests.integration.household import Household

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Archive:
    """A furnished database whose clock is moved by hand. Everything in it was written at START."""

    database: Database
    clock: DemoClock
    home: Household

    def count(self, kind: type[Owned], *conditions: sa.ColumnElement[bool]) -> int:
        with self.database.reading(self.home.workspace) as tx:
            return tx.count(sa.select(kind).where(*conditions))

    def has(self, kind: type[Owned], identity: UUID) -> bool:
        return self.count(kind, kind.id == identity) == 1

    def at(self, moment: datetime) -> None:
        """Move to ``moment`` and run the job once."""
        self.clock.move_to(moment)
        retain(self.database)

    def end_pairing(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        with self.database.transaction(self.home.workspace) as tx:
            tx.pairings.end(tx.pairings.get(self.home.pairing), EndReason.COMPLETED)

    def leave(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        with self.database.transaction(self.home.workspace) as tx:
            for enrolment in (self.home.enrolment, self.home.partner):
                withdraw(tx, tx.enrolments.get(enrolment))

    def withdraw_one(self, moment: datetime, enrolment: UUID) -> None:
        self.clock.move_to(moment)
        with self.database.transaction(self.home.workspace) as tx:
            withdraw(tx, tx.enrolments.get(enrolment))

    def posted(self, kind: MessageKind, subject: UUID) -> UUID:
        """Put a message and say that Slack took it, now."""
        with self.database.transaction(self.home.workspace) as tx:
            tx.outbox.put(kind, to=self.home.jonas, key=f"{kind}:{subject}", subject=subject)
            row = tx.one_or_none(sa.select(MessageRow).where(MessageRow.dedupe_key == f"{kind}:{subject}"))
            assert row is not None
            row.state, row.channel, row.ts, row.sent_at = MessageState.SENT, "D1", "1.000001", tx.now
            return row.id

    def deletions(self, of: UUID) -> int:
        return self.count(MessageRow, MessageRow.of_id == of, MessageRow.verb == Verb.DELETE)


def check_day_by_day(archive: Archive, data: Data, since: datetime, kept: Callable[[], bool]) -> None:
    """Hold that something is kept the day before and on its last day, and is gone the day after."""
    days = RULES[data].days
    assert days is not None
    for moment, there in ((days - 1, True), (days, True), (days + 1, False)):
        archive.at(since + moment * A_DAY)
        assert kept() is there, f"{data}, {moment} days after"
