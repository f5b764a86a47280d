"""Progress notes, text sealed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.db.goals import GoalRow
from bot.db.sealing import Sealed
from bot.domain.ids import NoteId, PersonId
from bot.domain.visibility import Visibility

if TYPE_CHECKING:
    from bot.db.enrolments import EnrolmentRow
    from bot.db.transaction import Transaction


class NoteRow(Owned):
    __tablename__ = "note"
    __table_args__ = (sa.Index("ix_note_enrolment_id_written_at", "enrolment_id", "written_at"),)

    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"))
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    goal_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("goal.id", ondelete="SET NULL"))
    pairing_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("pairing.id", ondelete="SET NULL"))
    visibility: Mapped[Visibility] = mapped_column(word(Visibility))
    written_at: Mapped[datetime]
    text = Sealed()

    @property
    def note_id(self) -> NoteId:
        return NoteId(self.id)


class Notes:
    """Queries on notes; every one of them starts from a person who may read the answer."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(
        self, enrolment: EnrolmentRow, goal: GoalRow | None, text: str, visibility: Visibility, pairing: UUID | None
    ) -> NoteRow:
        row = self._tx.add(
            NoteRow(
                workspace_id=self._tx.workspace,
                enrolment_id=enrolment.id,
                owner_id=enrolment.owner_id,
                goal_id=goal.id if goal else None,
                pairing_id=pairing,
                visibility=visibility,
                written_at=self._tx.now,
                text=text,
            )
        )
        self._tx.flush()
        return row

    def find(self, note: UUID) -> NoteRow | None:
        return self._tx.one_or_none(self._all().where(NoteRow.id == note))

    def own_page(self, owner: PersonId, enrolment: UUID, *, page: int, size: int) -> list[NoteRow]:
        """Return one page (0, 1, …) of somebody's own notes, newest first."""
        query = self._of(owner, enrolment).order_by(NoteRow.written_at.desc(), NoteRow.id.desc())
        return self._tx.all(query.limit(size).offset(page * size))

    def own_count(self, owner: PersonId, enrolment: UUID) -> int:
        return self._tx.count(self._of(owner, enrolment))

    def _of(self, owner: PersonId, enrolment: UUID) -> sa.Select[NoteRow]:
        return self._all().where(NoteRow.owner_id == owner, NoteRow.enrolment_id == enrolment)

    def _all(self) -> sa.Select[NoteRow]:
        return sa.select(NoteRow).where(NoteRow.workspace_id == self._tx.workspace)
