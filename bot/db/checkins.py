"""Check-ins: one person, one week, or one more where somebody reports early."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.domain.checkins import CheckinState, Outcome
from bot.domain.ids import CheckinId, PersonId
from bot.domain.weeks import Reported

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


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
    hand_up: Mapped[bool] = mapped_column(default=False)  # "I could use a hand"
    taken_back: Mapped[int] = mapped_column(default=0)  # how often its answer was, so that a new one is told anew

    @property
    def checkin_id(self) -> CheckinId:
        return CheckinId(self.id)

    @property
    def occasion(self) -> str:
        """Return what is told or done once for an answer: another one for the answer after it was taken back."""
        return f"{self.id}:{self.taken_back}" if self.taken_back else str(self.id)


class Opened(NamedTuple):
    """A check-in as it begins. ``promise_id`` is what it asks about."""

    id: UUID
    enrolment_id: UUID
    owner_id: PersonId
    pairing_id: UUID
    week: str
    day: date
    question: str
    promise_id: UUID | None


class Week(NamedTuple):
    """What is to be known of one check-in when the next one is opened."""

    id: UUID
    week: str
    day: date
    state: CheckinState
    question: str


class Checkins:
    """Queries on check-ins."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def open(self, rows: Iterable[Opened]) -> int:
        """Open check-ins, but those whose person has one for the week; return how many are new."""
        told = {"state": CheckinState.OPEN, "opened_at": self._tx.now}
        return len(self._tx.insert_all(CheckinRow, (row._asdict() | told for row in rows)))

    def miss(self, checkins: Collection[UUID]) -> None:
        """Record that newer check-ins took the place of these, if they are open. One whose outcome is told counts."""
        if checkins:
            told = sa.case(
                (CheckinRow.outcome.is_not(None), str(CheckinState.ANSWERED)), else_=str(CheckinState.MISSED)
            )
            still = CheckinRow.id.in_(checkins), CheckinRow.state == CheckinState.OPEN
            self._tx.change(sa.update(CheckinRow).where(*still).values(state=told))

    def weeks_of(self, enrolments: Collection[UUID]) -> dict[UUID, list[Week]]:
        """Return every check-in of ``enrolments``, the newest last."""
        facts = (CheckinRow.id, CheckinRow.week, CheckinRow.day, CheckinRow.state, CheckinRow.question)
        query = sa.select(CheckinRow.enrolment_id, *facts).order_by(
            CheckinRow.day, CheckinRow.opened_at, CheckinRow.week.desc()
        )
        found: dict[UUID, list[Week]] = {}
        for row in self._tx.among(query.where(CheckinRow.enrolment_id.in_(enrolments)), CheckinRow):
            found.setdefault(row.enrolment_id, []).append(Week(row.id, row.week, row.day, row.state, row.question))
        return found

    def find(self, checkin: UUID) -> CheckinRow | None:
        return self._tx.one_or_none(self._all().where(CheckinRow.id == checkin))

    def latest(self, enrolment: UUID) -> CheckinRow | None:
        """Return the newest check-in of an enrolment, answered or not."""
        query = self._all().where(CheckinRow.enrolment_id == enrolment)
        # One ahead of time comes after its day's own, even where the clock stands still: a date sorts before a week.
        order = CheckinRow.day.desc(), CheckinRow.opened_at.desc(), CheckinRow.week
        return self._tx.one_or_none(query.order_by(*order).limit(1))

    def reported_since(self, enrolment: UUID, day: date) -> list[Reported]:
        """Return the check-ins of an enrolment from ``day`` on, and what became of each."""
        query = sa.select(CheckinRow.day, CheckinRow.state, CheckinRow.outcome)
        mine = CheckinRow.workspace_id == self._tx.workspace, CheckinRow.enrolment_id == enrolment
        rows = self._tx.session.execute(query.where(*mine, CheckinRow.day >= day).order_by(CheckinRow.opened_at))
        return [Reported(*row) for row in rows]

    def with_line(self, note: UUID) -> CheckinRow | None:
        """Return the check-in whose one line is this note."""
        return self._tx.one_or_none(self._all().where(CheckinRow.note_id == note))

    def answered_in(self, enrolment: UUID, pairing: UUID, since: datetime) -> list[UUID]:
        """Return the check-ins of an enrolment that this pairing has been told since then, oldest first."""
        mine = CheckinRow.enrolment_id == enrolment, CheckinRow.pairing_id == pairing
        here = CheckinRow.workspace_id == self._tx.workspace, CheckinRow.answered_at >= since
        return self._tx.scalars(sa.select(CheckinRow.id).where(*here, *mine).order_by(CheckinRow.day, CheckinRow.id))

    def in_week(self, enrolment: UUID, week: str) -> CheckinRow | None:
        return self._tx.one_or_none(self._all().where(CheckinRow.enrolment_id == enrolment, CheckinRow.week == week))

    def _all(self) -> sa.Select[CheckinRow]:
        return sa.select(CheckinRow).where(CheckinRow.workspace_id == self._tx.workspace)
