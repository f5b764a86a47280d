"""Who with."""

from __future__ import annotations

from bot.domain.wishes import Wishes
from bot.slack.house import House
from bot.slack.replies import OpenModal, Reply, ShowModal
from bot.slack.requests import Request
from bot.slack.router import action, submission
from bot.slack.screens import wishes as screens
from bot.slack.screens.working import saved
from bot.usecases import wishes


@action("wishes.edit")
def edit_wishes(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        said = wishes.read_wishes(tx, actor)
    return OpenModal(screens.wishes_form(said, house.words(request)))


@submission("wishes.save")
def save_wishes(request: Request, house: House) -> Reply:
    said = Wishes(request.chosen("avoided"), request.chosen("competing"), request.chosen("wished"))
    with house.acting(request) as (tx, actor):
        wishes.write_wishes(tx, actor, said)
    return ShowModal(saved(house.words(request)))
