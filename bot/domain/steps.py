"""Small steps of a goal: what is kept of one, its if-then plan, their order and how far they have come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.domain import wording
from bot.domain.refusals import N_, Refused, at_field

MOST_STEPS = 200  # of one goal
STEP = 200  # characters
PLAN = wording.LINE
PAGE = 20  # steps shown at once
_MOST_TYPED = 4 * wording.TEXT  # far more than a Slack input takes: only a forged form has it
T = TypeVar("T")


class TooManySteps(Refused):
    text = N_("Up to {limit} steps fit here; there are {count}. Start with the next few.")
    field = "steps"


class StepTooLong(Refused):
    text = N_("One step has more than {limit} characters. Small steps are short ones: split it.")
    field = "steps"


def read_steps(text: str | None) -> tuple[str, ...]:
    """Return one step per line, cleaned, list marks removed. Raises TooManySteps or StepTooLong."""
    if text and len(text) > _MOST_TYPED:
        raise StepTooLong(limit=STEP)
    lines = [wording.clean(line).lstrip("-*•– ").strip() for line in (text or "").splitlines()]
    steps = tuple(line for line in lines if line)
    check_room(len(steps))
    if any(len(step) > STEP for step in steps):
        raise StepTooLong(limit=STEP)
    return steps


def further_steps(text: str | None) -> tuple[str, ...]:
    """Return the steps of a form that asks for nothing else. Raises TextMissing or as ``read_steps``."""
    steps = read_steps(text)
    if not steps:
        with at_field("steps"):
            raise wording.TextMissing
    return steps


def check_room(steps: int) -> None:
    """Return if one goal can have so many steps. Raises TooManySteps."""
    if steps > MOST_STEPS:
        raise TooManySteps(limit=MOST_STEPS, count=steps)


def kept_step(text: str) -> str:
    """Return a step as it is kept, on one line. Raises TextMissing or TextTooLong."""
    with at_field("text"):
        return wording.kept_line(text, STEP)


def kept_plan(text: str) -> str | None:
    """Return an if-then plan as it is kept, on one line; None when there is nothing in it. Raises TextTooLong."""
    with at_field("plan"):
        return wording.kept_line(text, PLAN) if wording.clean(text[: 4 * PLAN]) else None


def moved(order: Sequence[T], one: T, beside: T, *, up: bool) -> list[T]:
    """Return ``order`` with ``one`` right above ``beside``, or right below it unless ``up``.

    Nothing moves when it is there already, as after a second click, or when ``beside`` is gone.
    """
    if one == beside or beside not in order or one not in order:
        return list(order)
    if (order.index(one) < order.index(beside)) is up:
        return list(order)
    rest = [other for other in order if other != one]
    place = rest.index(beside) + (0 if up else 1)
    return [*rest[:place], one, *rest[place:]]


def percent(done: int, steps: int) -> int:
    """Return how much of a goal's steps is done, 0–100; 100 only when nothing is left."""
    return 100 * done // steps if steps else 0
