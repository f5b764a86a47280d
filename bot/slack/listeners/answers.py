"""The forms of a check-in."""

from __future__ import annotations

from uuid import UUID

from bot.domain.answers import CheckinAnswer
from bot.domain.checkins import Outcome
from bot.domain.goals import Confidence
from bot.domain.moods import read_mood
from bot.domain.promises import Then
from bot.domain.refusals import Refused
from bot.slack.house import House
from bot.slack.replies import OpenModal, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, submission
from bot.slack.screens import answers as screens
from bot.slack.screens.trouble import refusal_line
from bot.usecases import answers, checkins


@submission("checkin.save")
def save_checkin(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        kept = answers.answer_checkin(tx, actor, _named(request.memo("checkin")), _answer(request))
    return ShowModal(screens.kept(kept, house.words(request)))


@submission("checkin.promise")
def save_promise(request: Request, house: House) -> Reply:
    """Keep the one line that was the second tap."""
    with house.acting(request) as (tx, actor):
        then = _then(request.memo("then"))
        kept = answers.promise_line(tx, actor, thing_id(request.memo("checkin")), request.said("promise"), then)
    return ShowModal(screens.kept(kept, house.words(request)))


@action("checkin.preview")
def preview(request: Request, house: House) -> Reply:
    """Show in the form what a partner would read of what stands in it, read from an answer that is not kept."""
    answer, named, words = _answer(request), _named(request.value), house.words(request)
    with house.trying(request) as (tx, actor):
        asked = checkins.read_checkin(tx, actor, named) if named else checkins.early_checkin(tx, actor)
    try:
        with house.trying(request) as (tx, actor):
            seen = answers.preview_answer(tx, actor, named, answer)
    except Refused as refusal:
        return ShowModal(screens.form(asked, words, typed=answer, seen=refusal_line(refusal, words)))
    return ShowModal(screens.form(asked, words, typed=answer, seen=seen))


@action("checkin.early")
def report_early(request: Request, house: House) -> Reply:
    """Open the form ahead of time; the check-in begins when it is sent."""
    with house.trying(request) as (tx, actor):
        asked = checkins.early_checkin(tx, actor)
    return OpenModal(screens.form(asked, house.words(request)))


def _named(name: str) -> UUID | None:
    """Return which check-in a form is about; None for one that begins with its answer."""
    return None if name == screens.EARLY else thing_id(name)


def _answer(request: Request) -> CheckinAnswer:
    goals = request.memo("goals").split()
    said = (request.said("confidence.0"), request.said("confidence.1"), request.said("confidence.2"))
    return CheckinAnswer(
        outcome=_outcome(request.said("outcome")),
        progress=request.said("progress"),
        promise=request.said("promise"),
        reflection=request.said("reflection"),
        then=_then(request.said("then")),
        step=_step(request.said("step")),
        confidence=_confidences(goals, said),
        hand_up=screens.HAND in request.chosen("hand"),
        mood=read_mood(request.said("mood")),
    )


def _outcome(text: str) -> Outcome | None:
    return Outcome(text) if text in set(Outcome) else None


def _then(text: str) -> Then | None:
    return Then(text) if text in set(Then) else None


def _step(text: str) -> UUID | None:
    return thing_id(text) if text else None


def _confidences(goals: list[str], said: tuple[str, ...]) -> tuple[tuple[UUID, Confidence], ...]:
    told = [(goal, one) for goal, one in zip(goals, said, strict=False) if one in set(Confidence)]
    return tuple((thing_id(goal), Confidence(one)) for goal, one in told)
