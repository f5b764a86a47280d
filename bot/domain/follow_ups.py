"""Follow-ups: what one of a pairing takes on, mostly in a meeting, beside the weekly promise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.domain import wording
from bot.domain.refusals import N_, Refused, at_field

MOST_OPEN = 10  # of one person in one pairing: more is a list nobody reads
SHOWN = 5  # in a weekly message
FURTHEST = timedelta(days=366)


class FollowUpState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class FollowUpPast(Refused):
    text = N_("That day has passed. Pick today or a later one, or leave it open.")
    field = "by"


class FollowUpTooFar(Refused):
    text = N_("That is more than a year away. Pick a nearer day, or leave it open.")
    field = "by"


class TooManyFollowUps(Refused):
    text = N_("That would be more than {limit} open follow-ups for one person. Tick one off first.")
    field = "follow_up"


class FollowUpOver(Refused):
    text = N_("This follow-up is closed, or it is not yours any more.")


@dataclass(frozen=True, slots=True)
class FollowUpDraft:
    """``doer`` is the Slack id of who takes it on; empty: whoever writes it down."""

    text: str
    doer: str
    due_on: date | None


def kept_follow_up(draft: FollowUpDraft, today: date) -> FollowUpDraft:
    """Return ``draft`` as kept. Raises TextMissing, TextTooLong, FollowUpPast or FollowUpTooFar."""
    with at_field("follow_up"):
        text = wording.kept_line(draft.text)
    if draft.due_on and draft.due_on < today:
        raise FollowUpPast
    if draft.due_on and draft.due_on - today > FURTHEST:
        raise FollowUpTooFar
    return replace(draft, text=text)
