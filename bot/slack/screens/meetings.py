"""Meetings: one as it stands, reminders with four questions, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.meetings import Answer, Happened, MeetingState
from bot.locales import Words
from bot.slack.attachments.meetings import google, outlook
from bot.slack.blocks import Block, Element, Message, View, actions, button, context, section
from bot.slack.screens.trouble import message
from bot.slack.text import Mrkdwn, by_first_name, fill, first_name, lines, plain
from bot.usecases.meeting_cards import Meeting

HAPPENED = {f"meeting.{said}": said for said in Happened}


def suggested(meeting: Meeting, words: Words) -> View:
    """Say that a suggestion is on its way."""
    asked = fill(words("I am asking {names}, within their working hours."), names=by_first_name(meeting.missing, words))
    text = lines(when(meeting, words), asked)
    return View(title=plain(words("Suggested")), close=plain(words("Close")), blocks=(section(text),))


def planned(several: Sequence[Meeting], words: Words) -> Message:
    """Return everything that is planned or suggested, each as it stands, and the way to more."""
    parts = [card(one, words) for one in several]
    more = actions(button(plain(words("Plan another one")), "meeting.new"))
    return Message(parts[0].text, (*(block for one in parts for block in one.blocks), more))


def card(meeting: Meeting, words: Words) -> Message:
    """Return a meeting as it stands for one of its people, with what they can do."""
    head = _head(meeting, words)
    body = section(lines(head, when(meeting, words), *_about(meeting, words)))
    extra: list[Block] = [_calendars(meeting, words)] if meeting.state is MeetingState.ACCEPTED else []
    buttons = _buttons(meeting, words)
    return Message(head, (body, *extra, *([actions(*buttons)] if buttons else [])))


def _head(meeting: Meeting, words: Words) -> Mrkdwn:
    names = by_first_name(meeting.partners, words)
    match meeting.state:
        case MeetingState.PROPOSED if meeting.mine is Answer.OPEN and meeting.instead_of:
            said = words("{author} suggests another time for your meeting on {day}:")
            return fill(said, author=first_name(meeting.author), day=words.date(meeting.instead_of.date()))
        case MeetingState.PROPOSED if meeting.mine is Answer.OPEN:
            return fill(words("{author} suggests a time to meet:"), author=first_name(meeting.author))
        case MeetingState.PROPOSED:
            return fill(words("Suggested. Still open: {missing}."), missing=by_first_name(meeting.missing, words))
        case MeetingState.ACCEPTED if meeting.instead_of:
            said = words("You meet {names} at another time than before. Move it in your calendar, I cannot do that:")
            return fill(said, names=names)
        case MeetingState.ACCEPTED:
            return fill(words("You meet {names}:"), names=names)
        case _:
            return _closed(meeting, words)


def _closed(meeting: Meeting, words: Words) -> Mrkdwn:
    names = by_first_name(meeting.partners, words)
    match meeting.state:
        case MeetingState.CANCELLED:
            return fill(words("Called off, take it out of your calendar if it is in there:"))
        case MeetingState.DECLINED:
            return fill(words("Not this time:"))
        case MeetingState.HELD:
            return fill(words("You met {names}:"), names=names)
        case MeetingState.MISSED:
            return fill(words("This meeting did not happen:"))
        case _:
            return fill(words("There is another time instead of this one:"))


def when(meeting: Meeting, words: Words) -> Mrkdwn:
    """Return day, time and length on the reader's clock."""
    day = words.date(meeting.starts_at.date())
    return fill(
        words("*{day}, {start}–{end}*"),
        day=f"{day} {meeting.starts_at.year}" if meeting.far else day,
        start=words.time(meeting.starts_at.time()),
        end=words.time(meeting.ends_at.time()),
    )


def _about(meeting: Meeting, words: Words) -> list[Mrkdwn]:
    told = ((words("Where: {text}"), meeting.place), (words("About: {text}"), meeting.topic))
    return [fill(label, text=text) for label, text in told if text]


def _calendars(meeting: Meeting, words: Words) -> Block:
    return actions(
        button(plain(words("Calendar file")), "meeting.file", str(meeting.id), style="primary"),
        button(plain(words("Google Calendar")), "meeting.google", url=google(meeting, words)),
        button(plain(words("Outlook calendar")), "meeting.outlook", url=outlook(meeting, words)),
    )


