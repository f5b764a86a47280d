"""Follow-ups: the form, what a partner is told, and the lines of a weekly message."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.follow_ups import SHOWN, FollowUpState
from bot.domain.wording import LINE
from bot.locales import Words
from bot.slack.blocks import (
    Block,
    Element,
    Message,
    View,
    actions,
    ask,
    button,
    context,
    date_picker,
    line,
    option,
    section,
    select,
)
from bot.slack.screens.trouble import message
from bot.slack.text import Mrkdwn, as_typed, fill, first_name, lines, plain
from bot.usecases.follow_ups import FollowUp, FollowUpForm


def form(asked: FollowUpForm, words: Words) -> View:
    """Return the form of one follow-up of a meeting."""
    people = [option(as_typed(name), slack_id) for slack_id, name in asked.people]
    return View(
        title=plain(words("Follow-up")),
        callback="follow_up.save",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        memo={"meeting": str(asked.meeting)},
        blocks=(
            ask("follow_up", plain(words("What is to be done?")), line(LINE)),
            ask("doer", plain(words("Who takes it on?")), select(people, asked.people[0][0])),
            ask("by", plain(words("By when?")), date_picker(), optional=True),
            context(fill(words("It comes up in the weekly check-in until it is ticked. Only your pairing reads it."))),
        ),
    )


def kept(one: FollowUp, meeting: str, words: Words) -> View:
    """Say that a follow-up of ``meeting`` stands."""
    said = (
        fill(words("{name} is told, within their working hours."), name=first_name(one.doer))
        if one.given
        else Mrkdwn("")
    )
    more = actions(button(plain(words("Add another")), "follow_up.again", meeting))
    return View(
        title=plain(words("Follow-up")),
        close=plain(words("Close")),
        blocks=(section(lines(fill(words("Saved: *{text}*"), text=one.text), said)), more),
    )


def given(one: FollowUp, words: Words) -> Message:
    """Tell somebody what a partner wrote down for them, or what became of it."""
    if not one.mine or one.state is not FollowUpState.OPEN:
        return closed(one, words)
    said = fill(words("{name} wrote down for you: *{text}*"), name=first_name(one.author), text=one.text)
    done = button(plain(words("Done")), "follow_up.done", str(one.id), style="primary")
    back = button(plain(words("Hand it back")), "follow_up.back", str(one.id))
    return Message(said, (section(lines(said, *_until(one, words))), actions(done, back)))


def returned(one: FollowUp, words: Words) -> Message:
    """Tell its author that a follow-up came back."""
    if not one.mine or one.state is not FollowUpState.OPEN:
        return closed(one, words)
    said = fill(words("This one came back to you, which is fine: *{text}*"), text=one.text)
    return Message(said, (section(lines(said, *_until(one, words))), actions(_done(one, words))))


def closed(one: FollowUp, words: Words) -> Message:
    """Say what became of a follow-up."""
    match one.state:
        case FollowUpState.DONE:
            return message(fill(words("Done: *{text}*"), text=one.text))
        case FollowUpState.DROPPED:
            return message(fill(words("Let go: *{text}*"), text=one.text))
        case _:
            return message(fill(words("{name} takes this on now: *{text}*"), name=first_name(one.doer), text=one.text))


def open_lines(several: Sequence[FollowUp], words: Words) -> list[Block]:
    """Return what somebody has to follow up, each with its tick, for a message that asks for a week."""
    if not several:
        return []
    head = section(fill(words("*Your follow-ups*")))
    rows = [section(lines(fill("{text}", text=one.text), *_until(one, words)), _tick(one, words)) for one in several]
    return [head, *rows[:SHOWN]]


def _done(one: FollowUp, words: Words) -> Element:
    return button(plain(words("Done")), "follow_up.done", str(one.id))


def _tick(one: FollowUp, words: Words) -> Element:
    return button(plain(words("Done")), "follow_up.tick", str(one.id))


def _until(one: FollowUp, words: Words) -> list[Mrkdwn]:
    return [fill(words("By {day}"), day=words.date(one.due_on))] if one.due_on else []
