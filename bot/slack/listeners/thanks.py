"""Thank-yous."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Private, Replace, Reply
from bot.slack.requests import Request
from bot.slack.router import action, command
from bot.slack.screens import thanks as screens
from bot.usecases.thanks import read_thanks


@command("thanks", "danke", "dank")
@action("thanks.show")
def show_thanks(request: Request, house: House) -> Reply:
    """`/tandem thanks`: what my partners have thanked me for."""
    with house.looking(request) as (tx, actor):
        page = read_thanks(tx, actor)
    return Private(screens.kept(page, house.words(request)))


@action("thanks.page.newer", "thanks.page.older")
def turn_page(request: Request, house: House) -> Reply:
    number = request.value
    with house.looking(request) as (tx, actor):
        page = read_thanks(tx, actor, int(number) if number.isascii() and number.isdigit() else 0)
    return Replace(screens.kept(page, house.words(request)))
