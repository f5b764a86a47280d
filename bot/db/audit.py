"""The audit trail: who did what with a privileged right, without content. The database refuses to change it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned
from bot.db.sealing import KEYRING

if TYPE_CHECKING:
    from bot.db.transaction import Transaction
    from bot.domain.ids import PersonId


FORGETTING = "retention"  # who acts when the trail itself is shortened

ACTION = 60  # characters of a verb


class AuditRow(Owned):
    __tablename__ = "audit"
    __table_args__ = (sa.Index("ix_audit_at", "at"),)

    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(sa.String(64))  # keyed hash of the person, not the person
    action: Mapped[str] = mapped_column(sa.String(ACTION))
    thing_id: Mapped[UUID | None]
    allowed: Mapped[bool]


class Audit:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def record(self, actor: PersonId, action: str, thing: UUID | None = None, *, allowed: bool = True) -> None:
        """Append one line."""
        self._append(str(actor), action, thing, allowed=allowed)

    def record_by(self, office: str, action: str, thing: UUID) -> None:
        """Append one line about what was done by an office that is no person of the workspace, such as the operator."""
        self._append(office, action, thing)

    def _append(self, actor: str, action: str, thing: UUID | None = None, *, allowed: bool = True) -> None:
        keyring = self._tx.session.info[KEYRING]
        self._tx.add(
            AuditRow(
                workspace_id=self._tx.workspace,
                at=self._tx.now,
                actor=keyring.pseudonym(actor),
                action=action,
                thing_id=thing,
                allowed=allowed,
            )
        )

    def forget_before(self, moment: datetime) -> int:
        """Delete lines written before ``moment``, and append one that says so; return how many.

        The database lets a line go only when the trail has gone on for a year after it.
        """
        old = sa.and_(AuditRow.workspace_id == self._tx.workspace, AuditRow.at < moment)
        if not self._tx.count(sa.select(AuditRow).where(old)):
            return 0
        self._append(FORGETTING, "forget")
        self._tx.flush()
        return self._tx.change(sa.delete(AuditRow).where(old))
