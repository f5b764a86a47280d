"""What somebody heard their partner say in a meeting, and whether that is what was meant."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned
from bot.db.sealing import Sealed
from bot.domain.ids import PersonId

if TYPE_CHECKING:
    from bot.db.meetings import MeetingRow
    from bot.db.transaction import Transaction


class HeardRow(Owned):
    """``owner_id`` is who listened. The correction is the speaker's, sealed for them."""

    __tablename__ = "heard"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "owner_id", "speaker_id"),)

    meeting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"))
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    speaker_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    written_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    text = Sealed()
    correction = Sealed(owner="speaker_id")


class Listening:
    """Queries on what was heard."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def keep(self, meeting: MeetingRow, listener: PersonId, speaker: PersonId, text: str) -> HeardRow:
        """Keep a sentence, in place of what the same listener wrote before about the same speaker and meeting."""
        mine = HeardRow.owner_id == listener, HeardRow.speaker_id == speaker
        row = self._tx.one_or_none(self._all().where(HeardRow.meeting_id == meeting.id, *mine))
        if row is None:
            row = self._tx.add(
                HeardRow(workspace_id=self._tx.workspace, meeting_id=meeting.id, owner_id=listener, speaker_id=speaker)
            )
        row.text, row.written_at, row.answered_at, row.correction = text, self._tx.now, None, None
        self._tx.flush()
        return row

    def find(self, heard: UUID) -> HeardRow | None:
        return self._tx.one_or_none(self._all().where(HeardRow.id == heard))

    def _all(self) -> sa.Select[HeardRow]:
        return sa.select(HeardRow).where(HeardRow.workspace_id == self._tx.workspace)
