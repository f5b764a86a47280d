"""What I heard you say."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import OpenModal, Replace, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, submission
from bot.slack.screens import listening as screens
from bot.usecases import listening


@action("heard.new")
def new(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        asked = listening.open_heard(tx, actor, thing_id(request.value))
    return OpenModal(screens.form(asked, house.words(request)))


@submission("heard.save")
def save(request: Request, house: House) -> Reply:
    meeting = thing_id(request.memo("meeting"))
    with house.acting(request) as (tx, actor):
        name = listening.write_heard(tx, actor, meeting, request.said("speaker"), request.said("heard"))
    return ShowModal(screens.sent(name, house.words(request)))


@action("heard.yes")
def confirm(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = listening.answer_heard(tx, actor, thing_id(request.value), None)
    return Replace(screens.thanks(shown, house.words(request)))


@action("heard.correct")
def correct(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = listening.read_heard(tx, actor, thing_id(request.value))
    return OpenModal(screens.correction_form(shown, house.words(request)))


@submission("heard.corrected")
def corrected(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = listening.answer_heard(tx, actor, thing_id(request.memo("heard")), request.said("correction"))
    return ShowModal(screens.corrected(shown, house.words(request)))
