"""Self-checks: one row per person, time together and moment; what they chose is sealed and theirs alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.db.sealing import Sealed
from bot.domain import self_checks
from bot.domain.ids import PersonId
from bot.domain.self_checks import Levels, Moment

if TYPE_CHECKING:
    from bot.db.enrolments import EnrolmentRow
    from bot.db.pairings import PairingRow
    from bot.db.transaction import Transaction


class SelfCheckRow(Owned):
    __tablename__ = "self_check"
    __table_args__ = (sa.UniqueConstraint("pairing_id", "enrolment_id", "term", "moment"),)

    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    term: Mapped[int]
    moment: Mapped[Moment] = mapped_column(word(Moment))
    written_at: Mapped[datetime]
    levels = Sealed()

    @property
    def said(self) -> Levels:
        return self_checks.as_read(self.levels or "")


class SelfChecks:
    """Queries on self-checks; every one starts from the person who made them."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def keep(self, pairing: PairingRow, mine: EnrolmentRow, moment: Moment, levels: Levels) -> None:
        """Write down what somebody chose at this moment of their time together, in place of what stood there."""
        row = self.of(pairing, mine).get(moment)
        if row is None:
            row = self._tx.add(
                SelfCheckRow(
                    workspace_id=self._tx.workspace,
                    pairing_id=pairing.id,
                    enrolment_id=mine.id,
                    owner_id=mine.owner_id,
                    term=pairing.term,
                    moment=moment,
                )
            )
        row.levels, row.written_at = self_checks.as_kept(levels), self._tx.now
        self._tx.flush()

    def of(self, pairing: PairingRow, mine: EnrolmentRow) -> dict[Moment, SelfCheckRow]:
        """Return what somebody chose in the present term of a time together."""
        whose = SelfCheckRow.enrolment_id == mine.id, SelfCheckRow.pairing_id == pairing.id
        here = SelfCheckRow.workspace_id == self._tx.workspace, SelfCheckRow.term == pairing.term
        return {row.moment: row for row in self._tx.all(sa.select(SelfCheckRow).where(*here, *whose))}
