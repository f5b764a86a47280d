"""One transaction in one workspace: the clock's reading, the queries of every noun, and nothing to commit by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.db.agreements import Agreements
from bot.db.attendance import Attendances
from bot.db.audit import Audit
from bot.db.backlog import Backlog
from bot.db.base import Owned
from bot.db.budgets import Budgets
from bot.db.catch_up import CatchUp
from bot.db.checkins import Checkins
from bot.db.claims import Claims
from bot.db.closings import Closings
from bot.db.enrolments import Enrolments
from bot.db.fits import Fits
from bot.db.follow_ups import FollowUps
from bot.db.goals import Goals
from bot.db.inbound import Inbound
from bot.db.listening import Listening
from bot.db.meetings import Meetings
from bot.db.milestones import Milestones
from bot.db.moods import Moods
from bot.db.notes import Notes
from bot.db.offers import Offers
from bot.db.outbox import Mail, Outbox
from bot.db.pairings import Pairings
from bot.db.passes import Passes
from bot.db.people import People
from bot.db.programmes import Programmes
from bot.db.promises import Promises
from bot.db.reflections import Reflections
from bot.db.replies import Replies
from bot.db.restores import Restores
from bot.db.rounds import Rounds
from bot.db.runs import Runs
from bot.db.schedules import Schedules
from bot.db.self_checks import SelfChecks
from bot.db.signs import Signs
from bot.db.silence import Silence
from bot.db.skills import Skills
from bot.db.slots import Slots
from bot.db.snapshots import Snapshots
from bot.db.thanks import Thanks
from bot.domain.ids import WorkspaceId, new_id

R = TypeVar("R", bound=Owned)
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Gone(LookupError):
    """A row that was named does not exist in this workspace."""


class Transaction:
    """What a use case works with. ``now`` is one instant for the whole transaction, aware UTC."""

    people = cached_property(People)
    passes = cached_property(Passes)
    restores = cached_property(Restores)
    programmes = cached_property(Programmes)
    enrolments = cached_property(Enrolments)
    skills = cached_property(Skills)
    rounds = cached_property(Rounds)
    agreements = cached_property(Agreements)
    offers = cached_property(Offers)
    fits = cached_property(Fits)
    meetings = cached_property(Meetings)
    follow_ups = cached_property(FollowUps)
    listening = cached_property(Listening)
    signs = cached_property(Signs)
    silence = cached_property(Silence)
    runs = cached_property(Runs)
    schedules = cached_property(Schedules)
    attendance = cached_property(Attendances)
    pairings = cached_property(Pairings)
    goals = cached_property(Goals)
    checkins = cached_property(Checkins)
    promises = cached_property(Promises)
    moods = cached_property(Moods)
    reflections = cached_property(Reflections)
    replies = cached_property(Replies)
    notes = cached_property(Notes)
    milestones = cached_property(Milestones)
    self_checks = cached_property(SelfChecks)
    closings = cached_property(Closings)
    thanks = cached_property(Thanks)
    snapshots = cached_property(Snapshots)
    slots = cached_property(Slots)
    outbox = cached_property(Outbox)
    claims = cached_property(Claims)
    backlog = cached_property(Backlog)
    catch_up = cached_property(CatchUp)
    budgets = cached_property(Budgets)
    inbound = cached_property(Inbound)
    audit = cached_property(Audit)

    def __init__(self, session: Session, workspace: WorkspaceId, now: datetime) -> None:
        self.session = session
        self.workspace = workspace
        self.now = now
        self.told: set[UUID] = set()  # people to whom something is on its way since this transaction
        self.mail: list[Mail] = []  # what waits to be sent since this transaction

    def hold(self, *what: object) -> None:
        """Wait until nobody else holds ``what``, then hold it until this transaction ends.

        Hold first, read afterwards. SQLite has one writer at a time anyway.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(sa.select(sa.func.pg_advisory_xact_lock(_number(self.workspace, *what))))

    def add(self, row: R) -> R:
        self.session.add(row)
        return row

    def remove(self, row: Owned) -> None:
        self.session.delete(row)

    def flush(self) -> None:
        self.session.flush()

    def get(self, kind: type[R], identity: UUID) -> R:
        """Return the row ``identity`` of this workspace. Raises Gone."""
        row = self.session.get(kind, identity)
        if row is None or row.workspace_id != self.workspace:
            raise Gone(kind.__tablename__)
        return row

    def one_or_none(self, query: sa.Select[R]) -> R | None:
        return self.session.scalars(query).one_or_none()

    def all(self, query: sa.Select[R]) -> list[R]:
        return list(self.session.scalars(query))

    def scalars(self, query: sa.Select[Any]) -> list[Any]:
        return list(self.session.scalars(query))

    def among(self, query: Any, kind: type[Owned]) -> list[Any]:
        """Return the rows of a select that names hundreds of ids, those of other workspaces left out.

        They are left out here: told of the workspace, SQLite would go through all of it instead of by the ids.
        """
        rows = self.session.execute(query.add_columns(kind.workspace_id.label("workspace_")))
        return [row for row in rows if row.workspace_ == self.workspace]

    def count(self, query: sa.Select[Any]) -> int:
        return self.session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0

    def change(self, statement: sa.Delete | sa.Update) -> int:
        """Run a set-based statement; return how many rows it touched."""
        result = self.session.execute(statement)
        return int(getattr(result, "rowcount", 0))

    def insert_all(self, kind: type[Owned], rows: Iterable[Mapping[str, object]]) -> list[UUID]:
        """Insert rows, but those whose unique key is taken; return the ids of the new.

        A row may bring its own id. Not for tables with sealed columns.
        """
        values = [{"id": new_id(), "workspace_id": self.workspace, **row} for row in rows]
        if not values:
            return []
        table = kind.__table__
        insert = INSERT[self.session.get_bind().dialect.name](table).on_conflict_do_nothing()
        return list(self.session.scalars(insert.returning(table.c.id), values))

    def insert_new(self, kind: type[Owned], /, **values: object) -> UUID | None:
        """Insert a row unless a unique key is taken; return its id if it is new. Not for tables with sealed columns."""
        insert = INSERT[self.session.get_bind().dialect.name]
        table = kind.__table__  # not the class: the ORM's way round costs as much again, and nothing is loaded here
        statement = insert(table).values(id=new_id(), workspace_id=self.workspace, **values).on_conflict_do_nothing()
        return self.session.scalars(statement.returning(table.c.id)).one_or_none()


def _number(*what: object) -> int:
    """Return the 64 bits by which Postgres knows ``what``."""
    digest = hashlib.blake2b("\x1f".join(map(str, what)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
