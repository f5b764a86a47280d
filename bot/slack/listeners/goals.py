"""Goals and steps."""

from __future__ import annotations

from bot.domain.access import NotYours
from bot.domain.goals import GoalDraft, GoalState, read_steps
from bot.domain.visibility import Visibility
from bot.slack.house import House
from bot.slack.replies import OpenModal, Private, Replace, Reply, ShowHome, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, command, submission
from bot.slack.screens import goals as screens
from bot.usecases import goals
from bot.usecases.notes import note_choices
from bot.usecases.participants import check_readers


@command("goal", "ziel")
@action("goal.new")
def new_goal(request: Request, house: House) -> Reply:
    """`/tandem goal [title]`: a new goal with its steps."""
    with house.looking(request) as (tx, actor):
        partners = goals.check_new_goal(tx, actor)
    return OpenModal(screens.goal_form(None, partners, house.words(request), title=request.text))


@submission("goal.save")
def save_goal(request: Request, house: House) -> Reply:
    draft, name = _draft(request), request.memo("goal")
    with house.acting(request) as (tx, actor):
        kept = goals.change_goal(tx, actor, thing_id(name), draft) if name else goals.write_goal(tx, actor, draft)
        if draft.visibility is Visibility.SHARED:
            check_readers(tx, actor, request.memo("readers"))
    return ShowModal(screens.goal_kept(kept, house.words(request)))


def _draft(request: Request) -> GoalDraft:
    return GoalDraft(
        title=request.said("title"),
        why=request.said("why"),
        measure=request.said("measure"),
        due_on=request.day("due_on"),
        visibility=read_visibility(request.said("visibility")),
        steps=read_steps(request.said("steps")),
    )


def read_visibility(text: str) -> Visibility:
    """Return the visibility a form chose; anything unknown is private."""
    return Visibility.SHARED if text == Visibility.SHARED else Visibility.PRIVATE


@command("goals", "ziele")
@action("goals.show")
def show_goals(request: Request, house: House) -> Reply:
    """`/tandem goals`: my goals under way."""
    with house.looking(request) as (tx, actor):
        mine = goals.read_goals(tx, actor)
    return Private(screens.goal_list(mine, house.words(request)))


@action(*(f"step.tick.{i}" for i in range(screens.STEPS_SHOWN)))
def tick(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        goals.tick_step(tx, actor, thing_id(request.value), done=True)
        mine = goals.read_goals(tx, actor)
    return ShowHome() if request.in_home else Replace(screens.goal_list(mine, house.words(request)))


@action("goal.menu")
def menu(request: Request, house: House) -> Reply:
    verb, _, name = request.value.partition(":")
    if verb == "edit":
        with house.looking(request) as (tx, actor):
            goal, partners = goals.read_goal(tx, actor, thing_id(name)), note_choices(tx, actor).partners
        return OpenModal(screens.goal_form(goal, partners, house.words(request)))
    if verb not in {GoalState.DONE, GoalState.DROPPED}:
        raise NotYours
    with house.acting(request) as (tx, actor):
        ended = goals.end_goal(tx, actor, thing_id(name), GoalState(verb))
    return Private(screens.goal_ended(ended, house.words(request)))
