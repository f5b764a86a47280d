"""The company's list of skills."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Options, Reply
from bot.slack.requests import Request
from bot.slack.router import suggestion
from bot.slack.screens import skills as screens
from bot.usecases import skills


@suggestion("offers", "wants")
def suggest(request: Request, house: House) -> Reply:
    """Offer skills while somebody types what they offer or want."""
    with house.looking(request) as (tx, actor):
        found = skills.suggest_skills(tx, actor, request.text)
    return Options(tuple(screens.suggested(found, house.words(request))))
