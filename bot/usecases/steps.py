"""Take the steps of a goal: add them, plan them, put them in order, tick them."""

from __future__ import annotations

from uuid import UUID

from bot.db.goals import GoalRow, StepRow
from bot.db.transaction import Transaction
from bot.domain import steps
from bot.domain.people import Actor
from bot.usecases.goals import Goal, Step, goal_for_author, own_goal


def add_steps(tx: Transaction, actor: Actor, goal: UUID, texts: tuple[str, ...]) -> Goal:
    """Put steps behind those a goal of the actor's has. Raises NotYours, GoalClosed or TooManySteps."""
    row = own_goal(tx, actor, goal)
    steps.check_room(len(row.steps) + len(texts))
    tx.goals.add_steps(row, texts)
    return goal_for_author(tx, row)


def read_step(tx: Transaction, actor: Actor, step: UUID) -> Step:
    """Return one step of the actor's. Raises NotYours or GoalClosed."""
    row, _ = own_step(tx, actor, step)
    return next(one for one in goal_for_author(tx, row).steps if one.id == step)


def change_step(tx: Transaction, actor: Actor, step: UUID, text: str, plan: str) -> Goal:
    """Change a step's words and its plan; done stays done. Raises NotYours, GoalClosed, TextMissing or TextTooLong."""
    row, mine = own_step(tx, actor, step)
    mine.text, mine.plan = steps.kept_step(text), steps.kept_plan(plan)
    return goal_for_author(tx, row)


def tick_step(tx: Transaction, actor: Actor, step: UUID, *, done: bool) -> Goal:
    """Mark one step of the actor's done, or not done again. Raises NotYours or GoalClosed."""
    row, mine = own_step(tx, actor, step)
    mine.done_at = (mine.done_at or tx.now) if done else None
    return goal_for_author(tx, row)


def move_step(tx: Transaction, actor: Actor, step: UUID, beside: UUID, *, up: bool) -> Goal:
    """Put a step right above (or below) the one it stood next to; where it is there already, nothing moves.

    Raises NotYours or GoalClosed.
    """
    row, mine = own_step(tx, actor, step)
    other = next((one for one in row.steps if one.id == beside), None)
    if other:
        tx.goals.order(row, steps.moved(row.steps, mine, other, up=up))
    return goal_for_author(tx, row)


def remove_step(tx: Transaction, actor: Actor, step: UUID) -> tuple[Goal, int]:
    """Take a step out of its goal; return that and the place (0, 1, …) it had. Raises NotYours or GoalClosed."""
    row, mine = own_step(tx, actor, step)
    place = row.steps.index(mine)
    tx.goals.order(row, [one for one in row.steps if one is not mine])
    return goal_for_author(tx, row), place


def own_step(tx: Transaction, actor: Actor, step: UUID) -> tuple[GoalRow, StepRow]:
    """Return a step of a goal under way of the actor's, with that goal. Raises NotWelcome, NotYours or GoalClosed."""
    found = tx.goals.find_step(step)
    row = own_goal(tx, actor, found.goal_id if found else step)
    return row, next(one for one in row.steps if one.id == step)
