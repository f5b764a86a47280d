"""What came in and was handled: one row per inbound key, written in the commit of its effect."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class AlreadyHandled(Exception):
    """A command, click, submission or event that had its effect before."""


class InboundRow(Owned):
    __tablename__ = "inbound"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "key"), sa.Index("ix_inbound_received_at", "received_at"))

    key: Mapped[str] = mapped_column(sa.String(255))
    received_at: Mapped[datetime]


class Inbound:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def claim(self, key: str) -> None:
        """Record ``key``. Raises AlreadyHandled when it was there."""
        if not self._tx.insert_new(InboundRow, key=key[:255], received_at=self._tx.now):
            raise AlreadyHandled

    def forget_before(self, moment: datetime) -> int:
        """Delete keys received before ``moment``; return how many."""
        statement = sa.delete(InboundRow).where(
            InboundRow.workspace_id == self._tx.workspace, InboundRow.received_at < moment
        )
        return self._tx.change(statement)
