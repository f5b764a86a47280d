"""All steps of a goal in a window: to tick, to plan, to put in order."""

from __future__ import annotations

from uuid import UUID

from bot.domain import steps
from bot.locales import Words
from bot.slack.blocks import (
    Block,
    Element,
    View,
    actions,
    ask,
    button,
    confirm,
    line,
    option,
    overflow,
    section,
)
from bot.slack.screens.goals import ask_for_steps, progress, step_text
from bot.slack.text import Mrkdwn, fill, lines, plain
from bot.usecases.goals import Goal, Step


def step_list(goal: Goal, page: int, words: Words) -> View:
    """Return one page (0, 1, …) of a goal's steps, done or not; ``page`` is brought into range."""
    pages = max(1, -(-len(goal.steps) // steps.PAGE))
    page = min(max(page, 0), pages - 1)
    first = page * steps.PAGE
    shown = range(first, min(first + steps.PAGE, len(goal.steps)))
    return View(
        title=plain(words("Steps")),
        close=plain(words("Close")),
        blocks=(
            section(_head(goal, words)),
            *(section(step_text(goal.steps[i], words), _menu(goal, i, words)) for i in shown),
            _below(goal, page, pages, words),
        ),
    )


def page_with(goal: Goal, step: UUID) -> int:
    """Return the page (0, 1, …) a step of the goal stands on."""
    return next(place for place, one in enumerate(goal.steps) if one.id == step) // steps.PAGE


def _head(goal: Goal, words: Words) -> Mrkdwn:
    title = fill("*{title}*", title=goal.title)
    if not goal.steps:
        return lines(title, fill(words("No steps yet. What could you do within a week?")))
    share = fill("{percent}", percent=words.percent(goal.percent / 100))
    return lines(title, fill("{bar} · {share}", bar=progress(goal.done, len(goal.steps), words), share=share))


def _menu(goal: Goal, place: int, words: Words) -> Element:
    """Return what can be done with a step. Moving names the step it moves past: a second click changes nothing."""
    step = goal.steps[place]
    tick = (words("Not done yet"), "untick") if step.done else (words("Done"), "tick")
    choices = [(tick[0], f"{tick[1]}:{step.id}"), (words("Edit and plan"), f"edit:{step.id}")]
    if place > 0:
        choices.append((words("Move up"), f"up:{step.id}:{goal.steps[place - 1].id}"))
    if place + 1 < len(goal.steps):
        choices.append((words("Move down"), f"down:{step.id}:{goal.steps[place + 1].id}"))
    return overflow("step.menu", [option(plain(label), value) for label, value in choices])


def _below(goal: Goal, page: int, pages: int, words: Words) -> Block:
    elements = []
    if len(goal.steps) < steps.MOST_STEPS:
        elements.append(button(plain(words("Add steps")), "steps.new", str(goal.id), style="primary"))
    if page > 0:
        elements.append(button(plain(words("Previous page")), "steps.page.back", f"{goal.id}:{page - 1}"))
    if page + 1 < pages:
        elements.append(button(plain(words("Next page")), "steps.page.next", f"{goal.id}:{page + 1}"))
    return actions(*elements)


def step_form(step: Step, words: Words) -> View:
    """Return the form for one step and its if-then plan."""
    sure = confirm(
        plain(words("Remove this step?")),
        plain(words("It leaves your goal together with its plan.")),
        plain(words("Remove")),
        plain(words("Keep it")),
    )
    return View(
        title=plain(words("Step")),
        callback="step.save",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        memo={"step": str(step.id)},
        blocks=(
            ask("text", plain(words("What will you do?")), line(steps.STEP, step.text)),
            ask(
                "plan",
                plain(words("When and where? A plan with if and then")),
                line(
                    steps.PLAN,
                    step.plan,
                    plain(words("If it is Tuesday at 9:00, then I rehearse the opening")),
                ),
                optional=True,
                hint=plain(words("A moment you will recognise makes it easier to begin. For you alone.")),
            ),
            actions(button(plain(words("Remove this step")), "step.remove", str(step.id), style="danger", asking=sure)),
        ),
    )


def new_steps(goal: Goal, words: Words) -> View:
    """Return the form for further steps of a goal."""
    return View(
        title=plain(words("New steps")),
        callback="steps.add",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        memo={"goal": str(goal.id)},
        blocks=(section(fill("*{title}*", title=goal.title)), ask_for_steps(words)),
    )
