"""How somebody looks back at the end: what they learned and what they wish for next, sealed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.db.sealing import Sealed
from bot.domain import closings
from bot.domain.closings import Wish
from bot.domain.ids import PersonId
from bot.domain.visibility import Visibility

if TYPE_CHECKING:
    from bot.db.enrolments import EnrolmentRow
    from bot.db.pairings import PairingRow
    from bot.db.transaction import Transaction


class ClosingRow(Owned):
    __tablename__ = "closing"
    __table_args__ = (sa.UniqueConstraint("pairing_id", "enrolment_id", "term"),)

    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    term: Mapped[int]
    visibility: Mapped[Visibility] = mapped_column(word(Visibility))
    written_at: Mapped[datetime]
    learned = Sealed()
    wish = Sealed()

    @property
    def wished(self) -> Wish:
        return closings.as_read(self.wish)

    @property
    def shared(self) -> str | None:
        """What the others may read of it."""
        return self.learned if self.visibility is Visibility.SHARED else None


class Closings:
    """Queries on how people look back."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def begin(self, pairing: PairingRow, mine: EnrolmentRow, term: int) -> ClosingRow:
        """Return what somebody wrote about a term of a time together, empty if they have not yet."""
        found = self.of_all([pairing.id]).get((mine.id, term))
        return found or self._tx.add(
            ClosingRow(
                workspace_id=self._tx.workspace,
                pairing_id=pairing.id,
                enrolment_id=mine.id,
                owner_id=mine.owner_id,
                term=term,
                visibility=Visibility.PRIVATE,
                written_at=self._tx.now,
            )
        )

    def find(self, closing: UUID) -> ClosingRow | None:
        return self._tx.one_or_none(self._all().where(ClosingRow.id == closing))

    def of_all(self, pairings: Collection[UUID]) -> dict[tuple[UUID, int], ClosingRow]:
        """Return what was written about ``pairings``, by enrolment and term."""
        rows = self._tx.all(self._all().where(ClosingRow.pairing_id.in_(pairings)))
        return {(row.enrolment_id, row.term): row for row in rows}

    def _all(self) -> sa.Select[ClosingRow]:
        return sa.select(ClosingRow).where(ClosingRow.workspace_id == self._tx.workspace)
