"""A database that fails at one chosen statement: locked, out of space, or its connection cut."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import event

FAULTS = ("locked", "full", "cut")
# What each database says; the cut connection says it itself.
_SAYS: dict[tuple[str, str], Exception] = {
    ("sqlite", "locked"): sqlite3.OperationalError("database is locked"),
    ("sqlite", "full"): sqlite3.OperationalError("database or disk is full"),
    ("sqlite", "cut"): sqlite3.OperationalError("disk I/O error"),
    ("postgresql", "locked"): psycopg.errors.LockNotAvailable("canceling statement due to lock timeout"),
    ("postgresql", "full"): psycopg.errors.DiskFull("could not extend file: No space left on device"),
}


@dataclass(slots=True)
class Saboteur:
    """Counts the statements of writing transactions, their commits included, and fails one of them."""

    engine: sa.Engine
    kind: str
    at: int
    seen: int = 0

    @property
    def struck(self) -> bool:
        return self.seen > self.at

    def before_statement(self, connection: sa.Connection, *_: Any) -> None:
        if connection.get_execution_options().get("tandem_readonly"):
            return
        self._pass(connection)

    def before_commit(self, connection: sa.Connection) -> None:
        if not connection.get_execution_options().get("tandem_readonly"):
            self._pass(connection)

    def _pass(self, connection: sa.Connection) -> None:
        self.seen += 1
        if self.seen != self.at + 1:
            return
        dialect = self.engine.dialect.name
        if (dialect, self.kind) not in _SAYS:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.close()  # whatever comes next finds it closed
            return
        raise sa.exc.OperationalError("a statement", None, _SAYS[dialect, self.kind])


@contextmanager
def failing(engine: sa.Engine, kind: str, at: int) -> Iterator[Saboteur]:
    """Let statement number ``at`` (from 0) of all writing transactions in the block fail, once."""
    saboteur = Saboteur(engine, kind, at)
    event.listen(engine, "before_cursor_execute", saboteur.before_statement)
    event.listen(engine, "commit", saboteur.before_commit)
    try:
        yield saboteur
    finally:
        event.remove(engine, "before_cursor_execute", saboteur.before_statement)
        event.remove(engine, "commit", saboteur.before_commit)
