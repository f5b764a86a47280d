"""Programmes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.domain.access import NotAnOwner
from bot.domain.cadence import Weekday
from bot.domain.holidays import LONGEST
from bot.domain.ids import ProgrammeId
from bot.domain.people import Language
from bot.domain.programmes import ProgrammePlan, ProgrammeState
from bot.domain.rules import Rules, read_rules

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class ProgrammeRow(Owned):
    __tablename__ = "programme"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "room"),)

    name: Mapped[str] = mapped_column(sa.String(200))
    purpose: Mapped[str] = mapped_column(sa.Text)
    room: Mapped[str] = mapped_column(sa.String(40))  # channel id of the owners' room
    weekday: Mapped[int]
    hour: Mapped[int]
    weeks: Mapped[int]
    guidelines: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[Language] = mapped_column(word(Language))
    min_gap_weeks: Mapped[int]
    holidays: Mapped[str] = mapped_column(sa.String(LONGEST), default="", server_default="")
    ask_first: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    own_rules: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")  # what is not the default
    state: Mapped[ProgrammeState] = mapped_column(word(ProgrammeState))
    created_at: Mapped[datetime]

    @property
    def programme_id(self) -> ProgrammeId:
        return ProgrammeId(self.id)

    @property
    def rules(self) -> Rules:
        return read_rules(self.own_rules)

    @property
    def plan(self) -> ProgrammePlan:
        rhythm = Weekday(self.weekday), self.hour, self.weeks
        return ProgrammePlan(self.name, self.purpose, *rhythm, self.guidelines, self.language, self.ask_first)

    def follow(self, plan: ProgrammePlan) -> None:
        """Take over what an owner filled in."""
        self.name, self.purpose, self.guidelines = plan.name, plan.purpose, plan.guidelines
        self.weekday, self.hour, self.weeks, self.language = int(plan.weekday), plan.hour, plan.weeks, plan.language
        self.ask_first = plan.ask_first


class Programmes:
    """Queries on programmes of one workspace."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, plan: ProgrammePlan, *, room: str, min_gap_weeks: int) -> ProgrammeRow:
        row = ProgrammeRow(
            workspace_id=self._tx.workspace,
            room=room,
            min_gap_weeks=min_gap_weeks,
            state=ProgrammeState.ACTIVE,
            created_at=self._tx.now,
        )
        row.follow(plan)
        return self._tx.add(row)

    def get(self, programme: UUID) -> ProgrammeRow:
        return self._tx.get(ProgrammeRow, programme)

    def run_from(self, room: str) -> ProgrammeRow | None:
        """Return the programme whose owners' room is the channel ``room``."""
        return self._tx.one_or_none(
            sa.select(ProgrammeRow).where(ProgrammeRow.workspace_id == self._tx.workspace, ProgrammeRow.room == room)
        )

    def owned_by_room(self, room: str) -> ProgrammeRow:
        """Return the programme run from ``room``. Raises NotAnOwner."""
        row = self.run_from(room)
        if row is None:
            raise NotAnOwner
        return row

    def active(self) -> list[ProgrammeRow]:
        """Return the programmes under way, oldest first."""
        return self._tx.all(
            sa.select(ProgrammeRow)
            .where(ProgrammeRow.workspace_id == self._tx.workspace, ProgrammeRow.state == ProgrammeState.ACTIVE)
            .order_by(ProgrammeRow.id)
        )

    def rhythms(self) -> list[tuple[UUID, int, int, str]]:
        """Return of every programme its id, weekday and hour of the check-in, and holiday region."""
        query = sa.select(ProgrammeRow.id, ProgrammeRow.weekday, ProgrammeRow.hour, ProgrammeRow.holidays)
        rows = self._tx.session.execute(query.where(ProgrammeRow.workspace_id == self._tx.workspace))
        return [(programme, weekday, hour, holidays) for programme, weekday, hour, holidays in rows]

    def rooms(self) -> frozenset[str]:
        """Return the channel ids of all owners' rooms of the workspace."""
        return frozenset(row.room for row in self.active())
