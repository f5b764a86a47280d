"""Who my partner is, and a new one without fault."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Private, Replace, Reply
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, command
from bot.slack.screens import pairings as screens
from bot.usecases.pairings import read_partner
from bot.usecases.partings import part


@command("partner", "tandem")
@action("partner.show")
def show_partner(request: Request, house: House) -> Reply:
    """`/tandem partner`: who my partner is, what they offer and want."""
    with house.looking(request) as (tx, actor):
        together = read_partner(tx, actor)
    return Private(screens.partner(together, house.words(request)))


@action("partner.unfit")
def part_kindly(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        trio = part(tx, actor, thing_id(request.value))
    return Replace(screens.parting(house.words(request), trio=trio))
