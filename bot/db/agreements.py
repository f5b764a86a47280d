"""Agreements of pairings, version by version, texts sealed, and who signed which."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from bot.db.base import Owned
from bot.db.sealing import Sealed
from bot.domain.agreements import Terms
from bot.domain.cadence import Weekday
from bot.domain.ids import PersonId

if TYPE_CHECKING:
    from bot.db.pairings import PairingRow
    from bot.db.transaction import Transaction


class SignatureRow(Owned):
    __tablename__ = "signature"
    __table_args__ = (sa.UniqueConstraint("agreement_id", "owner_id"),)

    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreement.id", ondelete="CASCADE"))
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    signed_at: Mapped[datetime]


class AgreementRow(Owned):
    __tablename__ = "agreement"
    __table_args__ = (sa.UniqueConstraint("pairing_id", "version"),)

    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"))
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    version: Mapped[int]
    weekday: Mapped[int]
    every_weeks: Mapped[int]
    until: Mapped[date]
    made_at: Mapped[datetime]
    in_force_at: Mapped[datetime | None]
    hopes = Sealed()
    meetings = Sealed()
    not_this_week = Sealed()
    rules = Sealed()

    signatures: Mapped[list[SignatureRow]] = relationship(
        order_by=SignatureRow.id, cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def terms(self) -> Terms:
        texts = (self.hopes, self.meetings, self.not_this_week, self.rules)
        return Terms(*texts, Weekday(self.weekday), self.every_weeks, self.until)

    @property
    def signers(self) -> frozenset[PersonId]:
        return frozenset(one.owner_id for one in self.signatures)


class Agreements:
    """Queries on the agreements of one pairing."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, pairing: PairingRow, author: PersonId, terms: Terms) -> AgreementRow:
        """Keep ``terms`` as the pairing's newest version, signed by its author."""
        latest = self.latest(pairing.id)
        row = self._tx.add(
            AgreementRow(
                workspace_id=self._tx.workspace,
                pairing_id=pairing.id,
                owner_id=author,
                version=latest.version + 1 if latest else 1,
                weekday=int(terms.weekday),
                every_weeks=terms.every_weeks,
                until=terms.until,
                made_at=self._tx.now,
                hopes=terms.hopes,
                meetings=terms.meetings,
                not_this_week=terms.not_this_week,
                rules=terms.rules,
            )
        )
        self._tx.flush()
        self.sign(row, author)
        return row

    def sign(self, row: AgreementRow, person: PersonId) -> None:
        """Add a signature, once."""
        if person not in row.signers:
            row.signatures.append(
                SignatureRow(workspace_id=self._tx.workspace, owner_id=person, signed_at=self._tx.now)
            )
            self._tx.flush()

    def find(self, agreement: UUID) -> AgreementRow | None:
        return self._tx.one_or_none(self._all().where(AgreementRow.id == agreement))

    def latest(self, pairing: UUID) -> AgreementRow | None:
        """Return the newest version of a pairing, signed by all or not."""
        query = self._all().where(AgreementRow.pairing_id == pairing).order_by(AgreementRow.version.desc())
        return self._tx.one_or_none(query.limit(1))

    def in_force(self, pairing: UUID) -> AgreementRow | None:
        """Return the version that rules a pairing: the newest that all have signed."""
        signed = self._all().where(AgreementRow.pairing_id == pairing, AgreementRow.in_force_at.is_not(None))
        return self._tx.one_or_none(signed.order_by(AgreementRow.version.desc()).limit(1))

    def versions_of(self, pairings: Collection[UUID]) -> dict[UUID, list[AgreementRow]]:
        """Return every version of ``pairings`` with its signatures at hand, the newest last."""
        query = sa.select(AgreementRow).where(AgreementRow.pairing_id.in_(pairings)).order_by(AgreementRow.version)
        found: dict[UUID, list[AgreementRow]] = {}
        for row in self._tx.all(query.options(selectinload(AgreementRow.signatures))):
            if row.workspace_id == self._tx.workspace:
                found.setdefault(row.pairing_id, []).append(row)
        return found

    def _all(self) -> sa.Select[AgreementRow]:
        return sa.select(AgreementRow).where(AgreementRow.workspace_id == self._tx.workspace)
