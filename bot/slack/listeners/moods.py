"""The switch for the question how the week felt."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Reply, ShowModal
from bot.slack.requests import Request
from bot.slack.router import action
from bot.slack.screens import moods as screens
from bot.usecases import moods


@action("mood.on", "mood.off")
def switch_mood(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        on = moods.ask_mood(tx, actor, on=request.name == "mood.on")
    return ShowModal(screens.switched(house.words(request), on=on))
