"""Goals and their steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from bot.domain import goals as goal_rules
from bot.domain.goals import GoalState
from bot.domain.ids import GoalId, StepId
from bot.domain.visibility import Visibility
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, SUMMER, Sample, of
from bot.slack.screens import goals
from bot.usecases.goals import Goal, Step


def a_goal(content: Content) -> Goal:
    steps = tuple(Step(StepId(UUID(int=i)), text, done=i == 0) for i, text in enumerate(content.steps))
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
    )


def private(goal: Goal) -> Goal:
    return replace(goal, visibility=Visibility.PRIVATE, steps=(), readers=(), due_on=None, why=None, measure=None)


def samples(content: Content) -> Iterator[Sample]:
    goal = a_goal(content)
    yield of(goals.goal_form, "new", goal=None, partners=(), title=content.typed)
    yield of(goals.goal_form, "to change", goal=goal, partners=content.partners)
    yield of(goals.visibility_options, partners=content.partners)
    yield of(goals.goal_kept, goal=goal)
    yield of(goals.goal_kept, "no partner yet", goal=replace(goal, readers=()))
    yield of(goals.goal_list, mine=(goal, private(goal)))
    yield of(goals.goal_list, "as many as there may be", mine=(goal,) * goal_rules.MOST_ACTIVE)
    yield of(goals.goal_list, "none", mine=())
    yield of(goals.goal_card, goal=goal)
    yield of(goals.goal_ended, "done", goal=replace(goal, state=GoalState.DONE))
    yield of(goals.goal_ended, "let go", goal=replace(goal, state=GoalState.DROPPED))
