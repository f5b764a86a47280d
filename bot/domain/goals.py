"""Goals in small steps: limits, progress and what is said when one is too many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain import wording
from bot.domain.refusals import N_, Refused, at_field
from bot.domain.visibility import Visibility

MOST_ACTIVE = 3  # so that one minute stays one minute
MOST_STEPS = 20
STEP = 200  # characters
TITLE = 150  # characters
_MOST_TYPED = 4 * MOST_STEPS * STEP  # far more than a Slack input takes: only a forged form has it
FURTHEST = timedelta(days=2 * 366)


class GoalState(StrEnum):
    ACTIVE = "active"
    DONE = "done"
    DROPPED = "dropped"


class GoalKind(StrEnum):
    """What somebody wants to grow in."""

    SKILL = "skill"
    LEADERSHIP = "leadership"
    CAREER = "career"
    WELLBEING = "wellbeing"
    OTHER = "other"


class Aim(StrEnum):
    """Whether a goal is about being able to do something, or about something being done."""

    LEARNING = "learning"
    RESULT = "result"


class Confidence(StrEnum):
    """How its author sees a goal going."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    STUCK = "stuck"


class TooManyGoals(Refused):
    text = N_(
        "You have {limit} goals under way. Finish one or let one go first, so that a minute a week stays a minute."
    )


class GoalMissing(Refused):
    text = N_("A goal needs a title: what would you like to be able to do?")
    field = "title"


class DuePast(Refused):
    text = N_("That day is not in the future. Pick one from tomorrow on, or leave it open.")
    field = "due_on"


class DueTooFar(Refused):
    text = N_("That is more than two years away. A nearer day helps you start; pick one within two years.")
    field = "due_on"


class TooManySteps(Refused):
    text = N_("Up to {limit} steps fit here; there are {count}. Start with the next few.")
    field = "steps"


class StepTooLong(Refused):
    text = N_("One step has more than {limit} characters. Small steps are short ones: split it.")
    field = "steps"


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """What a person fills in for a goal; ``steps`` in order."""

    title: str
    why: str | None
    measure: str | None
    due_on: date | None
    visibility: Visibility
    steps: tuple[str, ...]
    kind: GoalKind | None = None
    aim: Aim | None = None


def read_steps(text: str | None) -> tuple[str, ...]:
    """Return one step per line, cleaned, list marks removed. Raises TooManySteps or StepTooLong."""
    if text and len(text) > _MOST_TYPED:
        raise StepTooLong(limit=STEP)
    lines = [wording.clean(line).lstrip("-*•– ").strip() for line in (text or "").splitlines()]
    steps = tuple(line for line in lines if line)
    if len(steps) > MOST_STEPS:
        raise TooManySteps(limit=MOST_STEPS, count=len(steps))
    if any(len(step) > STEP for step in steps):
        raise StepTooLong(limit=STEP)
    return steps


def kept_goal(draft: GoalDraft, today: date) -> GoalDraft:
    """Return ``draft`` as kept. Raises GoalMissing, DuePast, DueTooFar or TextTooLong."""
    if not wording.clean(draft.title[: 4 * TITLE]):
        raise GoalMissing
    if draft.due_on and draft.due_on <= today:
        raise DuePast
    if draft.due_on and draft.due_on - today > FURTHEST:
        raise DueTooFar
    with at_field("title"):
        title = wording.kept_line(draft.title, TITLE)
    with at_field("why"):
        why = wording.optional(draft.why)
    with at_field("measure"):
        measure = wording.optional(draft.measure)
    return GoalDraft(title, why, measure, draft.due_on, draft.visibility, draft.steps, draft.kind, draft.aim)


def check_room_for_one_more(active: int) -> None:
    """Return if another goal fits beside ``active`` ones. Raises TooManyGoals."""
    if active >= MOST_ACTIVE:
        raise TooManyGoals(limit=MOST_ACTIVE)
