"""Who my partner is."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Private, Reply
from bot.slack.requests import Request
from bot.slack.router import action, command
from bot.slack.screens import pairings as screens
from bot.usecases.pairings import read_partner


@command("partner", "tandem")
@action("partner.show")
def show_partner(request: Request, house: House) -> Reply:
    """`/tandem partner`: who my partner is, what they offer and want."""
    with house.looking(request) as (tx, actor):
        together = read_partner(tx, actor)
    return Private(screens.partner(together, house.words(request)))
