"""A check-in as the partner reads it."""

from __future__ import annotations

from bot.domain.checkins import Outcome
from bot.locales import Words
from bot.slack.blocks import Block, Message, actions, button, context, section
from bot.slack.screens.goals import progress
from bot.slack.screens.trouble import message
from bot.slack.text import Mrkdwn, fill, first_name, lines, plain
from bot.usecases.summaries import CheckinSummary


def summary(read: CheckinSummary, words: Words) -> Message:
    """Return the shared part of a check-in for the partner."""
    name = first_name(read.author)
    parts = [_outcome_line(read, name, words)]
    if read.progress:
        parts.append(fill(words("{name} writes: {text}"), name=name, text=read.progress))
    if read.goal_title:
        state = progress(read.goal_done, read.goal_steps, words)
        parts.append(fill(words("Goal “{goal}” {progress}"), goal=read.goal_title, progress=state))
    parts.append(
        fill(
            words("Until {day}, {name} promises: *{promise}*"),
            day=words.date(read.next_day),
            name=name,
            promise=read.promise,
        )
    )
    if read.cheered:
        end: Block = context(fill(words("You cheered for {name}."), name=name))
    else:
        end = actions(button(plain(words("Cheer")), "checkin.cheer", str(read.id)))
    return Message(parts[0], (section(lines(*parts)), end))


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
    return message(fill(words(":clap: {name} is cheering you on."), name=name))
