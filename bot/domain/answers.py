"""What a person says in a check-in, and until when it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.domain import wording
from bot.domain.checkins import Outcome
from bot.domain.goals import Confidence
from bot.domain.moods import Mood
from bot.domain.promises import Then
from bot.domain.refusals import N_, Refused, at_field
from bot.domain.undo import can_undo


class PromiseMissing(Refused):
    text = N_("Name one thing for the coming week, however small.")
    field = "promise"


class OutcomeMissing(Refused):
    text = N_("Choose what became of it: done, partly, or not yet.")
    field = "outcome"


class StepGone(Refused):
    text = N_("That step is done or gone by now. Choose another one, or write your own.")


class AnswerStands(Refused):
    text = N_("It can be taken back for {minutes} minutes, and they are over. You can still change your answer.")


@dataclass(frozen=True, slots=True)
class CheckinAnswer:
    """What a person fills in. ``outcome`` is None only when there was no promise before.

    ``promise`` may be empty where ``step`` names what is promised, or where the old promise is carried over.
    ``confidence`` holds a goal's id with how it goes.
    """

    outcome: Outcome | None
    progress: str | None
    promise: str
    reflection: str | None
    then: Then | None = None
    step: UUID | None = None
    confidence: tuple[tuple[UUID, Confidence], ...] = ()
    hand_up: bool = False
    mood: Mood | None = None


def kept_answer(answer: CheckinAnswer, *, promised_before: bool, asks_promise: bool = True) -> CheckinAnswer:
    """Return ``answer`` as kept. Raises OutcomeMissing, PromiseMissing or TextTooLong, each at its field.

    Without ``asks_promise`` nothing goes on after it: none needs to be named, and none is carried over.
    """
    if promised_before and answer.outcome is None:
        raise OutcomeMissing
    outcome = answer.outcome if promised_before else None
    then = answer.then if asks_promise and outcome not in {None, Outcome.KEPT} else None
    stands_in = answer.step is not None or then is Then.CARRY
    promise = kept_promise(answer.promise, may_be_empty=stands_in or not asks_promise)
    with at_field("progress"):
        progress = wording.optional(answer.progress)
    with at_field("reflection"):
        reflection = wording.optional(answer.reflection)
    return replace(answer, outcome=outcome, then=then, promise=promise, progress=progress, reflection=reflection)


def kept_promise(text: str, *, may_be_empty: bool = False) -> str:
    """Return a promise as kept: one line. Raises PromiseMissing or TextTooLong."""
    if wording.clean(text[: wording.TEXT]):
        with at_field("promise"):
            return wording.kept_line(text)
    if may_be_empty:
        return ""
    raise PromiseMissing


def check_undo(answered_at: datetime, now: datetime, minutes: int) -> None:
    """Return if an answer may still be taken back as if it had never been. Raises AnswerStands."""
    if not can_undo(answered_at, now, minutes):
        raise AnswerStands(minutes=minutes)
