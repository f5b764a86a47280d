"""Check-ins and the promises made in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.db.sealing import Sealed
from bot.domain.checkins import CheckinState, Outcome, PromiseState
from bot.domain.ids import CheckinId, PersonId

if TYPE_CHECKING:
    from bot.db.enrolments import EnrolmentRow
    from bot.db.transaction import Transaction


class PromiseRow(Owned):
    """What somebody will do until the next check-in."""

    __tablename__ = "promise"

    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"), index=True)
    state: Mapped[PromiseState] = mapped_column(word(PromiseState))
    made_at: Mapped[datetime]
    due_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    text = Sealed()


class CheckinRow(Owned):
    """One person, one week. ``promise_id`` is what it asks about, ``next_promise_id`` what came of it."""

    __tablename__ = "checkin"
    __table_args__ = (sa.UniqueConstraint("enrolment_id", "week"),)

    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"))
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"), index=True)
    week: Mapped[str] = mapped_column(sa.String(10))
    day: Mapped[date]
    state: Mapped[CheckinState] = mapped_column(word(CheckinState))
    question: Mapped[str] = mapped_column(sa.String(40))
    opened_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(word(Outcome))
    promise_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("promise.id", ondelete="SET NULL"))
    next_promise_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("promise.id", ondelete="SET NULL"))
    note_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("note.id", ondelete="SET NULL"))

    @property
    def checkin_id(self) -> CheckinId:
        return CheckinId(self.id)


class Checkins:
    """Queries on check-ins."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def open(self, enrolment: EnrolmentRow, pairing: UUID, day: date, week: str, question: str) -> CheckinRow:
        """Open this week's check-in about the promise that is still open, if there is one.

        Its id follows from person and week, so that the same week has the same message and the same buttons even
        in a database that was put back and does not know that it has asked already.
        """
        promise = self._tx.promises.open_of(enrolment.id, pairing)
        return self._tx.add(
            CheckinRow(
                id=uuid5(enrolment.id, f"checkin:{week}"),
                workspace_id=self._tx.workspace,
                enrolment_id=enrolment.id,
                owner_id=enrolment.owner_id,
                pairing_id=pairing,
                week=week,
                day=day,
                state=CheckinState.OPEN,
                question=question,
                opened_at=self._tx.now,
                promise_id=promise.id if promise else None,
            )
        )

    def find(self, checkin: UUID) -> CheckinRow | None:
        return self._tx.one_or_none(self._all().where(CheckinRow.id == checkin))

    def latest(self, enrolment: UUID) -> CheckinRow | None:
        """Return the newest check-in of an enrolment, answered or not."""
        query = self._all().where(CheckinRow.enrolment_id == enrolment)
        return self._tx.one_or_none(query.order_by(CheckinRow.day.desc(), CheckinRow.id.desc()).limit(1))

    def with_line(self, note: UUID) -> CheckinRow | None:
        """Return the check-in whose one line is this note."""
        return self._tx.one_or_none(self._all().where(CheckinRow.note_id == note))

    def in_week(self, enrolment: UUID, week: str) -> CheckinRow | None:
        return self._tx.one_or_none(self._all().where(CheckinRow.enrolment_id == enrolment, CheckinRow.week == week))

    def asked(self, enrolment: UUID) -> list[str]:
        """Return the reflection questions already asked, as keys."""
        query = sa.select(CheckinRow.question).where(
            CheckinRow.workspace_id == self._tx.workspace, CheckinRow.enrolment_id == enrolment
        )
        return self._tx.scalars(query)

    def _all(self) -> sa.Select[CheckinRow]:
        return sa.select(CheckinRow).where(CheckinRow.workspace_id == self._tx.workspace)


class Promises:
    """Queries on promises."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def make(self, checkin: CheckinRow, text: str, due_on: date) -> PromiseRow:
        row = self._tx.add(
            PromiseRow(
                workspace_id=self._tx.workspace,
                enrolment_id=checkin.enrolment_id,
                owner_id=checkin.owner_id,
                pairing_id=checkin.pairing_id,
                state=PromiseState.OPEN,
                made_at=self._tx.now,
                due_on=due_on,
                text=text,
            )
        )
        self._tx.flush()
        return row

    def find(self, promise: UUID | None) -> PromiseRow | None:
        return self._tx.one_or_none(self._all().where(PromiseRow.id == promise)) if promise else None

    def open_of(self, enrolment: UUID, pairing: UUID) -> PromiseRow | None:
        """Return what an enrolment has promised this pairing and not yet answered for."""
        query = self._all().where(
            PromiseRow.enrolment_id == enrolment,
            PromiseRow.pairing_id == pairing,
            PromiseRow.state == PromiseState.OPEN,
        )
        return self._tx.one_or_none(query.order_by(PromiseRow.id.desc()).limit(1))

    def _all(self) -> sa.Select[PromiseRow]:
        return sa.select(PromiseRow).where(PromiseRow.workspace_id == self._tx.workspace)
