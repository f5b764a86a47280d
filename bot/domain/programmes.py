"""A programme: its name, rhythm, length and guidelines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.domain import wording
from bot.domain.cadence import Weekday
from bot.domain.people import Language
from bot.domain.refusals import N_, Refused, at_field

NAME = 80  # characters
WEEKS = range(1, 53)
HOURS = range(24)


class ProgrammeState(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"


class WeeksOutOfRange(Refused):
    text = N_("Choose a length between 1 and 52 weeks, as a whole number.")
    field = "weeks"


class BotNotInvited(Refused):
    text = N_("I am not in this channel yet. Type `/invite @Tandem` here, then run this again.")


class RoomNotPrivate(Refused):
    text = N_(
        "The people who run the programme need a private channel of their own. Create one, "
        "invite me, and run this there."
    )


class RoomShared(Refused):
    text = N_("This channel is shared with another company, so it cannot be the owners' room. Use one of your own.")


class NoProgramme(Refused):
    text = N_("There is no programme here yet. The people who run it can start one with `/tandem-admin setup`.")


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """What an owner fills in.

    ``hour`` is each person's own local hour, 0–23; ``weeks`` how long a pairing lives; ``ask_first`` whether people
    accept or decline a match before they are introduced.
    """

    name: str
    purpose: str
    weekday: Weekday
    hour: int
    weeks: int
    guidelines: str
    language: Language
    ask_first: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What Slack says about the channel a programme is to be run from."""

    channel: str
    private: bool
    bot_inside: bool
    shared: bool


def read_weeks(text: str) -> int:
    """Return the number of weeks typed. Raises WeeksOutOfRange."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4 and int(digits) in WEEKS):  # noqa: PLR2004
        raise WeeksOutOfRange
    return int(digits)


def read_weekday(name: str) -> Weekday:
    """Return the weekday of an English name; Monday for anything else."""
    return Weekday.__members__.get(name.upper(), Weekday.MONDAY)


def read_hour(text: str) -> int:
    """Return an hour 0–23; nine for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 and int(text) in HOURS else 9  # noqa: PLR2004


def kept_plan(plan: ProgrammePlan) -> ProgrammePlan:
    """Return ``plan`` with its texts as kept. Raises TextMissing, TextTooLong, WeeksOutOfRange."""
    if plan.weeks not in WEEKS:
        raise WeeksOutOfRange
    with at_field("name"):
        name = wording.kept_line(plan.name, NAME)
    with at_field("purpose"):
        purpose = wording.optional(plan.purpose) or ""
    with at_field("guidelines"):
        guidelines = wording.optional(plan.guidelines) or ""
    return replace(plan, name=name, purpose=purpose, guidelines=guidelines)


def check_room(room: Room) -> None:
    """Return if ``room`` can be an owners' room. Raises RoomNotPrivate, BotNotInvited or RoomShared."""
    if not room.private:  # first: nobody is to invite the bot to a channel that is refused next
        raise RoomNotPrivate
    if not room.bot_inside:
        raise BotNotInvited
    if room.shared:
        raise RoomShared


def last_day(started: date, weeks: int) -> date:
    """Return the last day of a pairing that started on ``started`` and lives ``weeks`` weeks."""
    return started + timedelta(weeks=weeks)
