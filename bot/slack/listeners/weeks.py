"""One's own last weeks as a picture, in the own conversation with the bot."""

from __future__ import annotations

from bot.domain.weeks import any_sign
from bot.slack.attachments import weeks as attachments
from bot.slack.house import House
from bot.slack.replies import HandOut, Private, Reply
from bot.slack.requests import Request
from bot.slack.router import action, command
from bot.slack.screens import weeks as screens
from bot.usecases.weeks import read_weeks


@command("weeks", "wochen")
@action("weeks.show")
def show_weeks(request: Request, house: House) -> Reply:
    """`/tandem weeks`: my last weeks as a picture, in my own conversation with the bot."""
    with house.looking(request) as (tx, actor):
        seen = read_weeks(tx, actor)
    words = house.words(request)
    if not any_sign(seen):
        return Private(screens.no_weeks_yet(words))
    return HandOut(lambda: attachments.picture(seen, words), screens.weeks_handed(words))
