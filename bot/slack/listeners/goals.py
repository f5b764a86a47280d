"""Goals and steps."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from bot.domain.access import NotYours
from bot.domain.goals import Aim, Confidence, GoalDraft, GoalKind, GoalState
from bot.domain.steps import read_steps
from bot.domain.visibility import Visibility
from bot.slack.house import House
from bot.slack.replies import OpenModal, Private, Replace, Reply, ShowHome, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, command, submission
from bot.slack.screens import archive as archive_screens
from bot.slack.screens import goals as screens
from bot.usecases import archive, goals
from bot.usecases.notes import note_choices
from bot.usecases.participants import check_readers

T = TypeVar("T", bound=StrEnum)


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
        kind=_word(GoalKind, request.said("kind")),
        aim=_word(Aim, request.said("aim")),
    )


def _word(kind: type[T], text: str) -> T | None:
    return kind(text) if text in set(kind) else None


def read_visibility(text: str) -> Visibility:
    """Return the visibility a form chose; anything unknown is private."""
    return Visibility.SHARED if text == Visibility.SHARED else Visibility.PRIVATE


@command("goals", "ziele")
@action("goals.show")
def show_goals(request: Request, house: House) -> Reply:
    """`/tandem goals`: my goals under way."""
    with house.looking(request) as (tx, actor):
        mine = goals.read_goals(tx, actor)
    shown = screens.goal_list(mine, house.words(request))
    return Replace(shown) if request.in_modal else Private(shown)


@action("goal.confidence")
def say_confidence(request: Request, house: House) -> Reply:
    said, _, name = request.value.partition(":")
    confidence = _word(Confidence, said)
    if confidence is None:
        raise NotYours
    with house.acting(request) as (tx, actor):
        goals.say_confidence(tx, actor, thing_id(name), confidence)
        mine = goals.read_goals(tx, actor)
    return ShowHome() if request.in_home else Replace(screens.goal_list(mine, house.words(request)))


@action("goal.menu")
def menu(request: Request, house: House) -> Reply:
    verb, _, name = request.value.partition(":")
    match verb:
        case "edit":
            with house.looking(request) as (tx, actor):
                goal, partners = goals.read_goal(tx, actor, thing_id(name)), note_choices(tx, actor).partners
            return OpenModal(screens.goal_form(goal, partners, house.words(request)))
        case GoalState.DROPPED:
            with house.looking(request) as (tx, actor):
                goal = goals.read_goal(tx, actor, thing_id(name))
            return OpenModal(archive_screens.farewell_form(goal, house.words(request)))
        case GoalState.DONE:
            with house.acting(request) as (tx, actor):
                goal = archive.finish_goal(tx, actor, thing_id(name))
            return Private(archive_screens.goal_reached(goal, house.words(request)))
        case _:
            raise NotYours
