"""How I work."""

from __future__ import annotations

from bot.domain.profiles import read_minute as read_number
from bot.domain.working import Working, filled_in
from bot.slack.house import House
from bot.slack.replies import OpenModal, Reply, ShowModal
from bot.slack.requests import Request
from bot.slack.router import action, submission
from bot.slack.screens import working as screens
from bot.usecases import breaks, working


@action("working.edit")
def edit_working(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        said, follows = working.read_working(tx, actor), breaks.follows_status(tx, actor)
    company, slack = house.rules.company, house.own_profile(request)
    said = filled_in(said, slack, company.levels)
    return OpenModal(screens.working_form(said, company, house.words(request), follows=follows))


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
        breaks.follow_status(tx, actor, follow=request.said("status") == screens.YES)
    return ShowModal(screens.saved(house.words(request)))


def _number(text: str) -> int | None:
    return read_number(text) if text else None
