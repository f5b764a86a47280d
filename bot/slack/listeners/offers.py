"""A match somebody is asked about: yes or no."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Replace, Reply
from bot.slack.requests import Request, thing_id
from bot.slack.router import action
from bot.slack.screens import offers as screens
from bot.usecases import offers


@action("offer.accept")
def accept(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        complete = offers.accept(tx, actor, thing_id(request.value))
    return Replace(screens.accepted(house.words(request), complete=complete))


@action("offer.decline")
def decline(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        offers.decline(tx, actor, thing_id(request.value))
    return Replace(screens.declined(house.words(request)))
