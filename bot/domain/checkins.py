"""The weekly check-in: what became of the promise, one line, the next promise, one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain import wording
from bot.domain.access import NotYours
from bot.domain.refusals import N_, Refused, at_field


class CheckinState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    MISSED = "missed"  # the next one opened first; said to nobody


class Outcome(StrEnum):
    KEPT = "kept"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class PromiseMissing(Refused):
    text = N_("Name one thing for the coming week, however small.")
    field = "promise"


class OutcomeMissing(Refused):
    text = N_("Choose what became of it: done, partly, or not yet.")
    field = "outcome"


class CheckinOver(Refused):
    text = N_("A newer check-in has taken this one's place. Answer that one instead: `/tandem checkin`.")


class CheckinTooLate(NotYours):
    text = N_(
        "Your time together has ended, so nobody would read this any more. Copy what you wrote; `/tandem note` keeps "
        "it for you."
    )


class NoCheckin(Refused):
    text = N_("No check-in is open. The next one comes on {day}.")


class NoMoreCheckins(Refused):
    text = N_("No check-in is open, and no more come before your time together ends.")


class NoCheckinYet(Refused):
    text = N_("No check-in is open. They begin when you have a partner.")


@dataclass(frozen=True, slots=True)
class CheckinAnswer:
    """What a person fills in. ``outcome`` is None only when there was no promise before."""

    outcome: Outcome | None
    progress: str | None
    promise: str
    reflection: str | None


def kept_answer(answer: CheckinAnswer, *, promised_before: bool) -> CheckinAnswer:
    """Return ``answer`` as kept. Raises OutcomeMissing, PromiseMissing or TextTooLong, each at its field."""
    if promised_before and answer.outcome is None:
        raise OutcomeMissing
    if not wording.clean(answer.promise[: wording.TEXT]):
        raise PromiseMissing
    with at_field("promise"):
        promise = wording.kept_line(answer.promise)
    with at_field("progress"):
        progress = wording.optional(answer.progress)
    with at_field("reflection"):
        reflection = wording.optional(answer.reflection)
    return CheckinAnswer(answer.outcome if promised_before else None, progress, promise, reflection)


def promise_after(outcome: Outcome) -> PromiseState:
    """Return the state a promise ends in."""
    return PromiseState(outcome.value)


def week_ends(day: date, ends_on: date) -> date:
    """Return the day the promise of a check-in on ``day`` is for: a week later, or when the time together ends."""
    following = day + timedelta(days=7)
    return min(following, ends_on) if ends_on > day else following
