"""The weekly check-in."""

from __future__ import annotations

from bot.domain.checkins import CheckinAnswer, Outcome
from bot.slack.house import House
from bot.slack.replies import OpenModal, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, command, submission
from bot.slack.screens import checkins as screens
from bot.usecases import checkins


@command("checkin", "check-in", "wochen-check-in")
@action("checkin.open", *screens.ACTION)
def open_checkin(request: Request, house: House) -> Reply:
    """`/tandem checkin`, or a tap on the weekly message: the form, with what was tapped chosen."""
    with house.looking(request) as (tx, actor):
        named = thing_id(request.value) if request.value else None
        asked = checkins.read_checkin(tx, actor, named) if named else checkins.current_checkin(tx, actor)
    return OpenModal(screens.form(asked, house.words(request), outcome=screens.ACTION.get(request.name)))


@submission("checkin.save")
def save_checkin(request: Request, house: House) -> Reply:
    answer = CheckinAnswer(
        outcome=_outcome(request.said("outcome")),
        progress=request.said("progress"),
        promise=request.said("promise"),
        reflection=request.said("reflection"),
    )
    with house.acting(request) as (tx, actor):
        kept = checkins.answer_checkin(tx, actor, thing_id(request.memo("checkin")), answer)
    return ShowModal(screens.kept(kept, house.words(request)))


def _outcome(text: str) -> Outcome | None:
    return Outcome(text) if text in set(Outcome) else None
