"""Goals and their steps, texts sealed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.db.base import Owned, word
from bot.db.sealing import Sealed
from bot.domain.goals import GoalDraft, GoalState
from bot.domain.ids import EnrolmentId, GoalId, PersonId
from bot.domain.visibility import Visibility

if TYPE_CHECKING:
    from bot.db.enrolments import EnrolmentRow
    from bot.db.transaction import Transaction


class StepRow(Owned):
    __tablename__ = "step"

    goal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("goal.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    position: Mapped[int]
    done_at: Mapped[datetime | None]
    text = Sealed()


class GoalRow(Owned):
    __tablename__ = "goal"

    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    pairing_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("pairing.id", ondelete="SET NULL"))
    visibility: Mapped[Visibility] = mapped_column(word(Visibility))
    state: Mapped[GoalState] = mapped_column(word(GoalState))
    due_on: Mapped[date | None]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    title = Sealed()
    why = Sealed()
    measure = Sealed()

    steps: Mapped[list[StepRow]] = relationship(
        order_by=StepRow.position, cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def goal_id(self) -> GoalId:
        return GoalId(self.id)

    @property
    def done_steps(self) -> int:
        return sum(step.done_at is not None for step in self.steps)

    @property
    def next_step(self) -> StepRow | None:
        return next((step for step in self.steps if step.done_at is None), None)


class Goals:
    """Queries on goals; every one starts from the person they belong to."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, enrolment: EnrolmentRow, draft: GoalDraft, pairing: UUID | None) -> GoalRow:
        row = self._tx.add(
            GoalRow(
                workspace_id=self._tx.workspace,
                enrolment_id=enrolment.id,
                owner_id=enrolment.owner_id,
                pairing_id=pairing,
                visibility=draft.visibility,
                state=GoalState.ACTIVE,
                due_on=draft.due_on,
                made_at=self._tx.now,
                title=draft.title,
                why=draft.why,
                measure=draft.measure,
            )
        )
        self.replace_steps(row, draft.steps)
        return row

    def _step(self, row: GoalRow, text: str) -> StepRow:
        return StepRow(workspace_id=self._tx.workspace, owner_id=row.owner_id, position=0, text=text)

    def replace_steps(self, row: GoalRow, texts: Sequence[str]) -> None:
        """Give ``row`` the steps ``texts``; one whose words stay the same stays itself, done or not."""
        known = {step.text: step for step in row.steps}
        row.steps = [known.pop(text) if text in known else self._step(row, text) for text in texts]
        for position, step in enumerate(row.steps):
            step.position = position
        self._tx.flush()

    def find(self, goal: UUID) -> GoalRow | None:
        return self._tx.one_or_none(self._all().where(GoalRow.id == goal))

    def of_all(self, goals: Collection[UUID]) -> dict[UUID, GoalRow]:
        """Return several goals by id, without their steps."""
        return {row.id: row for row in self._tx.all(self._all().where(GoalRow.id.in_(goals)))} if goals else {}

    def find_step(self, step: UUID) -> StepRow | None:
        query = sa.select(StepRow).where(StepRow.workspace_id == self._tx.workspace, StepRow.id == step)
        return self._tx.one_or_none(query)

    def active_of(self, enrolment: UUID) -> list[GoalRow]:
        """Return the goals under way of one enrolment, oldest first."""
        query = self._all().where(GoalRow.enrolment_id == enrolment, GoalRow.state == GoalState.ACTIVE)
        return self._tx.all(query.order_by(GoalRow.id))

    def current(self, enrolment: UUID) -> GoalRow | None:
        """Return the goal a note belongs to when none is named: the newest under way."""
        goals = self.active_of(enrolment)
        return goals[-1] if goals else None

    def share_waiting(self, enrolment: EnrolmentId, pairing: UUID) -> None:
        """Give goals meant to be shared, but written before there was a partner, to the new pairing."""
        for row in self.active_of(enrolment):
            if row.visibility is Visibility.SHARED and row.pairing_id is None:
                row.pairing_id = pairing

    def _all(self) -> sa.Select[GoalRow]:
        return sa.select(GoalRow).where(GoalRow.workspace_id == self._tx.workspace)
