"""Attendance: who was asked for which round, and what they answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.db.base import Owned, in_words, word
from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import MembershipRow, PairingRow
from bot.db.people import PersonRow
from bot.db.rounds import RoundRow
from bot.db.slots import SlotRow
from bot.domain.attendance import Attendance
from bot.domain.enrolments import EnrolmentState
from bot.domain.ids import PersonId
from bot.domain.rounds import AHEAD
from bot.domain.slots import SlotKind, SlotState

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class AttendanceRow(Owned):
    __tablename__ = "attendance"
    __table_args__ = (sa.UniqueConstraint("round_id", "enrolment_id"),)

    round_id: Mapped[UUID] = mapped_column(sa.ForeignKey("round.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime]
    answer: Mapped[Attendance | None] = mapped_column(word(Attendance))
    answered_at: Mapped[datetime | None]

    round: Mapped[RoundRow] = relationship(viewonly=True)
    enrolment: Mapped[EnrolmentRow] = relationship(viewonly=True)


class Waiting(NamedTuple):
    """Somebody who may be free for a round, and their slot for its heads-up if there is one.

    ``ends_on`` is the last day of their pairing, None without one; ``holidays`` None: the programme's.
    """

    person: PersonId
    zone: str
    holidays: str | None
    ends_on: date | None
    slot: UUID | None
    due_at: datetime | None
    state: SlotState | None


class Answered(NamedTuple):
    """What somebody answered for the round of ``day``."""

    enrolment: UUID
    day: date
    answer: Attendance | None


class Attendances:
    """Queries on attendance."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def find(self, attendance: UUID) -> AttendanceRow | None:
        return self._tx.one_or_none(
            sa.select(AttendanceRow).where(
                AttendanceRow.workspace_id == self._tx.workspace, AttendanceRow.id == attendance
            )
        )

    def ask(self, rows: Iterable[tuple[UUID, UUID, UUID, Attendance | None]]) -> None:
        """Keep who is asked: (id, round, enrolment, answer without asking)."""
        self._tx.insert_all(
            AttendanceRow,
            (
                {"id": id_, "round_id": round_id, "enrolment_id": one, "asked_at": self._tx.now, "answer": answer}
                for id_, round_id, one, answer in rows
            ),
        )

    def answers(self, enrolments: Collection[UUID]) -> dict[UUID, list[Answered]]:
        """Return what each of ``enrolments`` answered for the rounds they were asked for, the newest first."""
        query = (
            sa.select(AttendanceRow.enrolment_id, RoundRow.day, AttendanceRow.answer)
            .join(RoundRow, RoundRow.id == AttendanceRow.round_id)
            .where(AttendanceRow.enrolment_id.in_(enrolments))
            .order_by(RoundRow.day.desc(), AttendanceRow.id)
        )
        found: dict[UUID, list[Answered]] = {}
        for row in self._tx.among(query, AttendanceRow):
            found.setdefault(row.enrolment_id, []).append(Answered(row.enrolment_id, row.day, row.answer))
        return found

    def newest_in(self, programme: UUID) -> dict[UUID, Answered]:
        """Return what everybody in ``programme`` answered for the newest round they were asked for."""
        query = (
            sa.select(AttendanceRow.enrolment_id, RoundRow.day, AttendanceRow.answer)
            .join(RoundRow, RoundRow.id == AttendanceRow.round_id)
            .where(AttendanceRow.workspace_id == self._tx.workspace, RoundRow.programme_id == programme)
            .order_by(RoundRow.day, AttendanceRow.id)
        )
        return {row[0]: Answered(row[0], row[1], row[2]) for row in self._tx.session.execute(query) if row[1]}

    def forget(self, enrolment: UUID) -> None:
        """Forget what was answered in an enrolment: whoever joins again begins anew."""
        self._tx.change(sa.delete(AttendanceRow).where(AttendanceRow.enrolment_id == enrolment))

    def asked_for(self, round_id: UUID) -> frozenset[UUID]:
        """Return the enrolments that were asked for a round."""
        query = sa.select(AttendanceRow.enrolment_id).where(
            AttendanceRow.workspace_id == self._tx.workspace, AttendanceRow.round_id == round_id
        )
        return frozenset(self._tx.scalars(query))

    def waiting(self, programme: UUID, period: str) -> list[Waiting]:
        """Return everybody active in ``programme`` with the end of their pairing and their slot of ``period``."""
        slot = sa.and_(
            SlotRow.programme_id == EnrolmentRow.programme_id,
            SlotRow.person_id == EnrolmentRow.owner_id,
            SlotRow.kind == SlotKind.HEADS_UP,
            SlotRow.period == period,
        )
        membership = sa.and_(MembershipRow.enrolment_id == EnrolmentRow.id, MembershipRow.left_at.is_(None))
        query = (
            sa.select(
                *(EnrolmentRow.owner_id, PersonRow.zone, EnrolmentRow.holidays, PairingRow.ends_on),
                *(SlotRow.id, SlotRow.due_at, SlotRow.state),
            )
            .join(PersonRow, PersonRow.id == EnrolmentRow.owner_id)
            .outerjoin(MembershipRow, membership)
            .outerjoin(PairingRow, PairingRow.id == MembershipRow.pairing_id)
            .outerjoin(SlotRow, slot)
            .where(EnrolmentRow.workspace_id == self._tx.workspace, EnrolmentRow.programme_id == programme)
            .where(EnrolmentRow.state == EnrolmentState.ACTIVE)
            .order_by(EnrolmentRow.id)
        )
        return [Waiting(*row) for row in self._tx.session.execute(query)]

    def last_days(self, enrolments: Collection[UUID]) -> dict[UUID, date]:
        """Return the last day of the pairing each of ``enrolments`` is in, those in none left out."""
        query = (
            sa.select(MembershipRow.enrolment_id, PairingRow.ends_on)
            .join(PairingRow, PairingRow.id == MembershipRow.pairing_id)
            .where(MembershipRow.enrolment_id.in_(enrolments), MembershipRow.left_at.is_(None))
        )
        return {row.enrolment_id: row.ends_on for row in self._tx.among(query, MembershipRow)}

    def open_rounds(self, programmes: Collection[UUID]) -> dict[tuple[UUID, date], RoundRow]:
        """Return the rounds of ``programmes`` that still take answers, by programme and day."""
        query = sa.select(RoundRow).where(
            RoundRow.workspace_id == self._tx.workspace,
            RoundRow.programme_id.in_(set(programmes)),
            in_words(RoundRow.state, AHEAD),
            ~RoundRow.late,
        )
        return {(row.programme_id, row.day): row for row in self._tx.all(query) if row.day}
