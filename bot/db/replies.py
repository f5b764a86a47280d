"""What partners say to a check-in: a line, sealed, or an offer to help."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.db.sealing import Sealed
from bot.domain.ids import PersonId
from bot.domain.replies import ReplyKind

if TYPE_CHECKING:
    from bot.db.checkins import CheckinRow
    from bot.db.enrolments import EnrolmentRow
    from bot.db.transaction import Transaction


class ReplyRow(Owned):
    """One thing said by ``owner_id`` to ``reader_id`` about a check-in of one of the two."""

    __tablename__ = "reply"
    __table_args__ = (sa.Index("ix_reply_checkin_id_owner_id", "checkin_id", "owner_id"),)

    checkin_id: Mapped[UUID] = mapped_column(sa.ForeignKey("checkin.id", ondelete="CASCADE"))
    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    reader_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[ReplyKind] = mapped_column(word(ReplyKind))
    said_at: Mapped[datetime]
    text = Sealed()


class Replies:
    """Queries on replies."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, checkin: CheckinRow, by: EnrolmentRow, to: PersonId, kind: ReplyKind, text: str | None) -> ReplyRow:
        row = self._tx.add(
            ReplyRow(
                workspace_id=self._tx.workspace,
                checkin_id=checkin.id,
                pairing_id=checkin.pairing_id,
                enrolment_id=by.id,
                owner_id=by.owner_id,
                reader_id=to,
                kind=kind,
                said_at=self._tx.now,
                text=text,
            )
        )
        self._tx.flush()
        return row

    def find(self, reply: UUID) -> ReplyRow | None:
        return self._tx.one_or_none(self._all().where(ReplyRow.id == reply))

    def count(self, checkin: UUID, by: PersonId, kind: ReplyKind) -> int:
        """Return how much of a kind somebody has said to a check-in."""
        said = ReplyRow.checkin_id == checkin, ReplyRow.owner_id == by, ReplyRow.kind == kind
        return self._tx.count(self._all().where(*said))

    def offers_to(self, checkin: UUID) -> list[ReplyRow]:
        """Return the offers to help with a check-in."""
        said = ReplyRow.checkin_id == checkin, ReplyRow.kind == ReplyKind.HELP
        return self._tx.all(self._all().where(*said).order_by(ReplyRow.id))

    def _all(self) -> sa.Select[ReplyRow]:
        return sa.select(ReplyRow).where(ReplyRow.workspace_id == self._tx.workspace)
