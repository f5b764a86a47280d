"""A check-in as the partner reads it."""

from __future__ import annotations

from bot.domain.checkins import Outcome
from bot.domain.goals import Confidence
from bot.locales import Words
from bot.slack.blocks import Block, Element, Message, actions, button, context, section
from bot.slack.screens.goals import progress
from bot.slack.screens.trouble import message
from bot.slack.text import Mrkdwn, fill, first_name, lines, plain
from bot.usecases.summaries import CheckinSummary, SharedGoal


def summary(read: CheckinSummary, words: Words) -> Message:
    """Return the shared part of a check-in for the partner."""
    name = first_name(read.author)
    hand = [fill(words("*{name} could use a hand.*"), name=name)] if read.hand_up else []
    parts = [*hand, _outcome_line(read, name, words)]
    if read.progress:
        parts.append(fill(words("{name} writes: {text}"), name=name, text=read.progress))
    parts += [_goal_line(goal, words) for goal in read.goals]
    if read.promise:
        said = words("By {day}, {name} promises: *{promise}*")
        parts.append(fill(said, day=words.date(read.next_day), name=name, promise=read.promise))
    return Message(parts[0], (section(lines(*parts)), *_done(read, name, words), _ways(read, words)))


def _goal_line(goal: SharedGoal, words: Words) -> Mrkdwn:
    said = {
        Confidence.ON_TRACK: words("Goal “{goal}” is on track. {progress}"),
        Confidence.AT_RISK: words("Goal “{goal}” is at risk. {progress}"),
        Confidence.STUCK: words("Goal “{goal}” is stuck. {progress}"),
        None: words("Goal “{goal}” {progress}"),
    }[goal.confidence]
    return fill(said, goal=goal.title, progress=progress(goal.done, goal.steps, words))


def _done(read: CheckinSummary, name: str, words: Words) -> list[Block]:
    """Return what the reader has done already."""
    said = [words("You cheered for {name}.")] if read.cheered else []
    said += [words("You offered {name} your help.")] if read.helping else []
    return [context(fill(" ".join(said), name=name))] if said else []


def _ways(read: CheckinSummary, words: Words) -> Block:
    """Return what the reader can do; help comes first for whoever could use it."""
    cheer = [] if read.cheered else [button(plain(words("Cheer")), "checkin.cheer", str(read.id))]
    reply = button(plain(words("Reply")), "checkin.reply", str(read.id))
    style = "primary" if read.hand_up else ""
    help_: list[Element] = [button(plain(words("I can help")), "checkin.help", str(read.id), style=style)]
    if read.helping:
        help_ = []
    return actions(*help_, *cheer, reply) if read.hand_up else actions(*cheer, reply, *help_)


def _outcome_line(read: CheckinSummary, name: str, words: Words) -> Mrkdwn:
    said = {"name": name, "promise": read.promised or ""}
    match read.outcome:
        case Outcome.KEPT:
            return fill(words("{name} kept the promise: *{promise}*"), **said)
        case Outcome.PARTLY:
            return fill(words("{name} got part of the way: *{promise}*"), **said)
        case Outcome.NOT_YET:
            return fill(words("{name} is not there yet: *{promise}*"), **said)
        case _:
            return fill(words("{name} has checked in."), name=name)


def cheered(name: str, words: Words) -> Message:
    return message(fill(words(":clap: {name} is cheering you on."), name=first_name(name)))
