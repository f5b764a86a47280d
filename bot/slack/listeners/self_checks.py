"""The eight skills."""

from __future__ import annotations

from bot.domain.self_checks import Skill
from bot.slack.house import House
from bot.slack.replies import OpenModal, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, submission
from bot.slack.screens import self_checks as screens
from bot.usecases import self_checks


@action("self_check.open")
def open_self_check(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        check = self_checks.read_self_check(tx, actor, thing_id(request.value))
    return OpenModal(screens.form(check, house.words(request)))


@submission("self_check.save")
def save_self_check(request: Request, house: House) -> Reply:
    chosen = {skill.value: request.said(skill) for skill in Skill}
    with house.acting(request) as (tx, actor):
        check = self_checks.write_self_check(tx, actor, thing_id(request.memo("pairing")), chosen)
    return ShowModal(screens.growth(check, house.words(request)))
