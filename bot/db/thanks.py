"""Thank-yous: sealed, one per writer, reader and term, kept by their reader when the pairing is long forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned
from bot.db.sealing import Sealed
from bot.domain.ids import PersonId

if TYPE_CHECKING:
    from bot.db.pairings import PairingRow
    from bot.db.transaction import Transaction


class ThanksRow(Owned):
    __tablename__ = "thanks"
    __table_args__ = (sa.UniqueConstraint("pairing_id", "term", "owner_id", "reader_id"),)

    pairing_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("pairing.id", ondelete="SET NULL"))
    term: Mapped[int]
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    reader_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    written_at: Mapped[datetime]
    text = Sealed()


class Thanks:
    """Queries on thank-yous."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, pairing: PairingRow, term: int, author: PersonId, reader: PersonId, text: str) -> ThanksRow:
        row = self._tx.add(
            ThanksRow(
                workspace_id=self._tx.workspace,
                pairing_id=pairing.id,
                term=term,
                owner_id=author,
                reader_id=reader,
                written_at=self._tx.now,
                text=text,
            )
        )
        self._tx.flush()
        return row

    def find(self, thanks: UUID) -> ThanksRow | None:
        return self._tx.one_or_none(self._all().where(ThanksRow.id == thanks))

    def written(self, pairing: PairingRow, term: int, author: PersonId) -> dict[PersonId, ThanksRow]:
        """Return what ``author`` has thanked the others for in a term of a time together, by reader."""
        about = ThanksRow.pairing_id == pairing.id, ThanksRow.term == term
        return {row.reader_id: row for row in self._tx.all(self._all().where(*about, ThanksRow.owner_id == author))}

    def count(self, reader: PersonId) -> int:
        return self._tx.count(self._all().where(ThanksRow.reader_id == reader))

    def received(self, reader: PersonId, *, page: int, size: int) -> Sequence[ThanksRow]:
        """Return one page of the thank-yous somebody got, newest first."""
        query = self._all().where(ThanksRow.reader_id == reader).order_by(ThanksRow.id.desc())
        return self._tx.all(query.offset(page * size).limit(size))

    def _all(self) -> sa.Select[ThanksRow]:
        return sa.select(ThanksRow).where(ThanksRow.workspace_id == self._tx.workspace)
