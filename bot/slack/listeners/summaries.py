"""What a partner does with a check-in."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Done, Replace, Reply
from bot.slack.requests import Request, thing_id
from bot.slack.router import action
from bot.slack.screens import summaries as screens
from bot.usecases import summaries


@action("checkin.cheer")
def cheer(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = summaries.cheer(tx, actor, thing_id(request.value))
    # Among other news the summary is made anew where it stands: replacing the clicked message would lose the others.
    return Done() if shown.carried else Replace(screens.summary(shown, house.words(request)))
