"""Goals that are closed."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Done, Private, Replace, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, submission
from bot.slack.screens import archive as screens
from bot.slack.screens.goals import goal_list
from bot.usecases import archive
from bot.usecases.goals import read_goals


@submission("goal.drop")
def drop_goal(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        goal = archive.drop_goal(tx, actor, thing_id(request.memo("goal")), request.said("farewell"))
    return ShowModal(screens.goal_let_go(goal, house.words(request)))


@action("goals.archive")
def show_archive(request: Request, house: House) -> Reply:
    """My goals that are done or let go, last closed first."""
    with house.looking(request) as (tx, actor):
        page = archive.read_archive(tx, actor)
    shown = screens.archive(page, house.words(request))
    return Replace(shown) if request.in_modal else Private(shown)


@action("goals.archive.newer", "goals.archive.older")
def turn_page(request: Request, house: House) -> Reply:
    number = int(request.value) if request.value.isascii() and request.value.isdigit() else 0
    with house.looking(request) as (tx, actor):
        page = archive.read_archive(tx, actor, number)
    return Replace(screens.archive(page, house.words(request)))


@action("goal.resume")
def resume_goal(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        archive.resume_goal(tx, actor, thing_id(request.value))
        mine = read_goals(tx, actor)
    return Replace(goal_list(mine, house.words(request)))


@action("goal.cheer")
def cheer(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = archive.cheer_goal(tx, actor, thing_id(request.value))
    # Among other news it is made anew where it stands: replacing the clicked message would lose the others.
    return Done() if shown.carried else Replace(screens.partner_reached(shown, house.words(request)))
