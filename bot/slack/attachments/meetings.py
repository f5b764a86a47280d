"""A meeting for calendars: a file (RFC 5545), and addresses that fill in the form of Google's and Outlook's calendar.

Slack cannot change what stands in a calendar, so the file carries the meeting's lasting id and a number that rises.
"""

from __future__ import annotations

from datetime import UTC
from urllib.parse import quote, urlencode

from icalendar import Calendar, Event, vCalAddress

from bot.domain.meetings import MeetingState
from bot.locales import Words
from bot.slack.attachments.attachment import Attachment
from bot.slack.text import Mrkdwn, as_typed, fill, one_line, plain
from bot.usecases.meeting_cards import Meeting

_NOBODY = "invalid:nomail"  # RFC 5546 wants an organizer; no address of anybody is known here
_PART = 600  # characters of an encoded text in an address: Slack takes 3,000 for an address
_GOOGLE = "https://calendar.google.com/calendar/render"
_OUTLOOK = "https://outlook.office.com/calendar/0/deeplink/compose"


def title(meeting: Meeting, words: Words) -> str:
    """Return what a meeting is called in a calendar."""
    return str(plain(words("Tandem: meeting with {names}"), names=words.list(meeting.partners)))


def calendar_file(meeting: Meeting, words: Words) -> Attachment:
    """Return the calendar file of an agreed meeting, or the one that takes it out again."""
    called_off = meeting.state is MeetingState.CANCELLED
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Tandem//Tandem//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if called_off else "PUBLISH")
    event.add("uid", f"{meeting.uid}@tandem")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.made_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    event.add("summary", title(meeting, words))
    organizer = vCalAddress(_NOBODY)
    organizer.params["cn"] = "Tandem"
    event.add("organizer", organizer)
    for name, text in (("description", meeting.topic), ("location", meeting.place)):
        if text:
            event.add(name, str(as_typed(text)))
    calendar.add_component(event)
    return Attachment("tandem.ics", calendar.to_ical(), one_line(title(meeting, words), 200), _said(meeting, words))


def _said(meeting: Meeting, words: Words) -> Mrkdwn:
    if meeting.state is MeetingState.CANCELLED:
        return fill(words("Open the file to take the meeting out of your calendar, or delete the entry by hand."))
    if meeting.instead_of:
        return fill(words("Open the file to move the entry in your calendar. Slack cannot do that for you."))
    return fill(words("Open the file to put the meeting into your calendar."))


def google(meeting: Meeting, words: Words) -> str:
    """Return the address of Google's calendar with the meeting filled in."""
    moments = "/".join(one.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for one in (meeting.starts_at, meeting.ends_at))
    asked = {"action": "TEMPLATE", "dates": moments, "text": title(meeting, words)}
    return _address(_GOOGLE, asked, details=meeting.topic, location=meeting.place)


def outlook(meeting: Meeting, words: Words) -> str:
    """Return the address of Outlook's calendar with the meeting filled in."""
    start, end = (one.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for one in (meeting.starts_at, meeting.ends_at))
    asked = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "startdt": start,
        "enddt": end,
        "subject": title(meeting, words),
    }
    return _address(_OUTLOOK, asked, body=meeting.topic, location=meeting.place)


def _address(page: str, asked: dict[str, str], **texts: str | None) -> str:
    given = {name: _cut(text) for name, text in {**asked, **texts}.items() if text}
    return f"{page}?{urlencode(given, quote_via=quote, safe='')}"


def _cut(text: str) -> str:
    """Return the beginning of ``text`` that is short enough once it is encoded."""
    kept = str(as_typed(text))
    while len(quote(kept, safe="")) > _PART:
        kept = kept[:-1]
    return kept
