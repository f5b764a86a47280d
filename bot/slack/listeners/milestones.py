"""Half-time."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Replace, Reply
from bot.slack.requests import Request, thing_id
from bot.slack.router import action
from bot.slack.screens import milestones as screens
from bot.usecases.milestones import check_half_time


@action("half_time.right")
def still_right(request: Request, house: House) -> Reply:
    """One tap says that the agreement still fits; there is nothing to keep of it."""
    with house.looking(request) as (tx, actor):
        check_half_time(tx, actor, thing_id(request.value))
    return Replace(screens.still_right(request.value, house.words(request)))
