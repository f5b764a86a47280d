"""Offers: who is asked whether they want a match. They are deleted as soon as the match is decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.db.base import Owned
from bot.db.enrolments import EnrolmentRow
from bot.db.rounds import MatchRow, RoundRow
from bot.domain.ids import OfferId, PersonId
from bot.domain.rounds import MatchState

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class OfferRow(Owned):
    """One person in an offered match. A no ends the match for all at once, so only a yes is ever stored."""

    __tablename__ = "offer"
    # An enrolment can think about one match at a time.
    __table_args__ = (sa.UniqueConstraint("enrolment_id"),)

    match_id: Mapped[UUID] = mapped_column(sa.ForeignKey("match.id", ondelete="CASCADE"), index=True)
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"))
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    answer_by: Mapped[datetime]
    accepted_at: Mapped[datetime | None]

    enrolment: Mapped[EnrolmentRow] = relationship(viewonly=True)

    @property
    def offer_id(self) -> OfferId:
        return OfferId(self.id)


class Offers:
    """Queries on offers."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, match: UUID, enrolment: EnrolmentRow, answer_by: datetime) -> OfferRow:
        return self._tx.add(
            OfferRow(
                workspace_id=self._tx.workspace,
                match_id=match,
                enrolment_id=enrolment.id,
                owner_id=enrolment.owner_id,
                answer_by=answer_by,
            )
        )

    def programme_of(self, offer: UUID) -> UUID | None:
        """Return the programme an offer belongs to, to hold its pairings before anything of it is read."""
        query = (
            sa.select(EnrolmentRow.programme_id)
            .join(OfferRow, OfferRow.enrolment_id == EnrolmentRow.id)
            .where(OfferRow.workspace_id == self._tx.workspace, OfferRow.id == offer)
        )
        return self._tx.session.scalar(query)

    def find(self, offer: UUID) -> OfferRow | None:
        return self._tx.one_or_none(self._all().where(OfferRow.id == offer))

    def open_of(self, enrolment: UUID) -> OfferRow | None:
        """Return the offer an enrolment may still answer, or has said yes to."""
        return self._tx.one_or_none(self._all().where(OfferRow.enrolment_id == enrolment))

    def in_match(self, match: UUID) -> list[OfferRow]:
        return self._tx.all(self._all().where(OfferRow.match_id == match).order_by(OfferRow.id))

    def of_people(self, people: Collection[PersonId]) -> list[OfferRow]:
        """Return the open offers of ``people`` in all their programmes."""
        return self._tx.all(self._all().where(OfferRow.owner_id.in_(people)).order_by(OfferRow.id))

    def thinking(self, programme: UUID) -> frozenset[UUID]:
        """Return the enrolments of ``programme`` that are asked about a match now: they are in no other."""
        query = (
            sa.select(OfferRow.enrolment_id)
            .join(EnrolmentRow, EnrolmentRow.id == OfferRow.enrolment_id)
            .where(OfferRow.workspace_id == self._tx.workspace, EnrolmentRow.programme_id == programme)
        )
        return frozenset(self._tx.scalars(query))

    def forget(self, offers: Iterable[OfferRow]) -> None:
        """Delete the offers of a match that is decided: who said what is of no more use to anybody."""
        for row in offers:
            self._tx.remove(row)
        self._tx.flush()

    def turned_down(self, programme: UUID) -> list[tuple[frozenset[UUID], timedelta]]:
        """Return the people (enrolment ids) of matches that came to nothing, and how long ago they were asked."""
        query = (
            sa.select(MatchRow)
            .join(RoundRow, RoundRow.id == MatchRow.round_id)
            .where(MatchRow.workspace_id == self._tx.workspace, RoundRow.programme_id == programme)
            .where(MatchRow.state == MatchState.DECLINED, MatchRow.offered_at.is_not(None))
        )
        return [
            (frozenset(row.enrolments), self._tx.now - row.offered_at) for row in self._tx.all(query) if row.offered_at
        ]

    def _all(self) -> sa.Select[OfferRow]:
        return sa.select(OfferRow).where(OfferRow.workspace_id == self._tx.workspace)
