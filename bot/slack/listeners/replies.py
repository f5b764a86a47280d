"""What partners say to a check-in."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import OpenModal, Replace, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, submission
from bot.slack.screens import replies as screens
from bot.usecases import replies


@action("checkin.reply")
def open_reply(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        to = replies.read_checkin_to_reply(tx, actor, thing_id(request.value))
    return OpenModal(screens.reply_form(to, house.words(request), checkin=request.value))


@action("reply.answer")
def open_answer(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        to = replies.read_reply_to_answer(tx, actor, thing_id(request.value))
    return OpenModal(screens.reply_form(to, house.words(request), reply=request.value))


@submission("reply.send")
def send_reply(request: Request, house: House) -> Reply:
    text, reply, checkin = request.said("text"), request.memo("reply"), request.memo("checkin")
    with house.acting(request) as (tx, actor):
        if reply:
            to = replies.answer_reply(tx, actor, thing_id(reply), text)
        else:
            to = replies.reply_to_checkin(tx, actor, thing_id(checkin), text)
    return ShowModal(screens.sent(to, house.words(request)))


@action("reply.undo")
def undo_reply(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        name = replies.undo_reply(tx, actor, thing_id(request.value))
    words = house.words(request)
    return ShowModal(screens.gone(name, words)) if request.in_modal else Replace(screens.undone(name, words))
