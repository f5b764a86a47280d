"""Goals that are reached or let go: the end, the archive, and what partners read."""

from __future__ import annotations

from bot.domain.goals import GoalState
from bot.domain.wording import LINE
from bot.locales import Words
from bot.slack.blocks import Block, Message, View, actions, ask, button, context, line, section
from bot.slack.screens.goals import progress
from bot.slack.text import Mrkdwn, by_first_name, clip, fill, first_name, lines, plain
from bot.usecases.archive import ArchivePage, Closed, ClosedElsewhere
from bot.usecases.goals import Goal

CARD = 900  # characters: ten of them fit into one message


def goal_reached(goal: Goal, words: Words) -> Message:
    """Celebrate a goal."""
    head = fill(words(":tada: *{title}*: you did it. Take a moment to enjoy it."), title=goal.title)
    told = (
        fill(words("{names} will hear of it."), names=by_first_name(goal.readers, words))
        if goal.readers
        else fill(words("Tell somebody about it."))
    )
    new = button(plain(words("Set a goal")), "goal.new")
    return Message(head, (section(lines(head, told)), actions(new, button(plain(words("Archive")), "goals.archive"))))


def farewell_form(goal: Goal, words: Words) -> View:
    """Ask for one honest sentence before a goal is let go."""
    told = (
        fill(
            words("{names} will hear that you let it go, without your sentence."),
            names=by_first_name(goal.readers, words),
        )
        if goal.readers
        else fill(words("Nobody else hears of it."))
    )
    return View(
        title=plain(words("Let a goal go")),
        callback="goal.drop",
        submit=plain(words("Let it go")),
        close=plain(words("Keep it")),
        memo={"goal": str(goal.id)},
        blocks=(
            section(fill("*{title}*", title=goal.title)),
            ask(
                "farewell",
                plain(words("One honest sentence: why is now the time to let it go?")),
                line(LINE, goal.farewell),
                optional=True,
                hint=plain(words("For you alone. You find it in your archive.")),
            ),
            context(told),
        ),
    )


def goal_let_go(goal: Goal, words: Words) -> View:
    """Say kindly that a goal is let go, in the form's window."""
    text = fill(words("You let *{title}* go. Making room is a decision too."), title=goal.title)
    new = button(plain(words("Set a goal")), "goal.new")
    return View(title=plain(words("Let a goal go")), close=plain(words("Close")), blocks=(section(text), actions(new)))


def archive(page: ArchivePage, words: Words) -> Message:
    """Return one page of the goals somebody has closed."""
    back = button(plain(words("See my goals")), "goals.show")
    if not page.total:
        text = fill(words("Your archive is empty. Goals you have reached or let go will wait here."))
        return Message(text, (section(text), actions(back)))
    head = fill(
        words.many("*Your archive* ({count})", "*Your archive* ({count})", page.total), count=words.number(page.total)
    )
    ways = [back]
    if page.page > 0:
        ways.append(button(plain(words("Newer")), "goals.archive.newer", str(page.page - 1)))
    if page.page + 1 < page.pages:
        ways.append(button(plain(words("Older")), "goals.archive.older", str(page.page + 1)))
    return Message(head, (section(head), *(_closed(one, words) for one in page.goals), actions(*ways)))


def _closed(closed: Closed, words: Words) -> Block:
    goal, day = closed.goal, words.full_date(closed.day)
    bar = progress(goal.done, len(goal.steps), words)
    parts = [fill("*{title}*  {bar}", title=goal.title, bar=bar), _ended(goal, day, words)]
    if goal.farewell and goal.state is GoalState.DROPPED:
        parts.append(fill(words("“{farewell}”"), farewell=goal.farewell))
    return section(clip(lines(*parts), CARD), button(plain(words("Take up again")), "goal.resume", str(goal.id)))


def _ended(goal: Goal, day: str, words: Words) -> Mrkdwn:
    if goal.state is GoalState.DONE:
        return fill(words("Reached on {day}"), day=day)
    return fill(words("Let go on {day}"), day=day)


def partner_reached(read: ClosedElsewhere, words: Words) -> Message:
    """Tell a partner that a goal was reached, with a way to cheer."""
    name = first_name(read.author)
    head = fill(words(":tada: {name} has reached a goal: *{title}*"), name=name, title=read.title)
    if read.cheered:
        end: Block = context(fill(words("You cheered for {name}."), name=name))
    else:
        end = actions(button(plain(words("Cheer")), "goal.cheer", str(read.id)))
    return Message(head, (section(head), end))


def partner_let_go(read: ClosedElsewhere, words: Words) -> Message:
    """Tell a partner kindly that a goal was let go."""
    name = first_name(read.author)
    text = fill(words("{name} has let a goal go, to make room: *{title}*"), name=name, title=read.title)
    ask_about = fill(words("When you next talk, you could ask what comes instead."))
    ways = actions(button(plain(words("See my partner")), "partner.show"))
    return Message(text, (section(lines(text, ask_about)), ways))
