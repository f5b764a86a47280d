"""Follow-ups of pairings, texts sealed. ``owner_id`` is who wrote it down, ``enrolment_id`` who takes it on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.db.sealing import Sealed
from bot.domain.follow_ups import FollowUpDraft, FollowUpState
from bot.domain.ids import PersonId

if TYPE_CHECKING:
    from bot.db.enrolments import EnrolmentRow
    from bot.db.transaction import Transaction


class FollowUpRow(Owned):
    __tablename__ = "follow_up"

    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("meeting.id", ondelete="SET NULL"))
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    state: Mapped[FollowUpState] = mapped_column(word(FollowUpState))
    due_on: Mapped[date | None]
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    text = Sealed()


class FollowUps:
    """Queries on follow-ups."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(
        self, pairing: UUID, meeting: UUID | None, author: PersonId, doer: EnrolmentRow, draft: FollowUpDraft
    ) -> FollowUpRow:
        row = self._tx.add(
            FollowUpRow(
                workspace_id=self._tx.workspace,
                pairing_id=pairing,
                meeting_id=meeting,
                owner_id=author,
                enrolment_id=doer.id,
                state=FollowUpState.OPEN,
                due_on=draft.due_on,
                made_at=self._tx.now,
                text=draft.text,
            )
        )
        self._tx.flush()
        return row

    def find(self, follow_up: UUID) -> FollowUpRow | None:
        return self._tx.one_or_none(self._all().where(FollowUpRow.id == follow_up))

    def pairing_of(self, follow_up: UUID) -> UUID | None:
        """Return the pairing of a follow-up, to hold it before anything of it is read."""
        here = FollowUpRow.workspace_id == self._tx.workspace
        return self._tx.session.scalar(sa.select(FollowUpRow.pairing_id).where(here, FollowUpRow.id == follow_up))

    def open_of(self, enrolments: Collection[UUID], pairing: UUID) -> list[FollowUpRow]:
        """Return what ``enrolments`` have open in a pairing: what is due first comes first."""
        query = self._all().where(
            FollowUpRow.enrolment_id.in_(enrolments),
            FollowUpRow.pairing_id == pairing,
            FollowUpRow.state == FollowUpState.OPEN,
        )
        return self._tx.all(query.order_by(FollowUpRow.due_on.is_(None), FollowUpRow.due_on, FollowUpRow.id))

    def of_pairing(self, pairing: UUID) -> list[FollowUpRow]:
        """Return everything that was ever to be followed up in a pairing, in its order."""
        return self._tx.all(self._all().where(FollowUpRow.pairing_id == pairing).order_by(FollowUpRow.id))

    def _all(self) -> sa.Select[FollowUpRow]:
        return sa.select(FollowUpRow).where(FollowUpRow.workspace_id == self._tx.workspace)
