"""Set goals, change them, and say how they go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.goals import GoalRow
from bot.db.transaction import Transaction
from bot.domain import goals, steps
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.goals import Aim, Confidence, GoalClosed, GoalDraft, GoalKind, GoalState
from bot.domain.ids import GoalId, PersonId, StepId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.visibility import Visibility
from bot.usecases.participants import local_today, own_enrolment, partner_names

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """A step as its author sees it; ``plan`` says when and how they will take it."""

    id: StepId
    text: str
    done: bool
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as its author sees it.

    ``readers`` are the names of those it is shared with today, ``farewell`` is the sentence it was last let go with.
    """

    id: GoalId
    title: str
    why: str | None
    measure: str | None
    due_on: date | None
    visibility: Visibility
    state: GoalState
    steps: tuple[Step, ...]
    readers: tuple[str, ...]
    kind: GoalKind | None = None
    aim: Aim | None = None
    confidence: Confidence | None = None
    farewell: str | None = None

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def percent(self) -> int:
        return steps.percent(self.done, len(self.steps))

    @property
    def next_step(self) -> Step | None:
        return next((step for step in self.steps if not step.done), None)


@dataclass(frozen=True, slots=True)
class MyGoals:
    """The goals under way, oldest first; how many are closed, and whether one more fits beside them."""

    active: tuple[Goal, ...]
    closed: int
    room: bool


def read_goals(tx: Transaction, actor: Actor) -> MyGoals:
    """Return the actor's goals. Raises NotEnrolled."""
    return goals_of(tx, own_enrolment(tx, actor))


def goals_of(tx: Transaction, enrolment: EnrolmentRow) -> MyGoals:
    """Return the goals of one enrolment, for its owner's eyes."""
    active = for_author(tx, tx.goals.active_of(enrolment.id))
    closed = tx.goals.closed_count(enrolment.id)
    return MyGoals(active, closed, room=len(active) < enrolment.programme.rules.most_goals)


def read_goal(tx: Transaction, actor: Actor, goal: UUID) -> Goal:
    """Return one goal under way of the actor's. Raises NotYours or GoalClosed."""
    return goal_for_author(tx, own_goal(tx, actor, goal))


def check_new_goal(tx: Transaction, actor: Actor) -> tuple[str, ...]:
    """Return the names of those a new goal could be shared with. Raises NotEnrolled or TooManyGoals."""
    enrolment = own_enrolment(tx, actor)
    check_room(tx, enrolment)
    return partner_names(tx, enrolment)


def check_room(tx: Transaction, enrolment: EnrolmentRow) -> None:
    """Return if one more goal fits beside those under way. Raises TooManyGoals."""
    goals.check_room_for_one_more(len(tx.goals.active_of(enrolment.id)), enrolment.programme.rules.most_goals)


def write_goal(tx: Transaction, actor: Actor, draft: GoalDraft) -> Goal:
    """Keep a new goal with its steps; a shared one belongs to the actor's current pairing and to no other.

    Raises NotEnrolled, TooManyGoals, or the refusals of ``kept_goal``.
    """
    enrolment = own_enrolment(tx, actor)
    kept = goals.kept_goal(draft, local_today(tx, enrolment))
    check_room(tx, enrolment)
    return goal_for_author(tx, tx.goals.add(enrolment, kept, _shared_with(tx, enrolment, kept.visibility)))


def change_goal(tx: Transaction, actor: Actor, goal: UUID, draft: GoalDraft) -> Goal:
    """Change a goal of the actor's; its steps stay. What partners have read of it follows.

    Raises NotYours, GoalClosed or as ``kept_goal``.
    """
    row = own_goal(tx, actor, goal)
    enrolment = tx.enrolments.get(row.enrolment_id)
    kept = goals.kept_goal(draft, _earliest(draft, row, local_today(tx, enrolment)))
    before = row.title, row.visibility, row.pairing_id
    row.title, row.why, row.measure, row.due_on = kept.title, kept.why, kept.measure, kept.due_on
    row.kind, row.aim = kept.kind, kept.aim
    row.visibility, row.pairing_id = kept.visibility, _shared_with(tx, enrolment, kept.visibility)
    tx.flush()
    if before != (row.title, row.visibility, row.pairing_id):
        _have_readers_follow(tx, row, {before[2], row.pairing_id})
    return goal_for_author(tx, row)


def _have_readers_follow(tx: Transaction, row: GoalRow, pairings: set[UUID | None]) -> None:
    """Have what partners were sent with this goal's title made anew, from what they may know of it now."""
    revision = tx.now.isoformat()
    for note in tx.notes.shared_about(row.id):
        tx.outbox.revise(MessageKind.NOTE_SHARED, note, revision)
    for pairing in pairings - {None}:
        for checkin in tx.checkins.answered_in(row.enrolment_id, pairing, row.made_at) if pairing else ():
            tx.outbox.revise(MessageKind.CHECKIN_SUMMARY, checkin, revision)


def _earliest(draft: GoalDraft, row: GoalRow, today: date) -> date:
    """Return the day a due date must lie after: a goal that is overdue may keep the day it has."""
    return min(today, row.due_on - A_DAY) if row.due_on and row.due_on == draft.due_on else today


def say_confidence(tx: Transaction, actor: Actor, goal: UUID, confidence: Confidence) -> Goal:
    """Keep how the actor sees a goal of theirs going. Raises NotYours or GoalClosed."""
    row = own_goal(tx, actor, goal)
    row.confidence = confidence
    return goal_for_author(tx, row)


def own_goal(tx: Transaction, actor: Actor, goal: UUID) -> GoalRow:
    """Return a goal under way that is the actor's. Raises NotWelcome, NotYours or GoalClosed."""
    row = own_goal_at_all(tx, actor, goal)
    if row.state is not GoalState.ACTIVE:
        raise GoalClosed
    return row


def own_goal_at_all(tx: Transaction, actor: Actor, goal: UUID) -> GoalRow:
    """Return a goal of the actor's, under way or closed. Raises NotWelcome or NotYours."""
    row = tx.goals.find(goal)
    decide(actor, Action.CHANGE, Thing(author=row.owner_id if row else None))
    if row is None or not _takes_part(tx, row):
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


def goal_for_author(tx: Transaction, row: GoalRow) -> Goal:
    """Return one goal as its author sees it."""
    [goal] = for_author(tx, [row])
    return goal


def for_author(tx: Transaction, rows: Sequence[GoalRow]) -> tuple[Goal, ...]:
    """Return goals as their author sees them."""
    shared = {row.pairing_id for row in rows if row.pairing_id and row.visibility is Visibility.SHARED}
    people = tx.pairings.names_in(shared)
    return tuple(_goal(row, people.get(row.pairing_id, {}) if row.pairing_id else {}) for row in rows)


def _goal(row: GoalRow, people: dict[PersonId, str]) -> Goal:
    readers = tuple(name for person, name in people.items() if person != row.owner_id)
    return Goal(
        row.goal_id,
        row.title or "",
        row.why,
        row.measure,
        row.due_on,
        row.visibility if readers or row.pairing_id is None else Visibility.PRIVATE,
        row.state,
        tuple(Step(StepId(step.id), step.text or "", step.done_at is not None, step.plan) for step in row.steps),
        readers,
        row.kind,
        row.aim,
        row.confidence,
        row.farewell,
    )
