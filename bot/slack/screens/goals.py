"""Goals and their steps."""

from __future__ import annotations

from bot.domain import goals
from bot.domain.goals import GoalState
from bot.domain.visibility import Visibility, fingerprint, preselected
from bot.domain.wording import TEXT
from bot.locales import Words
from bot.slack.blocks import (
    OPTION,
    Block,
    Element,
    Message,
    View,
    actions,
    ask,
    button,
    date_picker,
    line,
    option,
    overflow,
    paragraph,
    radio,
    section,
)
from bot.slack.text import Mrkdwn, Plain, as_typed, fill, first_name, lines, one_line, plain
from bot.usecases.goals import Goal

BAR = 10
STEPS_SHOWN = 5
NAMES = OPTION - 15  # characters: an option has some words beside the names


def goal_form(goal: Goal | None, partners: tuple[str, ...], words: Words, *, title: str = "") -> View:
    """Return the form for a new or existing goal; ``title`` is what was typed after the command."""
    steps = "\n".join(step.text for step in goal.steps) if goal else None
    return View(
        title=plain(words("Your goal")),
        callback="goal.save",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        memo={"goal": str(goal.id) if goal else "", "readers": fingerprint(partners)},
        blocks=(
            ask(
                "title",
                plain(words("What would you like to be able to do?")),
                line(
                    goals.TITLE,
                    goal.title if goal else title[: goals.TITLE],
                    plain(words("For example: speak in front of 50 people")),
                ),
            ),
            ask(
                "why",
                plain(words("Why does it matter to you?")),
                paragraph(TEXT, goal.why if goal else None),
                optional=True,
            ),
            ask(
                "measure",
                plain(words("How will you know that you are there?")),
                paragraph(TEXT, goal.measure if goal else None),
                optional=True,
            ),
            ask("due_on", plain(words("By when?")), date_picker(goal.due_on if goal else None), optional=True),
            ask(
                "steps",
                plain(words("Small steps, one per line")),
                paragraph(TEXT, steps, plain(words("Write the outline"))),
                optional=True,
                hint=plain(words("Steps you could do within a week are a good size.")),
            ),
            ask(
                "visibility",
                plain(words("Who can see it?")),
                radio(visibility_options(partners, words), _initial(goal, partners)),
            ),
        ),
    )


def _initial(goal: Goal | None, partners: tuple[str, ...]) -> str:
    return (preselected(goal.visibility, goal.readers, partners) if goal else Visibility.SHARED).value


def visibility_options(partners: tuple[str, ...], words: Words) -> list[Element]:
    """Return the two choices, with the partners' names where there are some."""
    shared = (
        plain(words("{names} too"), names=_fitting(partners, words))
        if partners
        else plain(words("My partner too, once I have one"))
    )
    return [option(shared, Visibility.SHARED.value), option(plain(words("Only me")), Visibility.PRIVATE.value)]


def _fitting(names: tuple[str, ...], words: Words) -> str:
    """Return names as an option can carry them: first names when the full ones are too long together."""
    full = words.list(names)
    return full if len(full) <= NAMES else words.list([first_name(name) for name in names])


def readers_line(visibility: Visibility, readers: tuple[str, ...], words: Words) -> Mrkdwn:
    """Say who can see a thing, today."""
    if readers:
        return fill(words("Shared with {names}."), names=words.list(readers))
    if visibility is Visibility.SHARED:
        return fill(words("Visible to you alone until you have a partner."))
    return fill(words("Visible to you alone."))


def goal_kept(goal: Goal, words: Words) -> View:
    """Say that a goal stands and who sees it."""
    text = lines(
        fill(words("*{title}* is saved."), title=goal.title), readers_line(goal.visibility, goal.readers, words)
    )
    return View(title=plain(words("Your goal")), close=plain(words("Close")), blocks=(section(text),))


def goal_list(mine: tuple[Goal, ...], words: Words) -> Message:
    """Return somebody's goals under way."""
    if not mine:
        text = fill(words("No goal yet. What would you like to be able to do?"))
        return Message(text, (section(text), actions(button(plain(words("Set a goal")), "goal.new", style="primary"))))
    head = fill(words("*Your goals*"))
    blocks = [block for goal in mine for block in goal_card(goal, words)]
    more = () if len(mine) >= goals.MOST_ACTIVE else (actions(button(plain(words("Set another goal")), "goal.new")),)
    return Message(head, (section(head), *blocks, *more))


def goal_card(goal: Goal, words: Words) -> list[Block]:
    """Return one goal: title, progress, the next steps to tick, and what can be done with it."""
    head = [
        fill("*{title}*  {bar}", title=goal.title, bar=progress(goal.done, len(goal.steps), words)),
        readers_line(goal.visibility, goal.readers, words),
    ]
    if goal.due_on:
        head.append(fill(words("By {day}"), day=words.full_date(goal.due_on)))
    blocks = [section(lines(*head), _menu(goal, words))]
    return [*blocks, *_open_steps(goal, words)]


def _menu(goal: Goal, words: Words) -> Element:
    name = str(goal.id)
    return overflow(
        "goal.menu",
        [
            option(plain(words("Edit")), f"edit:{name}"),
            option(plain(words("Mark as reached")), f"{GoalState.DONE}:{name}"),
            option(plain(words("Let it go")), f"{GoalState.DROPPED}:{name}"),
        ],
    )


def _open_steps(goal: Goal, words: Words) -> list[Block]:
    waiting = [step for step in goal.steps if not step.done][:STEPS_SHOWN]
    return [
        section(one_line(step.text, TEXT), button(plain(words("Done")), f"step.tick.{i}", str(step.id)))
        for i, step in enumerate(waiting)
    ]


def progress(done: int, steps: int, words: Words) -> Mrkdwn:
    """Return a quiet bar and the count; nothing where there are no steps."""
    if not steps:
        return Mrkdwn("")
    full = round(BAR * done / steps)
    bar = "▰" * full + "▱" * (BAR - full)
    return fill(
        words.many("{bar} {done} of {steps} step", "{bar} {done} of {steps} steps", steps),
        bar=bar,
        done=done,
        steps=steps,
    )


def goal_ended(goal: Goal, words: Words) -> Message:
    """Celebrate a goal, or let it go kindly."""
    if goal.state is GoalState.DONE:
        text = fill(
            words(":tada: *{title}*: you did it. Take a moment to enjoy it, and tell somebody."), title=goal.title
        )
    else:
        text = fill(words("You let *{title}* go. Making room is a decision too."), title=goal.title)
    return Message(text, (section(text), actions(button(plain(words("Set a goal")), "goal.new"))))


def title_option(title: str) -> Plain:
    """Return a goal's title for a menu."""
    return one_line(title, 75) or as_typed("–")
