"""What is promised, what becomes of it, and the next steps that could be promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import NamedTuple
from uuid import UUID

from bot.db.checkins import CheckinRow
from bot.db.goals import GoalRow, StepRow
from bot.db.promises import PromiseRow
from bot.db.transaction import Transaction
from bot.domain import checkins
from bot.domain.checkins import CheckinState, Outcome
from bot.domain.promises import FOLLOWED, PromiseState, Then, decided, promise_after
from bot.domain.visibility import Visibility
from bot.usecases.slots import next_checkin

OFFERED = 5  # next steps to choose from


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that could be promised next. ``shared``: its goal is one that the partners may read."""

    id: UUID
    text: str
    goal_title: str
    shared: bool


class Ahead(NamedTuple):
    """What comes after a check-in: until when its promise is for, whether one is asked for, and whether it is the last.

    In the last check-in of a time together nobody would ask about a promise any more, so none is asked for.
    """

    day: date
    asked: bool
    last: bool


def words_of(promise: PromiseRow | None) -> str | None:
    """Return what was promised, if anything was."""
    return promise.text if promise else None


def promised_until(tx: Transaction, row: CheckinRow) -> date:
    """Return until when the promise made in a check-in is for: the next check-in, or the end of the time together."""
    return ahead_of(tx, row).day


def ahead_of(tx: Transaction, row: CheckinRow) -> Ahead:
    """Return what comes after a check-in. One answered without a promise stays so, also when they go on together."""
    made = tx.promises.find(row.next_promise_id)
    if made:
        return Ahead(made.due_on, asked=True, last=False)
    following = next_checkin(tx, tx.enrolments.get(row.enrolment_id))
    if following is None:
        until = checkins.week_ends(row.day, tx.pairings.get(row.pairing_id).ends_on)
        return Ahead(until, asked=False, last=True)
    return Ahead(following, asked=row.state is not CheckinState.ANSWERED, last=False)


def next_steps(goals: Sequence[GoalRow], pairing: UUID) -> tuple[NextStep, ...]:
    """Return the first open steps of goals under way: one of each goal, then the second of each, and so on."""
    rows = [[_next_step(goal, step, pairing) for step in goal.steps if step.done_at is None] for goal in goals]
    in_turn = [step for turn in zip_longest(*rows) for step in turn if step]
    return tuple(in_turn[:OFFERED])


def _next_step(goal: GoalRow, step: StepRow, pairing: UUID) -> NextStep:
    shared = goal.visibility is Visibility.SHARED and goal.pairing_id == pairing
    return NextStep(step.id, step.text or "", goal.title or "", shared)


def open_steps(goals: Sequence[GoalRow]) -> Iterator[StepRow]:
    """Yield every step of ``goals`` that is not done."""
    return (step for goal in goals for step in goal.steps if step.done_at is None)


def settle(tx: Transaction, promise: PromiseRow, outcome: Outcome, then: Then | None) -> None:
    """Close a promise as ``outcome`` and ``then`` say; what was decided before stays. A kept one's step is done."""
    before = None if outcome is Outcome.KEPT else decided(promise.state)
    _untick(tx, promise)
    promise.state, promise.closed_at = promise_after(outcome, then or before), tx.now
    step = tx.goals.find_step(promise.step_id) if promise.step_id else None
    if step and promise.state is PromiseState.KEPT and step.done_at is None:
        step.done_at = tx.now


def reopen(tx: Transaction, promise: PromiseRow) -> None:
    """Open a promise again as if nothing had been said about it."""
    _untick(tx, promise)
    promise.state, promise.closed_at = PromiseState.OPEN, None


def _untick(tx: Transaction, promise: PromiseRow) -> None:
    """Take back that a step is done, if it was the promise that did it and not its owner's own hand."""
    step = tx.goals.find_step(promise.step_id) if promise.step_id and promise.closed_at else None
    if step and step.done_at == promise.closed_at:
        step.done_at = None


def make(tx: Transaction, row: CheckinRow, text: str, step: UUID | None, until: date) -> None:
    """Make the promise of a check-in, or change the one made in it; it follows one that is carried on or smaller."""
    asked = tx.promises.find(row.promise_id)
    follows = asked if asked and decided(asked.state) in FOLLOWED else None
    made = tx.promises.find(row.next_promise_id)
    if made is None:
        row.next_promise_id = tx.promises.make(row, text, until, step=step, follows=follows).id
        return
    made.text, made.step_id = text, step
    made.follows_id, made.since = (follows.id, follows.since) if follows else (None, made.made_at)
