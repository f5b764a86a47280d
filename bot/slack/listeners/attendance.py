"""In, not this time, or as a third: the answer to a round's heads-up."""

from __future__ import annotations

from bot.domain.attendance import CHOICES, read_choice
from bot.slack.house import House
from bot.slack.replies import Replace, Reply
from bot.slack.requests import Request, thing_id
from bot.slack.router import action
from bot.slack.screens import attendance as screens
from bot.usecases.attendance import answer_heads_up


@action(*(f"attendance.{one}" for one in CHOICES))
def answer(request: Request, house: House) -> Reply:
    choice = read_choice(request.name.rpartition(".")[2])
    with house.acting(request) as (tx, actor):
        asked = answer_heads_up(tx, actor, thing_id(request.value), choice)
    return Replace(screens.answered(asked, house.words(request)))