def _buttons(meeting: Meeting, words: Words) -> list[Element]:
    name = str(meeting.id)
    another = button(plain(words("Suggest another time")), "meeting.another", name)
    match meeting.state:
        case MeetingState.PROPOSED if meeting.mine is Answer.OPEN:
            accept = button(plain(words("Accept")), "meeting.accept", name, style="primary")
            return [accept, another, button(plain(words("Not this time")), "meeting.decline", name)]
        case MeetingState.PROPOSED:
            return [another, button(plain(words("Call it off")), "meeting.call_off", name)]
        case MeetingState.ACCEPTED:
            change = button(plain(words("Change the time")), "meeting.another", name)
            return [change, button(plain(words("Call it off")), "meeting.call_off", name)]
        case MeetingState.CANCELLED:
            return [button(plain(words("Calendar file")), "meeting.file", name), find_a_time(words)]
        case MeetingState.DECLINED | MeetingState.MISSED:
            return [find_a_time(words)]
        case _:
            return []


def find_a_time(words: Words, *, style: str = "") -> Element:
    """Return the button to a new suggestion."""
    return button(plain(words("Find a time")), "meeting.new", style=style)


def declined(meeting: Meeting, words: Words) -> Message:
    """Tell whoever suggested a time that somebody cannot make it."""
    names = by_first_name(meeting.declined, words)
    head = fill(words("{names} cannot make it at the time you suggested:"), names=names)
    return Message(head, (section(lines(head, when(meeting, words))), actions(find_a_time(words, style="primary"))))


def day_before(meeting: Meeting, words: Words) -> Message:
    """Remind of a meeting on the last working day before it."""
    head = fill(words("Your next meeting with {names}:"), names=by_first_name(meeting.partners, words))
    parts = lines(head, when(meeting, words), *_about(meeting, words))
    return Message(head, (section(parts), section(_agenda(words)), actions(*_buttons(meeting, words))))


def soon(meeting: Meeting, words: Words) -> Message:
    """Remind of a meeting that is about to begin, with a way to note what comes of it."""
    head = fill(
        words("You meet {names} at {time}."),
        names=by_first_name(meeting.partners, words),
        time=words.time(meeting.starts_at.time()),
    )
    add = button(plain(words("Add follow-up")), "follow_up.new", str(meeting.id))
    return Message(head, (section(lines(head, *_about(meeting, words))), section(_agenda(words)), actions(add)))


def _agenda(words: Words) -> Mrkdwn:
    return lines(
        fill(words("*Four questions that help*")),
        fill(words("• *Goal:* what would make this meeting worth your time?")),
        fill(words("• *Reality:* where do you stand, and what have you tried?")),
        fill(words("• *Options:* what else could you do, even if it sounds odd?")),
        fill(words("• *Way forward:* what will you do next, and by when?")),
    )


def afterwards(meeting: Meeting, words: Words) -> Message:
    """Ask whether a meeting took place."""
    if meeting.said:
        return answered(meeting, words)
    head = fill(
        words("Did you meet {names} on {day}?"),
        names=by_first_name(meeting.partners, words),
        day=words.date(meeting.starts_at.date()),
    )
    labels = {
        Happened.MET: words("Yes"),
        Happened.MOVED: words("We moved it"),
        Happened.NOT_MET: words("It did not happen"),
    }
    buttons = [button(plain(labels[said]), name, str(meeting.id)) for name, said in HAPPENED.items()]
    note = fill(words("All answers are fine. The people who run the programme see totals, no names."))
    return Message(head, (section(head), actions(*buttons), context(note)))


def answered(meeting: Meeting, words: Words) -> Message:
    """Say what comes next after an answer."""
    match meeting.said:
        case Happened.MET:
            text = fill(words("Good. Is there something to follow up, while it is fresh?"))
            add = button(plain(words("Add follow-up")), "follow_up.new", str(meeting.id), style="primary")
            heard = button(plain(words("What I heard")), "heard.new", str(meeting.id))
            return Message(text, (section(text), actions(add, heard)))
        case Happened.MOVED:
            text = fill(words("All right. Do you have a new time? Then I can remind you of it."))
        case _:
            text = fill(words("That happens. A short meeting is better than none: shall we look for a time?"))
    return Message(text, (section(text), actions(find_a_time(words, style="primary"))))


def rhythm(names: tuple[str, ...], words: Words) -> Message:
    """Ask whether the rhythm still fits after meetings were put off again and again."""
    text = fill(
        words(
            "Your meeting with {names} has been put off a few times now. That is nobody's fault. Does the rhythm you "
            "have agreed on still fit your days?"
        ),
        names=by_first_name(names, words),
    )
    agreed = button(plain(words("Our agreement")), "agreement.show", style="primary")
    return Message(text, (section(text), actions(agreed, find_a_time(words))))


def no_meeting(names: tuple[str, ...], words: Words) -> Message:
    """Ask two people who have not met for long whether they want to."""
    text = fill(
        words("You and {names} have not met for a while. Half an hour is enough. Shall we find a time?"),
        names=by_first_name(names, words),
    )
    return Message(text, (section(text), actions(find_a_time(words, style="primary"))))


def file_is_there(words: Words) -> Message:
    """Say where the calendar file has gone."""
    return message(fill(words("The calendar file is in our messages.")))
