"""How a partner fits."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Replace, Reply
from bot.slack.requests import Request, thing_id
from bot.slack.router import action
from bot.slack.screens import fits as screens
from bot.usecases.fits import answer_fit, asked_about


@action(*screens.ACTION)
def answer(request: Request, house: House) -> Reply:
    """One tap says how it fits; it stays between the person and the bot."""
    with house.acting(request) as (tx, actor):
        said = answer_fit(tx, actor, thing_id(request.value), screens.ACTION[request.name])
        several = len(asked_about(tx, thing_id(request.value), actor.person)) > 1
    return Replace(screens.answered(said, request.value, house.words(request), several=several))
