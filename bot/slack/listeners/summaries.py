"""What a partner does with a check-in."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Done, Replace, Reply
from bot.slack.requests import Request, thing_id
from bot.slack.router import action
from bot.slack.screens import summaries as screens
from bot.usecases import summaries
from bot.usecases.summaries import CheckinSummary


@action("checkin.cheer")
def cheer(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = summaries.cheer(tx, actor, thing_id(request.value))
    return _redrawn(shown, request, house)


@action("checkin.help")
def offer_help(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = summaries.offer_help(tx, actor, thing_id(request.value))
    return _redrawn(shown, request, house)


def _redrawn(shown: CheckinSummary, request: Request, house: House) -> Reply:
    # Among other news the summary is made anew where it stands: replacing the clicked message would lose the others.
    return Done() if shown.carried else Replace(screens.summary(shown, house.words(request)))
