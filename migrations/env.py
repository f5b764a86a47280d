"""Alembic's entry: runs on the connection it is handed, never opens one of its own."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from bot.db.tables import metadata

RENDERED = {"Instant": "sa.DateTime(timezone=True)", "Word": "sa.String(40)"}


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our own column types as the plain ones they are stored as."""
    return RENDERED.get(type(item).__name__, False) if kind == "type" else False


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the tables of the queue out: they are procrastinate's own."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        include_name=ours,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
