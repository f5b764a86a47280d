"""Try the keys on what is stored: whether somebody has the keys a database was sealed with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.db.base import Owned, Row
from bot.db.sealing import SealBroken, Sealed, sealed_columns
from bot.db.tables import metadata

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


def unreadable(tx: Transaction) -> str | None:
    """Return the name of a table whose oldest or newest sealed value does not open; None when all of them do."""
    for kind in _kinds():
        for column in sealed_columns(kind):
            if not all(_opens(row, column) for row in _ends(tx, kind, column)):
                return str(kind.__tablename__)
    return None


def _kinds() -> list[type[Any]]:
    mappers = {mapper.local_table: mapper.class_ for mapper in Row.registry.mappers}
    return [mappers[table] for table in metadata.sorted_tables if issubclass(mappers[table], Owned)]


def _ends(tx: Transaction, kind: type[Any], column: Sealed) -> Iterator[Any]:
    stored = sa.select(kind).where(kind.workspace_id == tx.workspace, column.stored_in(kind).is_not(None)).limit(1)
    for order in (kind.id.asc(), kind.id.desc()):
        yield from tx.session.scalars(stored.order_by(order))


def _opens(row: Any, column: Sealed) -> bool:
    try:
        return column.__get__(row, type(row)) is not None
    except SealBroken:
        return False
