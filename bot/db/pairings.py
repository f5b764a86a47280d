"""Pairings and their members. One active membership per enrolment is kept by the database itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship, selectinload

from bot.db.base import Owned, word
from bot.db.enrolments import EnrolmentRow
from bot.db.fits import FitRow
from bot.db.people import PersonRow
from bot.db.silence import SilenceRow
from bot.domain.ids import PairingId, PersonId
from bot.domain.pairings import EndReason, PairingState

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class MembershipRow(Owned):
    __tablename__ = "membership"
    __table_args__ = (
        sa.UniqueConstraint("pairing_id", "enrolment_id"),
        sa.Index(
            "uq_membership_one_active",
            "enrolment_id",
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        ),
    )

    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"))
    left_at: Mapped[datetime | None]

    enrolment: Mapped[EnrolmentRow] = relationship(viewonly=True)


class PairingRow(Owned):
    __tablename__ = "pairing"

    programme_id: Mapped[UUID] = mapped_column(sa.ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    match_id: Mapped[UUID] = mapped_column(sa.ForeignKey("match.id", ondelete="CASCADE"), unique=True)
    state: Mapped[PairingState] = mapped_column(word(PairingState))
    started_at: Mapped[datetime]
    ends_on: Mapped[date]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[EndReason | None] = mapped_column(word(EndReason))
    group_channel: Mapped[str | None] = mapped_column(sa.String(40))
    weekday: Mapped[int | None]  # of the check-in, as agreed; None: the programme's
    every_weeks: Mapped[int] = mapped_column(default=1)
    term: Mapped[int] = mapped_column(default=0)  # how often it was renewed
    renewed_at: Mapped[datetime | None]

    memberships: Mapped[list[MembershipRow]] = relationship(
        order_by=MembershipRow.id, cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def pairing_id(self) -> PairingId:
        return PairingId(self.id)

    @property
    def present(self) -> list[EnrolmentRow]:
        """The enrolments in it today."""
        return [membership.enrolment for membership in self.memberships if membership.left_at is None]

    @property
    def people(self) -> frozenset[PersonId]:
        """The people in it today."""
        return frozenset(enrolment.owner_id for enrolment in self.present)

    @property
    def party(self) -> list[EnrolmentRow]:
        """The enrolments in it today, or in it to its end."""
        return [membership.enrolment for membership in self.memberships if membership.left_at == self.ended_at]

    def others(self, person: PersonId) -> list[EnrolmentRow]:
        return [enrolment for enrolment in self.present if enrolment.owner_id != person]


class Current(NamedTuple):
    """A pairing under way: since when, and in which zones its members live."""

    pairing: UUID
    started_at: datetime
    zones: frozenset[str]


class Pairings:
    """Queries on pairings."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, programme: UUID, match: UUID, members: Iterable[UUID], ends_on: date) -> PairingRow:
        row = self._tx.add(
            PairingRow(
                workspace_id=self._tx.workspace,
                programme_id=programme,
                match_id=match,
                state=PairingState.ACTIVE,
                started_at=self._tx.now,
                ends_on=ends_on,
            )
        )
        row.memberships.extend(
            MembershipRow(workspace_id=self._tx.workspace, enrolment_id=enrolment) for enrolment in members
        )
        self._tx.flush()
        return row

    def get(self, pairing: UUID) -> PairingRow:
        return self._tx.get(PairingRow, pairing)

    def of_all(self, pairings: Collection[UUID]) -> dict[UUID, PairingRow]:
        """Return several pairings by id, with everybody in them, in as many statements as one takes."""
        inside = selectinload(PairingRow.memberships).selectinload(MembershipRow.enrolment)
        query = self._all().where(PairingRow.id.in_(pairings)).options(inside.selectinload(EnrolmentRow.person))
        return {row.id: row for row in self._tx.all(query)} if pairings else {}

    def find(self, pairing: UUID) -> PairingRow | None:
        return self._tx.one_or_none(self._all().where(PairingRow.id == pairing))

    def programme_of(self, pairing: UUID) -> UUID | None:
        """Return the programme of a pairing, to hold its pairings before anything of it is read."""
        here = PairingRow.workspace_id == self._tx.workspace
        return self._tx.session.scalar(sa.select(PairingRow.programme_id).where(here, PairingRow.id == pairing))

    def current(self, enrolment: UUID) -> PairingRow | None:
        """Return the pairing an enrolment is in now, if any."""
        return self._tx.one_or_none(
            self._all()
            .join(MembershipRow, MembershipRow.pairing_id == PairingRow.id)
            .where(
                PairingRow.state == PairingState.ACTIVE,
                MembershipRow.enrolment_id == enrolment,
                MembershipRow.left_at.is_(None),
            )
        )

    def hold(self, programme: UUID) -> None:
        """Have whoever else brings together or takes apart people of ``programme`` wait for this transaction."""
        self._tx.hold("pairings", programme)

    def current_of(self, enrolments: Collection[UUID]) -> dict[UUID, Current]:
        """Return the pairing each of ``enrolments`` is in now, those in none left out."""
        mine, others = aliased(MembershipRow), aliased(MembershipRow)
        query = (
            sa.select(mine.enrolment_id, PairingRow.id, PairingRow.started_at, PersonRow.zone)
            .join(PairingRow, PairingRow.id == mine.pairing_id)
            .join(others, sa.and_(others.pairing_id == PairingRow.id, others.left_at.is_(None)))
            .join(EnrolmentRow, EnrolmentRow.id == others.enrolment_id)
            .join(PersonRow, PersonRow.id == EnrolmentRow.owner_id)
            .where(mine.enrolment_id.in_(enrolments), mine.left_at.is_(None), PairingRow.state == PairingState.ACTIVE)
        )
        found: dict[UUID, Current] = {}
        for row in self._tx.among(query, PairingRow):
            zones = found[row.enrolment_id].zones if row.enrolment_id in found else frozenset()
            found[row.enrolment_id] = Current(row.id, row.started_at, zones | {row.zone})
        return found

    def names_in(self, pairings: Collection[UUID]) -> dict[UUID, dict[PersonId, str]]:
        """Return who is in each of ``pairings`` today, by name; one that nobody is in is left out."""
        query = (
            sa.select(MembershipRow.pairing_id, PersonRow.id, PersonRow.name)
            .join(EnrolmentRow, EnrolmentRow.id == MembershipRow.enrolment_id)
            .join(PersonRow, PersonRow.id == EnrolmentRow.owner_id)
            .where(MembershipRow.pairing_id.in_(pairings), MembershipRow.left_at.is_(None))
            .order_by(MembershipRow.id)
        )
        found: dict[UUID, dict[PersonId, str]] = {}
        for row in self._tx.among(query, MembershipRow) if pairings else ():
            found.setdefault(row.pairing_id, {})[PersonId(row.id)] = row.name
        return found

    def with_people_of(self, enrolments: Collection[UUID]) -> dict[UUID, PairingRow]:
        """Return the pairing each of ``enrolments`` is in now, its people at hand, those in none left out."""
        wanted = set(enrolments)
        mine = sa.select(MembershipRow.pairing_id).where(
            MembershipRow.enrolment_id.in_(wanted), MembershipRow.left_at.is_(None)
        )
        both = joinedload(EnrolmentRow.person), joinedload(EnrolmentRow.programme)
        people = selectinload(PairingRow.memberships).joinedload(MembershipRow.enrolment).options(*both)
        query = sa.select(PairingRow).where(PairingRow.id.in_(mine), PairingRow.state == PairingState.ACTIVE)
        rows = [row for row in self._tx.all(query.options(people)) if row.workspace_id == self._tx.workspace]
        return {one.id: row for row in rows for one in row.present if one.id in wanted}

    def ending(self, before: date) -> list[PairingRow]:
        """Return the pairings under way whose last day lies before ``before``."""
        return self._tx.all(self._all().where(*_ending(before)).order_by(PairingRow.id))

    def ending_in(self, before: date) -> list[UUID]:
        """Return the programmes that have such pairings."""
        query = sa.select(PairingRow.programme_id).where(PairingRow.workspace_id == self._tx.workspace)
        return self._tx.scalars(query.where(*_ending(before)).distinct().order_by(PairingRow.programme_id))

    def taken(self, programme: UUID) -> frozenset[UUID]:
        """Return the enrolments of ``programme`` that are in a pairing now."""
        query = (
            sa.select(MembershipRow.enrolment_id)
            .join(PairingRow, PairingRow.id == MembershipRow.pairing_id)
            .where(
                PairingRow.workspace_id == self._tx.workspace,
                PairingRow.programme_id == programme,
                PairingRow.state == PairingState.ACTIVE,
                MembershipRow.left_at.is_(None),
            )
        )
        return frozenset(self._tx.scalars(query))

    def history(self, programme: UUID) -> list[tuple[frozenset[UUID], timedelta]]:
        """Return who was together before (enrolment ids) and how long ago it ended (zero: still together)."""
        rows = self._tx.all(self._all().where(PairingRow.programme_id == programme))
        return [
            (
                frozenset(membership.enrolment_id for membership in row.memberships),
                self._tx.now - (row.ended_at or self._tx.now),
            )
            for row in rows
        ]

    def leave(self, row: PairingRow, enrolment: UUID) -> None:
        """Take one member out, now."""
        for membership in row.memberships:
            if membership.enrolment_id == enrolment and membership.left_at is None:
                membership.left_at = self._tx.now
        self._forget(row, enrolment)

    def end(self, row: PairingRow, reason: EndReason) -> None:
        """End a pairing for everybody in it, now."""
        row.state, row.ended_at, row.end_reason = PairingState.ENDED, self._tx.now, reason
        for membership in row.memberships:
            membership.left_at = membership.left_at or self._tx.now
        self._forget(row)

    def renew(self, row: PairingRow, ends_on: date) -> None:
        """Begin another term of a pairing until ``ends_on``; one that has ended lives again with those it ended for."""
        for membership in row.memberships if row.ended_at else ():
            membership.left_at = None if membership.left_at == row.ended_at else membership.left_at
        row.state, row.ended_at, row.end_reason = PairingState.ACTIVE, None, None
        row.term, row.renewed_at, row.ends_on = row.term + 1, self._tx.now, ends_on
        self._tx.flush()

    def ended_of(self, person: PersonId) -> list[tuple[UUID, datetime, date, datetime]]:
        """Return of each time together that ``person`` had: programme, beginning, last day, and when it ended."""
        query = (
            sa.select(PairingRow.programme_id, PairingRow.started_at, PairingRow.ends_on, MembershipRow.left_at)
            .join(MembershipRow, PairingRow.id == MembershipRow.pairing_id)
            .join(EnrolmentRow, EnrolmentRow.id == MembershipRow.enrolment_id)
            .where(PairingRow.workspace_id == self._tx.workspace)
            .where(EnrolmentRow.owner_id == person, MembershipRow.left_at.is_not(None))
        )
        rows: Any = self._tx.session.execute(query.order_by(PairingRow.id))
        return [tuple(row) for row in rows]

    def _forget(self, row: PairingRow, enrolment: UUID | None = None) -> None:
        """Delete how it fitted and who was silent: nobody asks any more, and it is nobody else's business."""
        self._tx.flush()
        for kind in (FitRow, SilenceRow):
            mine = (kind.enrolment_id == enrolment,) if enrolment else ()
            self._tx.change(sa.delete(kind).where(kind.pairing_id == row.id, *mine))

    def _all(self) -> sa.Select[PairingRow]:
        return sa.select(PairingRow).where(PairingRow.workspace_id == self._tx.workspace)


def _ending(before: date) -> tuple[sa.ColumnElement[bool], ...]:
    return PairingRow.state == PairingState.ACTIVE, PairingRow.ends_on < before
