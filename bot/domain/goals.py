"""Goals: what is kept of one, how many there may be, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain import wording
from bot.domain.refusals import N_, Refused, at_field
from bot.domain.visibility import Visibility

TITLE = 150  # characters
ARCHIVE_PAGE = 10  # goals shown at once
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


class GoalClosed(Refused):
    text = N_("That goal is closed by now. You find it in your archive and can take it up again there.")


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


def check_room_for_one_more(active: int, most: int) -> None:
    """Return if another goal fits beside ``active`` ones where there may be ``most``. Raises TooManyGoals."""
    if active >= most:
        raise TooManyGoals(limit=most)


def kept_farewell(text: str) -> str | None:
    """Return the sentence a goal is let go with, on one line; None when there is nothing in it. Raises TextTooLong."""
    with at_field("farewell"):
        return wording.kept_line(text) if wording.clean(text[: 4 * wording.LINE]) else None
