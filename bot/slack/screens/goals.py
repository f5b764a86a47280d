"""Goals: the form, the list, how each goes and who can see it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import goals, steps
from bot.domain.goals import Aim, Confidence, GoalKind, GoalState
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
    select,
)
from bot.slack.text import Mrkdwn, Plain, as_typed, clip, fill, first_name, lines, one_line, plain
from bot.usecases.goals import Goal, MyGoals, Step

BAR = 10
STEPS_SHOWN = 5
CARDS_IN_FULL = 3  # with more goals than that, each shows its next step alone, without the plan
HEAD = 700  # characters: an escaped text can be five times as long as what was typed, and all has to fit together
NAMES = OPTION - 15  # characters: an option has some words beside the names


def goal_form(goal: Goal | None, partners: tuple[str, ...], words: Words, *, title: str = "") -> View:
    """Return the form for a new or existing goal; ``title`` is what was typed after the command."""
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
            *([] if goal else [ask_for_steps(words, optional=True)]),
            ask(
                "visibility",
                plain(words("Who can see it?")),
                radio(visibility_options(partners, words), _initial(goal, partners)),
            ),
            *_about(goal, words),
        ),
    )


def _about(goal: Goal | None, words: Words) -> list[Block]:
    """Return what may be left out."""
    kind = goal.kind.value if goal and goal.kind else None
    aim = goal.aim.value if goal and goal.aim else None
    why, measure, due_on = (goal.why, goal.measure, goal.due_on) if goal else (None, None, None)
    choose = plain(words("Choose"))
    return [
        ask("why", plain(words("Why does it matter to you?")), paragraph(TEXT, why), optional=True),
        ask("kind", plain(words("What is it about?")), select(_kinds(words), kind, choose), optional=True),
        ask("aim", plain(words("What comes first?")), select(_aims(words), aim, choose), optional=True),
        ask(
            "measure",
            plain(words("How will you know that you are there?")),
            paragraph(TEXT, measure),
            optional=True,
        ),
        ask("due_on", plain(words("By when?")), date_picker(due_on), optional=True),
    ]


def _kinds(words: Words) -> list[Element]:
    labels = {
        GoalKind.SKILL: words("A skill"),
        GoalKind.LEADERSHIP: words("Leadership and communication"),
        GoalKind.CAREER: words("Career"),
        GoalKind.WELLBEING: words("Wellbeing"),
        GoalKind.OTHER: words("Something else"),
    }
    return [option(plain(label), kind.value) for kind, label in labels.items()]


def _aims(words: Words) -> list[Element]:
    labels = {
        Aim.LEARNING: words("Learning: I want to be able to do it"),
        Aim.RESULT: words("A result: I want to get it done"),
    }
    return [option(plain(label), aim.value) for aim, label in labels.items()]


def ask_for_steps(words: Words, *, optional: bool = False) -> Block:
    """Return the input for new steps."""
    return ask(
        "steps",
        plain(words("Small steps, one per line")),
        paragraph(TEXT, None, plain(words("Write the outline"))),
        optional=optional,
        hint=plain(words("Steps you could do within a week are a good size.")),
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


def goal_list(mine: MyGoals, words: Words) -> Message:
    """Return somebody's goals under way, and the way to those that are closed."""
    archive = [button(plain(words("Archive")), "goals.archive")] if mine.closed else []
    if not mine.active:
        text = fill(words("No goal yet. What would you like to be able to do?"))
        new = button(plain(words("Set a goal")), "goal.new", style="primary")
        return Message(text, (section(text), actions(new, *archive)))
    head = fill(words("*Your goals*"))
    more = [button(plain(words("Set another goal")), "goal.new")] if mine.room else []
    ways = [actions(*more, *archive)] if more or archive else []
    return Message(head, (section(head), *goal_cards(mine.active, words), *ways))


def goal_cards(mine: tuple[Goal, ...], words: Words) -> list[Block]:
    """Return goals one below the other; where there are many, each with its next step alone."""
    in_full = len(mine) <= CARDS_IN_FULL
    return [block for goal in mine for block in goal_card(goal, words, in_full=in_full)]


def goal_card(goal: Goal, words: Words, *, in_full: bool = True) -> list[Block]:
    """Return one goal: title, progress, the next steps to tick, and what can be done with it."""
    head = [
        fill("*{title}*  {bar}", title=goal.title, bar=progress(goal.done, len(goal.steps), words)),
        readers_line(goal.visibility, goal.readers, words),
    ]
    if goal.due_on:
        head.append(fill(words("By {day}"), day=words.full_date(goal.due_on)))
    all_steps = button(plain(words("All steps")), "steps.show", str(goal.id))
    return [
        section(clip(lines(*head), HEAD), _menu(goal, words)),
        *_open_steps(goal, words, in_full=in_full),
        actions(_confidence(goal, words), all_steps),
    ]


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


def _confidence(goal: Goal, words: Words) -> Element:
    options = [option(confidence_label(one, words), f"{one.value}:{goal.id}") for one in Confidence]
    said = f"{goal.confidence.value}:{goal.id}" if goal.confidence else None
    return select(options, said, plain(words("How is it going?"))) | {"action_id": "goal.confidence"}


def confidence_label(confidence: Confidence, words: Words) -> Plain:
    """Return how a goal goes, in two words."""
    return {
        Confidence.ON_TRACK: plain(words("On track")),
        Confidence.AT_RISK: plain(words("At risk")),
        Confidence.STUCK: plain(words("Stuck")),
    }[confidence]


def _open_steps(goal: Goal, words: Words, *, in_full: bool) -> list[Block]:
    waiting = [step for step in goal.steps if not step.done][: STEPS_SHOWN if in_full else 1]
    texts = [step_text(step if in_full else replace(step, plan=None), words) for step in waiting]
    return [
        section(texts[i], button(plain(words("Done")), f"step.tick.{i}", str(step.id)))
        for i, step in enumerate(waiting)
    ]


def step_text(step: Step, words: Words) -> Plain:
    """Return a step with its plan below, and a mark when it is done."""
    text = plain("✓ {step}" if step.done else "{step}", step=one_line(step.text, steps.STEP))
    if not step.plan:
        return text
    return plain("{step}\n{plan}", step=text, plan=plain(words("Your plan: {plan}"), plan=step.plan))


def progress(done: int, steps_in_all: int, words: Words) -> Mrkdwn:
    """Return a quiet bar and the count; nothing where there are no steps."""
    if not steps_in_all:
        return Mrkdwn("")
    full = BAR * steps.percent(done, steps_in_all) // 100
    bar = "▰" * full + "▱" * (BAR - full)
    return fill(
        words.many("{bar} {done} of {steps} step", "{bar} {done} of {steps} steps", steps_in_all),
        bar=bar,
        done=done,
        steps=steps_in_all,
    )


def title_option(title: str) -> Plain:
    """Return a goal's title for a menu."""
    return one_line(title, 75) or as_typed("–")
