"""See which statements are sent to a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from bot.db.session import Database


@contextmanager
def watched(database: Database) -> Iterator[list[str]]:
    """Collect the statements that are sent meanwhile."""
    said: list[str] = []

    def note(*found: Any) -> None:
        said.append(found[2])

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(database.engine, "before_cursor_execute", note)
