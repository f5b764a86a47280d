"""Snapshots: one row per programme, ISO week and measure, written once; and what they are counted from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.agreements import AgreementRow
from bot.db.base import Owned, word
from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import MembershipRow, PairingRow
from bot.db.people import PersonRow
from bot.db.programmes import ProgrammeRow
from bot.domain.pairings import PairingState
from bot.domain.programmes import ProgrammeState
from bot.domain.snapshots import Answer, Figure, Measure

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class SnapshotRow(Owned):
    """What may not be told is not kept: ``yes`` is empty then."""

    __tablename__ = "snapshot"
    __table_args__ = (sa.UniqueConstraint("programme_id", "measure", "week"),)

    programme_id: Mapped[UUID] = mapped_column(sa.ForeignKey("programme.id", ondelete="CASCADE"))
    measure: Mapped[Measure] = mapped_column(word(Measure))
    week: Mapped[str] = mapped_column(sa.String(8))
    taken_at: Mapped[datetime]
    counted_until: Mapped[datetime]  # pairings that began until then are in this group or an earlier one
    answer: Mapped[Answer] = mapped_column(word(Answer))
    yes: Mapped[int | None]
    among: Mapped[int]
    least: Mapped[int]

    @property
    def figure(self) -> Figure:
        return Figure(self.answer, self.yes, self.among, self.least)


class Agreeing(NamedTuple):
    """One person in a pairing under way: whether its agreement counts, until when they are on a break, and where."""

    pairing: UUID
    signed: bool
    paused_until: date | None
    zone: str | None


class Snapshots:
    """Queries on snapshots. There is none that changes one."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def missing(self, measure: Measure, week: str, moment: datetime) -> list[UUID]:
        """Return the programmes under way, set up before ``moment``, that have none of ``week``."""
        there = sa.exists().where(
            SnapshotRow.programme_id == ProgrammeRow.id, SnapshotRow.measure == measure, SnapshotRow.week == week
        )
        query = sa.select(ProgrammeRow.id).where(
            ProgrammeRow.workspace_id == self._tx.workspace,
            ProgrammeRow.state == ProgrammeState.ACTIVE,
            ProgrammeRow.created_at < moment,
            ~there,
        )
        return self._tx.scalars(query.order_by(ProgrammeRow.id))

    def keep(self, programme: UUID, measure: Measure, week: str, figure: Figure, counted_until: datetime) -> bool:
        """Write a count down for good, unless that week has one; say whether it is new."""
        values = {
            "programme_id": programme,
            "measure": measure,
            "week": week,
            "taken_at": self._tx.now,
            "counted_until": counted_until,
            "answer": figure.answer,
            "yes": figure.yes,
            "among": figure.among,
            "least": figure.least,
        }
        return self._tx.insert_new(SnapshotRow, **values) is not None

    def counted_until(self, programme: UUID, measure: Measure) -> datetime | None:
        """Return until when the pairings began that are counted already; None when there was no group yet."""
        query = self._all(measure).where(SnapshotRow.programme_id == programme, SnapshotRow.answer != Answer.TOO_FEW)
        row = self._tx.one_or_none(query.order_by(SnapshotRow.counted_until.desc()).limit(1))
        return row.counted_until if row else None

    def since(self, programmes: Collection[UUID], measure: Measure, moment: datetime) -> dict[UUID, list[SnapshotRow]]:
        """Return what was counted in each of ``programmes`` since ``moment``, the newest first."""
        query = self._all(measure).where(SnapshotRow.programme_id.in_(programmes), SnapshotRow.taken_at >= moment)
        found: dict[UUID, list[SnapshotRow]] = {}
        for row in self._tx.all(query.order_by(SnapshotRow.taken_at.desc())) if programmes else ():
            found.setdefault(row.programme_id, []).append(row)
        return found

    def agreeing(self, programme: UUID, after: datetime, until: datetime) -> list[Agreeing]:
        """Return everybody in the pairings of ``programme`` under way that began after ``after``, up to ``until``."""
        signed = sa.exists().where(AgreementRow.pairing_id == PairingRow.id, AgreementRow.in_force_at.is_not(None))
        query = (
            sa.select(PairingRow.id, signed, EnrolmentRow.paused_until, PersonRow.zone)
            .join(MembershipRow, MembershipRow.pairing_id == PairingRow.id)
            .join(EnrolmentRow, EnrolmentRow.id == MembershipRow.enrolment_id)
            .join(PersonRow, PersonRow.id == EnrolmentRow.owner_id)
            .where(PairingRow.workspace_id == self._tx.workspace, PairingRow.programme_id == programme)
            .where(PairingRow.state == PairingState.ACTIVE, MembershipRow.left_at.is_(None))
            .where(PairingRow.started_at > after, PairingRow.started_at <= until)
        )
        return [Agreeing(*row) for row in self._tx.session.execute(query)]

    def _all(self, measure: Measure) -> sa.Select[SnapshotRow]:
        here = SnapshotRow.workspace_id == self._tx.workspace
        return sa.select(SnapshotRow).where(here, SnapshotRow.measure == measure)
