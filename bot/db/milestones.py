"""Terms of pairings under way, for whoever plans half-time and the end. A renewed pairing begins a new term."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import MembershipRow, PairingRow
from bot.db.people import PersonRow
from bot.db.slots import SlotRow
from bot.domain.ids import PersonId
from bot.domain.pairings import PairingState
from bot.domain.slots import SlotKind, SlotState

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class Term(NamedTuple):
    """One term of a pairing: ``number`` counts how often it was renewed, ``since`` its beginning."""

    pairing: UUID
    programme: UUID
    number: int
    since: datetime
    ends_on: date

    @property
    def begun(self) -> date:
        return self.since.date()


class Asked(NamedTuple):
    """Somebody in a pairing, and one of their slots of a milestone if there is one. ``holidays`` None: the programme's.

    Somebody with several comes once for each.
    """

    pairing: UUID
    person: PersonId
    zone: str
    holidays: str | None
    slot: UUID | None
    kind: SlotKind | None
    period: str | None
    due_at: datetime | None
    state: SlotState | None


def _term() -> tuple[sa.ColumnElement[Any], ...]:
    since: sa.ColumnElement[Any] = sa.func.coalesce(PairingRow.renewed_at, PairingRow.started_at)
    return *_columns(PairingRow.id, PairingRow.programme_id, PairingRow.term), since, *_columns(PairingRow.ends_on)


def _columns(*several: Any) -> tuple[sa.ColumnElement[Any], ...]:
    return several


class Milestones:
    """Queries on terms of pairings."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def terms(self) -> list[Term]:
        """Return the present term of every pairing under way."""
        query = sa.select(*_term()).where(PairingRow.workspace_id == self._tx.workspace)
        return [Term(*row) for row in self._tx.session.execute(query.where(PairingRow.state == PairingState.ACTIVE))]

    def terms_of(self, enrolments: Collection[UUID]) -> dict[UUID, Term]:
        """Return the present term of the pairing each of ``enrolments`` is in, those in none left out."""
        query = (
            sa.select(*_term(), MembershipRow.enrolment_id)
            .join(MembershipRow, MembershipRow.pairing_id == PairingRow.id)
            .where(MembershipRow.enrolment_id.in_(enrolments), MembershipRow.left_at.is_(None))
            .where(PairingRow.state == PairingState.ACTIVE)
        )
        return {row.enrolment_id: Term(*row[:5]) for row in self._tx.among(query, PairingRow)}

    def people(self, pairings: Collection[UUID], kinds: Collection[SlotKind], since: datetime) -> list[Asked]:
        """Return who is in ``pairings``, with their slots of ``kinds`` that are due after ``since``."""
        slot = sa.and_(
            SlotRow.programme_id == EnrolmentRow.programme_id,
            SlotRow.person_id == EnrolmentRow.owner_id,
            SlotRow.kind.in_(kinds),
            SlotRow.due_at > since,
        )
        query = (
            sa.select(
                *(MembershipRow.pairing_id, EnrolmentRow.owner_id, PersonRow.zone, EnrolmentRow.holidays),
                *(SlotRow.id, SlotRow.kind, SlotRow.period, SlotRow.due_at, SlotRow.state),
            )
            .join(EnrolmentRow, EnrolmentRow.id == MembershipRow.enrolment_id)
            .join(PersonRow, PersonRow.id == EnrolmentRow.owner_id)
            .outerjoin(SlotRow, slot)
            .where(MembershipRow.pairing_id.in_(pairings), MembershipRow.left_at.is_(None))
        )
        return [Asked(*row[:9]) for row in self._tx.among(query, MembershipRow)]
