"""Steps of a goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from bot.domain.ids import StepId
from bot.domain.steps import MOST_STEPS
from bot.slack.samples.content import Content
from bot.slack.samples.goals import a_goal, private
from bot.slack.samples.sample import Sample, of
from bot.slack.screens import steps
from bot.usecases.goals import Step


def samples(content: Content) -> Iterator[Sample]:
    goal = a_goal(content)
    many = tuple(Step(StepId(UUID(int=i)), content.steps[0], done=i % 2 == 0) for i in range(MOST_STEPS))
    yield of(steps.step_list, goal=goal, page=0)
    yield of(steps.step_list, "none", goal=private(goal), page=0)
    yield of(steps.step_list, "as many as there may be", goal=replace(goal, steps=many), page=3)
    yield of(steps.step_form, step=goal.steps[0])
    yield of(steps.step_form, "no plan yet", step=replace(goal.steps[0], plan=None))
    yield of(steps.new_steps, goal=goal)
