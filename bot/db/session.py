"""The database: engine, pragmas, the one place that begins and commits.

SQLite: WAL, full sync, ``BEGIN IMMEDIATE`` for writers behind one process-wide lock, plain ``BEGIN`` for readers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from bot.db.base import WorkspaceRow
from bot.db.dumps import APPLICATION
from bot.db.outbox import Mail
from bot.db.sealing import KEYRING, Keyring, seal_before_flush
from bot.db.transaction import INSERT, Transaction
from bot.domain.ids import WorkspaceId, new_id

BUSY_MILLISECONDS = 2_000  # how long a lock is waited for: Slack gives three seconds to answer
# A process that was stopped in the middle of a transaction must not keep its locks from all others for ever.
_WAITS = (("lock_timeout", BUSY_MILLISECONDS), ("idle_in_transaction_session_timeout", 10_000))
_READONLY = "tandem_readonly"
# Gives what waits to be sent to whoever sends it, on the connection and in the commit of its cause.
HandOver = Callable[[sa.Connection, WorkspaceId, list[Mail]], None]
# Hears after a commit for whom something is on its way since.
After = Callable[[frozenset[UUID]], None]
_ONLY_READS = {_READONLY: True, "postgresql_readonly": True}
_LIMIT = f"SET LOCAL statement_timeout = {BUSY_MILLISECONDS}"


class Database:
    """Opens transactions. One per process.

    ``hand_over`` is told of new mail before each commit, ``after`` of those it is for after it.
    """

    def __init__(self, engine: sa.Engine, keyring: Keyring, now: Callable[[], datetime]) -> None:
        self.engine = engine
        self._now = now
        self._write_lock: AbstractContextManager[Any] = (
            threading.RLock() if engine.dialect.name == "sqlite" else nullcontext()
        )
        self._sessions = sessionmaker(engine, expire_on_commit=False, info={KEYRING: keyring})
        event.listen(self._sessions, "before_flush", seal_before_flush)
        self._workspaces: dict[str, WorkspaceId] = {}
        self.hand_over: HandOver | None = None
        self.after: After | None = None
        self._closed = False
        event.listen(engine, "checkin", self._close_late)

    @contextmanager
    def transaction(self, workspace: WorkspaceId, *, hurry: bool = False) -> Iterator[Transaction]:
        """Yield a writing transaction; leaving the block commits it, an exception rolls it back.

        With ``hurry`` Slack waits for an answer: a statement that hangs is ended after BUSY_MILLISECONDS.
        """
        with self._write_lock, self._sessions.begin() as session:
            self._limit(session, hurry=hurry)
            tx = Transaction(session, workspace, self._now())
            yield tx
            if tx.mail and self.hand_over:
                session.flush()
                self.hand_over(session.connection(), workspace, tx.mail)
        if tx.told and self.after:
            self.after(frozenset(tx.told))

    @contextmanager
    def reading(self, workspace: WorkspaceId, *, hurry: bool = False) -> Iterator[Transaction]:
        """Yield a transaction that only reads and holds no lock; nothing in it is kept. ``hurry`` as above."""
        with self._sessions() as session:
            session.connection(execution_options=_ONLY_READS)
            self._limit(session, hurry=hurry)
            yield Transaction(session, workspace, self._now())

    def _limit(self, session: Session, *, hurry: bool) -> None:
        """Let Postgres end what takes too long for an answer; ticks may take their time. SQLite waits but for locks."""
        if hurry and self.engine.dialect.name == "postgresql":
            session.execute(sa.text(_LIMIT))

    def workspace(self, team_id: str, name: str = "") -> WorkspaceId:
        """Return the id of a Slack team, remembering the team when it is new."""
        known = self._workspaces.get(team_id)
        if known is None:
            known = self._workspaces[team_id] = self._find_or_add(team_id, name)
        return known

    def _find_or_add(self, team_id: str, name: str) -> WorkspaceId:
        query = sa.select(WorkspaceRow.id).where(WorkspaceRow.team_id == team_id)
        with self._write_lock, self._sessions.begin() as session:
            found = session.scalar(query)
            if found is None:
                insert = INSERT[self.engine.dialect.name](WorkspaceRow)
                new = insert.values(id=new_id(), team_id=team_id, name=name, first_seen=self._now())
                session.execute(new.on_conflict_do_nothing())  # two processes may meet a new team at once
                found = session.scalars(query).one()
            return WorkspaceId(found)

    def workspaces(self) -> list[tuple[WorkspaceId, str]]:
        """Return (id, Slack team id) of every workspace known."""
        with self._sessions() as session:
            session.connection(execution_options=_ONLY_READS)
            rows = session.scalars(sa.select(WorkspaceRow).order_by(WorkspaceRow.id))
            return [(WorkspaceId(row.id), row.team_id) for row in rows]

    def answers(self) -> bool:
        """Say whether the database can be reached and read right now."""
        try:
            with self.engine.connect() as connection:
                connection.execution_options(**{_READONLY: True}).execute(sa.text("SELECT 1"))
        except sa.exc.SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        self._closed = True
        self.engine.dispose()

    def _close_late(self, _connection: object, record: sa.pool.ConnectionPoolEntry) -> None:
        """Close what comes back after everything was closed: a thread that was still at work had it."""
        if self._closed:
            record.invalidate()


def open_engine(url: str, *, pool_size: int = 10) -> sa.Engine:
    """Return an engine for a ``sqlite:///`` or ``postgresql+psycopg://`` URL, set up as this house needs it.

    Its errors and logs name statements, never the values in them.
    """
    target = make_url(url)
    if target.get_backend_name() != "sqlite":
        return sa.create_engine(
            target,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=BUSY_MILLISECONDS / 1000,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": 2,
                "options": " ".join(f"-c {name}={value}" for name, value in _WAITS),
                "application_name": APPLICATION,
            },
            hide_parameters=True,
        )
    if target.database and target.database != ":memory:":
        Path(target.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        target,
        pool_size=pool_size,
        max_overflow=pool_size * 4,
        pool_timeout=BUSY_MILLISECONDS / 1000,
        connect_args={"timeout": BUSY_MILLISECONDS / 1000},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    # The driver must not begin by itself: `_begin` decides between a reader and a writer.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    readonly = connection.get_execution_options().get(_READONLY)
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")
