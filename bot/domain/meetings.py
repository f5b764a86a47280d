"""Meetings of a pairing: suggested times, answers to them, and what became of them.

A suggestion is one time and is never changed: another time is another suggestion that stands in its place, so that a
button from yesterday can only ever mean what it said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.domain import cadence, wording
from bot.domain.participants import Presence, next_working_moment
from bot.domain.refusals import N_, Refused, at_field

LENGTHS = (30, 45, 60, 90)  # minutes
USUAL_LENGTH = 45
FURTHEST = timedelta(days=730)
MOST = 5  # meetings of one pairing that stand at once
_A_DAY = timedelta(days=1)


class MeetingState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REPLACED = "replaced"  # a suggestion another one stands in for
    DECLINED = "declined"
    CANCELLED = "cancelled"
    MOVED = "moved"  # was accepted, then put off
    HELD = "held"
    MISSED = "missed"  # did not happen; nobody asks why


STANDING = frozenset({MeetingState.PROPOSED, MeetingState.ACCEPTED})


class Answer(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Happened(StrEnum):
    """What somebody says afterwards."""

    MET = "met"
    MOVED = "moved"
    NOT_MET = "not_met"


STATE_AFTER = {
    Happened.MET: MeetingState.HELD,
    Happened.MOVED: MeetingState.MOVED,
    Happened.NOT_MET: MeetingState.MISSED,
}


class TimeMissing(Refused):
    text = N_("When do you want to meet? Choose one of the times, or a day and a time of your own.")
    field = "day"


class HourMissing(Refused):
    text = N_("At what time on that day?")
    field = "time"


class DayMissing(Refused):
    text = N_("On which day, at that time?")
    field = "day"


class MeetingPast(Refused):
    text = N_("That time has passed. Pick one that lies ahead.")
    field = "day"


class MeetingTooFar(Refused):
    text = N_("That is more than two years away. Pick a nearer day.")
    field = "day"


class MeetingTwice(Refused):
    text = N_("At that time you have a meeting with each other already. `/tandem meet` shows it.")
    field = "day"


class TooManyMeetings(Refused):
    text = N_("You have {limit} meetings planned already. Call one off first, or wait until it is over.")
    field = "day"


class MeetingOver(Refused):
    text = N_("This no longer stands: there is another time, or it was called off. `/tandem meet` shows what does.")


class MeetingBegun(Refused):
    text = N_("That time has passed. Suggest another one.")


class MeetingAhead(Refused):
    text = N_("This meeting has not begun yet. I will ask you when it is over.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks for: a time of one's own (``day`` and ``at``, local) or one of those it offered (``slot``)."""

    slot: str
    day: date | None
    at: time | None
    minutes: int
    place: str | None
    topic: str | None


def start_of(wanted: Wanted, zone: str, now: datetime) -> datetime:
    """Return the wanted start as an instant; a time of one's own goes before one that was offered.

    Raises TimeMissing, HourMissing, DayMissing, MeetingPast or MeetingTooFar (over two years).
    """
    if wanted.day and wanted.at:
        return _own_start(wanted.day, wanted.at, zone, now)
    if wanted.day:
        raise HourMissing
    if wanted.at:
        raise DayMissing
    return _ahead(_offered(wanted.slot), now)


def _own_start(day: date, at: time, zone: str, now: datetime) -> datetime:
    today = cadence.local_day(now, zone)
    if day < today:
        raise MeetingPast
    if day > today + FURTHEST:
        raise MeetingTooFar
    return _ahead(cadence.instant(day, at, zone), now)


def _offered(slot: str) -> datetime:
    try:
        start = datetime.fromisoformat(slot)
    except ValueError:
        raise TimeMissing from None
    if start.tzinfo is None:
        raise TimeMissing
    return start


def _ahead(start: datetime, now: datetime) -> datetime:
    if start <= now:
        raise MeetingPast
    if start > now + FURTHEST:
        raise MeetingTooFar
    return start.astimezone(UTC).replace(second=0, microsecond=0)


def kept_words(wanted: Wanted) -> Wanted:
    """Return ``wanted`` with its texts as they are kept, one line each. Raises TextTooLong."""
    with at_field("place"):
        place = wording.optional(wanted.place, wording.LINE)
    with at_field("topic"):
        topic = wording.optional(wanted.topic, wording.LINE)
    return replace(wanted, place=place, topic=topic)


def read_length(text: str) -> int:
    """Return a length in minutes; the usual one for anything a form does not offer."""
    return next((minutes for minutes in LENGTHS if str(minutes) == text), USUAL_LENGTH)


def overlap(start: datetime, minutes: int, other: datetime, other_minutes: int) -> bool:
    """Say whether two meetings touch the same time."""
    return start < other + timedelta(minutes=other_minutes) and other < start + timedelta(minutes=minutes)


def period(start: datetime) -> str:
    """Return the minute a meeting starts in, as the period of its slots: ten digits."""
    return start.astimezone(UTC).strftime("%y%m%d%H%M")


def start_in(period_: str) -> datetime:
    """Return the start a slot's period names."""
    return datetime.strptime(period_, "%y%m%d%H%M").replace(tzinfo=UTC)


def day_before(there: Presence, start: datetime, hour: int) -> datetime:
    """Return when to remind ahead of a meeting: at ``hour`` on the last working day before its own."""
    day = there.day(start) - _A_DAY
    while not cadence.is_working_day(day, there.region):
        day -= _A_DAY
    return cadence.instant(day, cadence.clock_time(hour * 60), there.zone)


def ask_at(there: Presence, ends_at: datetime) -> datetime:
    """Return when to ask whether it took place: once it is over, at work."""
    return next_working_moment(there, ends_at)
