"""Goals under way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from bot.domain.goals import Aim, Confidence, GoalKind, GoalState
from bot.domain.ids import GoalId, StepId
from bot.domain.visibility import Visibility
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, SUMMER, Sample, of
from bot.slack.screens import goals
from bot.usecases.goals import Goal, MyGoals, Step

MOST = 10  # goals under way: the most a programme can allow


def a_goal(content: Content) -> Goal:
    steps = tuple(Step(StepId(UUID(int=i)), text, i == 0, content.plan) for i, text in enumerate(content.steps))
    return Goal(
        id=GoalId(ID),
        title=content.goal,
        why=content.why,
        measure=content.measure,
        due_on=SUMMER,
        visibility=Visibility.SHARED,
        state=GoalState.ACTIVE,
        steps=steps,
        readers=content.partners,
        kind=GoalKind.LEADERSHIP,
        aim=Aim.LEARNING,
        confidence=Confidence.AT_RISK,
        farewell=content.farewell,
    )


def private(goal: Goal) -> Goal:
    bare = replace(goal, visibility=Visibility.PRIVATE, steps=(), readers=(), due_on=None, why=None, measure=None)
    return replace(bare, kind=None, aim=None, confidence=None, farewell=None)


def mine(*active: Goal, room: bool = True) -> MyGoals:
    return MyGoals(active, closed=len(active), room=room)


def samples(content: Content) -> Iterator[Sample]:
    goal = a_goal(content)
    yield of(goals.goal_form, "new", goal=None, partners=(), title=content.typed)
    yield of(goals.goal_form, "to change", goal=goal, partners=content.partners)
    yield of(goals.goal_form, "to change, short", goal=private(goal), partners=content.partners)
    yield of(goals.visibility_options, partners=content.partners)
    yield of(goals.goal_kept, goal=goal)
    yield of(goals.goal_kept, "no partner yet", goal=replace(goal, readers=()))
    yield of(goals.goal_list, mine=mine(goal, private(goal)))
    yield of(goals.goal_list, "as many as is usual", mine=mine(*(goal,) * goals.CARDS_IN_FULL, room=False))
    yield of(goals.goal_list, "as many as there may be", mine=mine(*(goal,) * MOST, room=False))
    yield of(goals.goal_list, "none", mine=mine())
    yield of(goals.goal_list, "none but in the archive", mine=MyGoals((), closed=2, room=True))
    yield of(goals.goal_card, goal=goal)
    yield of(goals.goal_cards, mine=(goal, private(goal)))
