"""Follow-ups of meetings."""

from __future__ import annotations

from bot.domain.follow_ups import FollowUpDraft
from bot.slack.house import House
from bot.slack.replies import OpenModal, Private, Replace, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, submission
from bot.slack.screens import follow_ups as screens
from bot.usecases import follow_ups


@action("follow_up.new")
def new(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        asked = follow_ups.open_follow_up(tx, actor, thing_id(request.value))
    return OpenModal(screens.form(asked, house.words(request)))


@action("follow_up.again")
def again(request: Request, house: House) -> Reply:
    """One more, from the window that said the last one stands."""
    with house.acting(request) as (tx, actor):
        asked = follow_ups.open_follow_up(tx, actor, thing_id(request.value))
    return ShowModal(screens.form(asked, house.words(request)))


@submission("follow_up.save")
def save(request: Request, house: House) -> Reply:
    meeting = thing_id(request.memo("meeting"))
    draft = FollowUpDraft(request.said("follow_up"), request.said("doer"), request.day("by"))
    with house.acting(request) as (tx, actor):
        made = follow_ups.write_follow_up(tx, actor, meeting, draft)
    return ShowModal(screens.kept(made, str(meeting), house.words(request)))


@action("follow_up.done")
def done(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = follow_ups.tick(tx, actor, thing_id(request.value))
    return Replace(screens.closed(shown, house.words(request)))


@action("follow_up.tick")
def tick(request: Request, house: House) -> Reply:
    """The same from among other things: what stands around it stays."""
    with house.acting(request) as (tx, actor):
        shown = follow_ups.tick(tx, actor, thing_id(request.value))
    return Private(screens.closed(shown, house.words(request)))


@action("follow_up.back")
def back(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = follow_ups.hand_back(tx, actor, thing_id(request.value))
    return Replace(screens.closed(shown, house.words(request)))
