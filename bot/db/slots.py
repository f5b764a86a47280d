"""Slots: what is due for whom. One per programme, person, kind and period, kept so by the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, in_words, only, word
from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import MembershipRow, PairingRow
from bot.db.people import PersonRow
from bot.db.programmes import ProgrammeRow
from bot.domain.enrolments import EnrolmentState
from bot.domain.ids import PersonId
from bot.domain.pairings import PairingState
from bot.domain.slots import LATE, Due, LatePolicy, SlotKind, SlotState

if TYPE_CHECKING:
    from bot.db.transaction import Transaction

_STREAMED = 1_000  # rows in memory at a time while everybody is gone through


class SlotRow(Owned):
    __tablename__ = "slot"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "person_id", "kind", "period"),
        # What is decided is not in it, so that looking for what is due costs the same after years.
        sa.Index("ix_slot_planned", "workspace_id", "due_at", **only([SlotState.PLANNED])),
    )

    programme_id: Mapped[UUID] = mapped_column(sa.ForeignKey("programme.id", ondelete="CASCADE"))
    person_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[SlotKind] = mapped_column(word(SlotKind))
    period: Mapped[str] = mapped_column(sa.String(10))  # ISO week, ISO date, or hour
    subject_id: Mapped[UUID | None]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    late_policy: Mapped[LatePolicy] = mapped_column(word(LatePolicy))
    state: Mapped[SlotState] = mapped_column(word(SlotState))
    decided_at: Mapped[datetime | None]


class Member(NamedTuple):
    """Somebody in a pairing under way, and one of their slots if there is one.

    ``weekday`` and ``holidays`` None: the programme's.
    """

    pairing: UUID
    started_at: datetime
    ends_on: date
    weekday: int | None
    every_weeks: int
    programme: UUID
    person: PersonId
    zone: str
    holidays: str | None
    slot: UUID | None
    period: str | None
    due_at: datetime | None
    state: SlotState | None


class DueSlot(NamedTuple):
    """A planned slot whose moment has come."""

    id: UUID
    programme: UUID
    person: PersonId
    kind: SlotKind
    period: str
    due_at: datetime
    expires_at: datetime
    late_policy: LatePolicy


class Standing(NamedTuple):
    """A planned slot of somebody, whoever is about to decide it."""

    id: UUID
    person: PersonId
    kind: SlotKind
    due_at: datetime


class Move(NamedTuple):
    """A planned slot that is due at another moment than it was planned for."""

    slot: UUID
    was_due: datetime
    to: Due


class Slots:
    """Queries on slots of one workspace."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def plan(self, due: Iterable[Due]) -> int:
        """Plan what is not planned or decided yet; return how many slots are new."""
        return len(self._tx.insert_all(SlotRow, (_values(one) for one in due)))

    def move(self, moves: Iterable[Move]) -> None:
        """Move slots that are still planned for the moment they were found at; their worth begins anew."""
        expires: dict[str, Any] = {"expires_at": sa.bindparam("expires")}
        self._put_off([(one.slot, one.was_due, one.to.at, one.to.expires_at) for one in moves], **expires)

    def put_off(self, later: Mapping[UUID, tuple[datetime, datetime]]) -> None:
        """Have slots be due later that are still planned for the first of two moments; they expire as they would."""
        self._put_off([(slot, was_due, at, None) for slot, (was_due, at) in later.items()])

    def _put_off(self, moves: list[tuple[UUID, datetime, datetime, datetime | None]], **values: Any) -> None:
        if moves:
            table: Any = SlotRow.__table__
            same = (table.c.id == sa.bindparam("moved"), table.c.due_at == sa.bindparam("was_due"))
            change = sa.update(table).where(*same, table.c.state == SlotState.PLANNED)
            rows = [dict(zip(("moved", "was_due", "due", "expires"), one, strict=True)) for one in moves]
            self._tx.session.connection().execute(change.values(due_at=sa.bindparam("due"), **values), rows)

    def members(self, kind: SlotKind, periods: Iterable[str]) -> Iterator[Member]:
        """Yield everybody who is in a pairing, pairing by pairing, with their slots of ``periods``.

        Somebody with several comes once for each, somebody without any comes once.
        """
        slot = sa.and_(
            SlotRow.programme_id == PairingRow.programme_id,
            SlotRow.person_id == EnrolmentRow.owner_id,
            SlotRow.kind == kind,
            SlotRow.period.in_(list(periods)),
        )
        query: Any = (
            sa.select(
                *(PairingRow.id, PairingRow.started_at, PairingRow.ends_on),
                *(PairingRow.weekday, PairingRow.every_weeks, PairingRow.programme_id),
                *(EnrolmentRow.owner_id, PersonRow.zone, EnrolmentRow.holidays),
                *(SlotRow.id, SlotRow.period, SlotRow.due_at, SlotRow.state),
            )
            .join(MembershipRow, MembershipRow.pairing_id == PairingRow.id)
            .join(EnrolmentRow, EnrolmentRow.id == MembershipRow.enrolment_id)
            .join(PersonRow, PersonRow.id == EnrolmentRow.owner_id)
            .outerjoin(SlotRow, slot)
            .where(PairingRow.workspace_id == self._tx.workspace, PairingRow.state == PairingState.ACTIVE)
            .where(MembershipRow.left_at.is_(None))
            .order_by(PairingRow.id)
        )
        rows = self._tx.session.connection().execute(query, execution_options={"yield_per": _STREAMED})
        return (Member(*row) for row in rows)

    def missing(
        self, kind: SlotKind, programmes: Collection[UUID], begun_after: datetime | None, limit: int
    ) -> list[UUID]:
        """Return up to ``limit`` enrolments in pairings of ``programmes`` that never had a slot of ``kind`` in it.

        Those first whose pairing began last; with ``begun_after`` only pairings that began since.
        """
        slot = sa.exists().where(
            *(SlotRow.programme_id == PairingRow.programme_id, SlotRow.person_id == EnrolmentRow.owner_id),
            *(SlotRow.kind == kind, SlotRow.due_at >= PairingRow.started_at),
        )
        active = EnrolmentRow.state == EnrolmentState.ACTIVE, PersonRow.deactivated.is_(False)
        query = (
            sa.select(EnrolmentRow.id)
            .join(MembershipRow, MembershipRow.enrolment_id == EnrolmentRow.id)
            .join(PairingRow, PairingRow.id == MembershipRow.pairing_id)
            .join(PersonRow, PersonRow.id == EnrolmentRow.owner_id)
            .where(PairingRow.workspace_id == self._tx.workspace, PairingRow.programme_id.in_(programmes))
            .where(PairingRow.state == PairingState.ACTIVE, MembershipRow.left_at.is_(None), *active, ~slot)
            .order_by(PairingRow.started_at.desc(), EnrolmentRow.id)
        )
        begun = (PairingRow.started_at > begun_after,) if begun_after else ()
        return self._tx.scalars(query.where(*begun).limit(limit))

    def due(self, limit: int) -> list[DueSlot]:
        """Return up to ``limit`` planned slots whose moment has come, kept from other processes."""
        columns = (SlotRow.id, SlotRow.programme_id, SlotRow.person_id, SlotRow.kind, SlotRow.period)
        query = (
            sa.select(*columns, SlotRow.due_at, SlotRow.expires_at, SlotRow.late_policy)
            .where(SlotRow.workspace_id == self._tx.workspace, _is_planned(), SlotRow.due_at <= self._tx.now)
            .order_by(SlotRow.due_at, SlotRow.id)
            .limit(limit)
        )
        return [DueSlot(*row) for row in self._tx.session.execute(query.with_for_update(skip_locked=True))]

    def standing(self, people: Collection[PersonId], kinds: Collection[SlotKind], until: datetime) -> list[Standing]:
        """Return what is planned for ``people`` before ``until`` and still worth something, in any programme."""
        # Found by programme and person: there are few of one, and thousands of others are due the same day.
        here = sa.select(ProgrammeRow.id).where(ProgrammeRow.workspace_id == self._tx.workspace)
        query = sa.select(SlotRow.id, SlotRow.person_id, SlotRow.kind, SlotRow.due_at).where(
            *(SlotRow.programme_id.in_(here), SlotRow.person_id.in_(people), SlotRow.kind.in_(kinds)),
            *(SlotRow.state == SlotState.PLANNED, SlotRow.due_at < until, SlotRow.expires_at > self._tx.now),
        )
        return [Standing(*row) for row in self._tx.session.execute(query)]

    def anything_due(self) -> bool:
        """Say whether ``due`` would find something, without keeping anybody from anything."""
        moment = self.next_due()
        return moment is not None and moment <= self._tx.now

    def next_due(self) -> datetime | None:
        """Return when the next planned slot is due."""
        query = sa.select(SlotRow.due_at).where(SlotRow.workspace_id == self._tx.workspace, _is_planned())
        return self._tx.session.scalar(query.order_by(SlotRow.due_at).limit(1))

    def merge(self, programme: UUID, person: UUID, kind: SlotKind, *, before: datetime) -> None:
        """Record that something else does what is planned of a kind for somebody until ``before``."""
        theirs = SlotRow.programme_id == programme, SlotRow.person_id == person, SlotRow.kind == kind
        planned = SlotRow.workspace_id == self._tx.workspace, SlotRow.state == SlotState.PLANNED
        change = sa.update(SlotRow).where(*planned, *theirs, SlotRow.due_at < before)
        self._tx.change(change.values(state=SlotState.MERGED, decided_at=self._tx.now))

    def decide(self, fates: Mapping[UUID, SlotState]) -> None:
        """Record what became of planned slots."""
        for state in sorted(set(fates.values())):
            decided = [slot for slot, fate in fates.items() if fate is state]
            change = sa.update(SlotRow).where(SlotRow.id.in_(decided)).values(state=state, decided_at=self._tx.now)
            self._tx.change(change.execution_options(synchronize_session=False))


def _values(due: Due) -> dict[str, object]:
    return {
        "programme_id": due.programme,
        "person_id": due.person,
        "kind": due.kind,
        "period": due.period,
        "due_at": due.at,
        "expires_at": due.expires_at,
        "late_policy": LATE[due.kind].policy,
        "state": SlotState.PLANNED,
    }


def _is_planned() -> sa.ColumnElement[bool]:
    return in_words(SlotRow.state, [SlotState.PLANNED])
