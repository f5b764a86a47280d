"""Steps of goals."""

from __future__ import annotations

from bot.domain.access import NotYours
from bot.domain.steps import PAGE, further_steps
from bot.slack.house import House
from bot.slack.listeners.rounds import read_page
from bot.slack.replies import Replace, Reply, ShowHome, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, submission
from bot.slack.screens import goals as goal_screens
from bot.slack.screens import steps as screens
from bot.usecases import goals, steps


@action(*(f"step.tick.{i}" for i in range(goal_screens.STEPS_SHOWN)))
def tick(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        steps.tick_step(tx, actor, thing_id(request.value), done=True)
        mine = goals.read_goals(tx, actor)
    return ShowHome() if request.in_home else Replace(goal_screens.goal_list(mine, house.words(request)))


@action("steps.show", "steps.page.back", "steps.page.next")
def show_steps(request: Request, house: House) -> Reply:
    """All steps of one goal, a page at a time."""
    name, page = read_page(request.value)
    with house.looking(request) as (tx, actor):
        goal = goals.read_goal(tx, actor, thing_id(name))
    return ShowModal(screens.step_list(goal, page, house.words(request)))


@action("steps.new")
def new_steps(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        goal = goals.read_goal(tx, actor, thing_id(request.value))
    return ShowModal(screens.new_steps(goal, house.words(request)))


@submission("steps.add")
def add_steps(request: Request, house: House) -> Reply:
    texts = further_steps(request.said("steps"))
    with house.acting(request) as (tx, actor):
        goal = steps.add_steps(tx, actor, thing_id(request.memo("goal")), texts)
    return ShowModal(screens.step_list(goal, len(goal.steps) // PAGE, house.words(request)))


@action("step.menu")
def menu(request: Request, house: House) -> Reply:
    verb, name, beside = (*request.value.split(":"), "", "", "")[:3]
    if verb == "edit":
        with house.looking(request) as (tx, actor):
            step = steps.read_step(tx, actor, thing_id(name))
        return ShowModal(screens.step_form(step, house.words(request)))
    if verb not in {"tick", "untick", "up", "down"}:
        raise NotYours
    with house.acting(request) as (tx, actor):
        if verb in {"tick", "untick"}:
            goal = steps.tick_step(tx, actor, thing_id(name), done=verb == "tick")
        else:
            goal = steps.move_step(tx, actor, thing_id(name), thing_id(beside), up=verb == "up")
    return ShowModal(screens.step_list(goal, screens.page_with(goal, thing_id(name)), house.words(request)))


@submission("step.save")
def save_step(request: Request, house: House) -> Reply:
    step = thing_id(request.memo("step"))
    with house.acting(request) as (tx, actor):
        goal = steps.change_step(tx, actor, step, request.said("text"), request.said("plan"))
    return ShowModal(screens.step_list(goal, screens.page_with(goal, step), house.words(request)))


@action("step.remove")
def remove_step(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        goal, place = steps.remove_step(tx, actor, thing_id(request.value))
    return ShowModal(screens.step_list(goal, place // PAGE, house.words(request)))
