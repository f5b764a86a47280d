"""The form that suggests a time to meet."""

from __future__ import annotations

from datetime import UTC

from bot.domain.meetings import LENGTHS, USUAL_LENGTH, MeetingState
from bot.domain.wording import LINE
from bot.locales import Words
from bot.slack.blocks import (
    Block,
    Element,
    View,
    ask,
    context,
    date_picker,
    line,
    option,
    radio,
    section,
    select,
    time_picker,
)
from bot.slack.screens.pairings import times_lines
from bot.slack.text import Mrkdwn, Plain, fill, plain
from bot.usecases.meeting_cards import Meeting
from bot.usecases.meeting_times import OnTheClock, Proposals
from bot.usecases.meetings import Arranging


def form(arranging: Arranging, words: Words) -> View:
    """Return the form that suggests a time, or another one for the meeting it answers."""
    answers = arranging.answers
    memo = {"meeting": str(answers.id)} if answers else {"pairing": str(arranging.pairing)}
    return View(
        title=plain(words("Another time") if answers else words("Find a time to meet")),
        callback="meeting.suggest",
        submit=plain(words("Suggest")),
        close=plain(words("Cancel")),
        memo=memo,
        blocks=(*_choice(arranging, words), *_details(answers, words), context(_told(arranging, words))),
    )


def _choice(arranging: Arranging, words: Words) -> list[Block]:
    offered = [_offered(one[0], words) for one in arranging.times.times]
    slots = [ask("slot", plain(words("Times that could suit")), radio(offered), optional=True)] if offered else []
    where = plain(words("In your time zone, {zone}."), zone=arranging.zone)
    return [
        section(_origin(arranging.times, words)),
        *slots,
        ask("day", plain(words("Or a day of your own")), date_picker(), optional=True),
        ask("time", plain(words("At what time?")), time_picker(), optional=True, hint=where),
    ]


def _origin(times: Proposals, words: Words) -> Mrkdwn:
    """Say what the offered times are made of, and what they are on other clocks where these differ."""
    if times.times and times.common and all(len(clocks) == 1 for clocks in times.times):
        return fill(words("These times are from your working hours. I know nobody's calendar."))
    return times_lines(times, words)


def _offered(one: OnTheClock, words: Words) -> Element:
    label = plain(
        "{day}, {start}–{end}",
        day=words.date(one.start.date()),
        start=words.time(one.start.time()),
        end=words.time(one.end.time()),
    )
    return option(label, one.start.astimezone(UTC).isoformat())


def _details(answers: Meeting | None, words: Words) -> list[Block]:
    minutes = answers.minutes if answers else USUAL_LENGTH
    lengths = [option(_minutes(one, words), str(one)) for one in LENGTHS]
    return [
        ask("length", plain(words("How long?")), select(lengths, str(minutes))),
        ask(
            "place",
            plain(words("Where? A room, or the link to a call.")),
            line(LINE, answers.place if answers else None),
            optional=True,
        ),
        ask("topic", plain(words("What about?")), line(LINE, answers.topic if answers else None), optional=True),
    ]


def _minutes(minutes: int, words: Words) -> Plain:
    return plain(words.many("{minutes} minute", "{minutes} minutes", minutes), minutes=minutes)


def _told(arranging: Arranging, words: Words) -> Mrkdwn:
    names = words.list(arranging.partners)
    if arranging.answers and arranging.answers.state is MeetingState.ACCEPTED:
        text = words("{names} will be asked. Until all of you accept, the time you have agreed on stands.")
        return fill(text, names=names)
    return fill(words("{names} will be asked. You and they can read this, nobody else."), names=names)
