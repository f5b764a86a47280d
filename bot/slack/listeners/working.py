"""How I work."""

from __future__ import annotations

from bot.domain.profiles import read_minute as read_number
from bot.domain.working import Working, filled_in
from bot.slack.house import House
from bot.slack.replies import OpenModal, Reply, ShowModal
from bot.slack.requests import Request
from bot.slack.router import action, submission
from bot.slack.screens import working as screens
from bot.usecases import working


@action("working.edit")
def edit_working(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        said = working.read_working(tx, actor)
    company, slack = house.rules.company, house.own_profile(request)
    return OpenModal(screens.working_form(filled_in(said, slack, company.levels), company, house.words(request)))


@submission("working.save")
def save_working(request: Request, house: House) -> Reply:
    said = Working(
        (_number(request.said("plan")), _number(request.said("talk")), _number(request.said("gentle"))),
        request.said("site") or None,
        request.said("department"),
        request.said("manager"),
        _number(request.said("level")),
        _number(request.said("capacity")) or 0,
        request.said("third") == screens.YES,
    )
    with house.acting(request) as (tx, actor):
        working.write_working(tx, actor, said, house.rules.company)
    return ShowModal(screens.saved(house.words(request)))


def _number(text: str) -> int | None:
    return read_number(text) if text else None
