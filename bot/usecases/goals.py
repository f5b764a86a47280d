"""Set goals, take their steps, finish them or let them go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.goals import GoalRow
from bot.db.transaction import Transaction
from bot.domain import goals
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.goals import GoalDraft, GoalState
from bot.domain.ids import GoalId, PersonId, StepId
from bot.domain.people import Actor
from bot.domain.visibility import Visibility
from bot.usecases.participants import local_today, own_enrolment, partner_names

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    id: StepId
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as its author sees it. ``readers`` are the names of those it is shared with today."""

    id: GoalId
    title: str
    why: str | None
    measure: str | None
    due_on: date | None
    visibility: Visibility
    state: GoalState
    steps: tuple[Step, ...]
    readers: tuple[str, ...]

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        return next((step for step in self.steps if not step.done), None)


def read_goals(tx: Transaction, actor: Actor) -> tuple[Goal, ...]:
    """Return the actor's goals under way, oldest first. Raises NotEnrolled."""
    return goals_of(tx, own_enrolment(tx, actor))


def goals_of(tx: Transaction, enrolment: EnrolmentRow) -> tuple[Goal, ...]:
    """Return the goals under way of one enrolment, for its owner's eyes."""
    return tuple(_goal(tx, row) for row in tx.goals.active_of(enrolment.id))


def read_goal(tx: Transaction, actor: Actor, goal: UUID) -> Goal:
    """Return one goal of the actor's. Raises NotYours."""
    return _goal(tx, own_goal(tx, actor, goal))


def check_new_goal(tx: Transaction, actor: Actor) -> tuple[str, ...]:
    """Return the names of those a new goal could be shared with. Raises NotEnrolled or TooManyGoals."""
    enrolment = own_enrolment(tx, actor)
    goals.check_room_for_one_more(len(tx.goals.active_of(enrolment.id)))
    return partner_names(tx, enrolment)


def write_goal(tx: Transaction, actor: Actor, draft: GoalDraft) -> Goal:
    """Keep a new goal with its steps; a shared one belongs to the actor's current pairing and to no other.

    Raises NotEnrolled, TooManyGoals, or the refusals of ``kept_goal``.
    """
    enrolment = own_enrolment(tx, actor)
    kept = goals.kept_goal(draft, local_today(tx, enrolment))
    goals.check_room_for_one_more(len(tx.goals.active_of(enrolment.id)))
    return _goal(tx, tx.goals.add(enrolment, kept, _shared_with(tx, enrolment, kept.visibility)))


def change_goal(tx: Transaction, actor: Actor, goal: UUID, draft: GoalDraft) -> Goal:
    """Change a goal of the actor's; steps whose words stay keep being done. Raises NotYours or as ``kept_goal``."""
    row = own_goal(tx, actor, goal)
    enrolment = tx.enrolments.get(row.enrolment_id)
    kept = goals.kept_goal(draft, _earliest(draft, row, local_today(tx, enrolment)))
    row.title, row.why, row.measure, row.due_on = kept.title, kept.why, kept.measure, kept.due_on
    row.visibility, row.pairing_id = kept.visibility, _shared_with(tx, enrolment, kept.visibility)
    tx.goals.replace_steps(row, kept.steps)
    return _goal(tx, row)


def _earliest(draft: GoalDraft, row: GoalRow, today: date) -> date:
    """Return the day a due date must lie after: a goal that is overdue may keep the day it has."""
    return min(today, row.due_on - A_DAY) if row.due_on and row.due_on == draft.due_on else today


def tick_step(tx: Transaction, actor: Actor, step: UUID, *, done: bool) -> Goal:
    """Mark one step of the actor's done, or not done again. Raises NotYours."""
    row = tx.goals.find_step(step)
    goal = own_goal(tx, actor, row.goal_id if row else step)
    for one in goal.steps:
        if one.id == step:
            one.done_at = tx.now if done else None
    return _goal(tx, goal)


def end_goal(tx: Transaction, actor: Actor, goal: UUID, state: GoalState) -> Goal:
    """Finish a goal of the actor's (DONE) or let it go (DROPPED). Raises NotYours."""
    row = own_goal(tx, actor, goal)
    row.state, row.ended_at = state, tx.now
    return _goal(tx, row)


def own_goal(tx: Transaction, actor: Actor, goal: UUID) -> GoalRow:
    """Return a goal under way that is the actor's. Raises NotWelcome or NotYours."""
    row = tx.goals.find(goal)
    decide(actor, Action.CHANGE, Thing(author=row.owner_id if row else None))
    if row is None or row.state is not GoalState.ACTIVE or not _takes_part(tx, row):
        raise NotYours
    return row


def _takes_part(tx: Transaction, row: GoalRow) -> bool:
    enrolment = tx.enrolments.active_or_none(row.owner_id)
    return enrolment is not None and enrolment.id == row.enrolment_id


def _shared_with(tx: Transaction, enrolment: EnrolmentRow, visibility: Visibility) -> UUID | None:
    pairing = tx.pairings.current(enrolment.id) if visibility is Visibility.SHARED else None
    return pairing.id if pairing else None


def audience(tx: Transaction, row: GoalRow | None) -> frozenset[PersonId]:
    """Return who besides the author may read a goal today: the pairing it is shared with, if that still lives."""
    if row is None or row.visibility is not Visibility.SHARED or row.pairing_id is None:
        return frozenset()
    return tx.pairings.get(row.pairing_id).people - {row.owner_id}


def _goal(tx: Transaction, row: GoalRow) -> Goal:
    readers = tx.people.all_of(list(audience(tx, row)))
    return Goal(
        row.goal_id,
        row.title or "",
        row.why,
        row.measure,
        row.due_on,
        row.visibility if readers or row.pairing_id is None else Visibility.PRIVATE,
        row.state,
        tuple(Step(StepId(step.id), step.text or "", step.done_at is not None) for step in row.steps),
        tuple(reader.name for reader in readers),
    )
