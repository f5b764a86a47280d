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


class AuditRow(Owned):
    __tablename__ = "audit"
    __table_args__ = (sa.Index("ix_audit_at", "at"),)

    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(sa.String(64))  # keyed hash of the person, not the person
    action: Mapped[str] = mapped_column(sa.String(60))
    thing_id: Mapped[UUID | None]
    allowed: Mapped[bool]


class Audit:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def record(self, actor: PersonId, action: str, thing: UUID | None = None, *, allowed: bool = True) -> None:
        """Append one line."""
        keyring = self._tx.session.info[KEYRING]
        self._tx.add(
            AuditRow(
                workspace_id=self._tx.workspace,
                at=self._tx.now,
                actor=keyring.pseudonym(str(actor)),
                action=action,
                thing_id=thing,
                allowed=allowed,
            )
        )
