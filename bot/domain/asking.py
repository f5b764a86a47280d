"""One unasked question a day: what is bound to its moment, and what gives way to it.

A person should not be asked twice within minutes, only because two things happen to be due on one day. What is about a
moment comes at that moment. Everything else may come a day later as well: it gives way to what is bound, to what is
more important, and to whatever the person was asked that day already.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain import cadence
from bot.domain.messages import MessageKind
from bot.domain.participants import Presence, next_working_moment
from bot.domain.slots import SlotKind

BOUND = frozenset(
    {
        # The week's question has its day and hour, and its reminder is about that day's.
        *(SlotKind.CHECKIN, SlotKind.REMINDER, SlotKind.LATER),
        # The round does not wait, neither does a meeting; what came of it is known best soon after.
        *(SlotKind.HEADS_UP, SlotKind.MEETING_DAY, SlotKind.MEETING_SOON, SlotKind.MEETING_AFTER),
    }
)
ASKS_NOTHING = frozenset({SlotKind.OFFER})
GIVES_WAY = (
    SlotKind.CLOSING,  # the end does not wait for long, and what comes next hangs on it
    SlotKind.HALF_TIME,
    SlotKind.FIT,
    SlotKind.UNSIGNED,
    SlotKind.NO_MEETING,
    SlotKind.SILENCE,  # after all others: each of them may bring the sign of life that makes it needless
)
"""What may come a day later, the most important first."""

QUESTIONS = frozenset(
    {
        *(MessageKind.CHECKIN, MessageKind.CHECKIN_REMINDER, MessageKind.CHECKIN_AGAIN),
        *(MessageKind.OFFER, MessageKind.HEADS_UP, MessageKind.HALF_TIME, MessageKind.CLOSING),
        *(MessageKind.MEETING_DAY, MessageKind.MEETING_SOON, MessageKind.MEETING_AFTER, MessageKind.MEETING_RHYTHM),
        *(MessageKind.FIT, MessageKind.AGREEMENT_NUDGE, MessageKind.NO_MEETING),
        *(MessageKind.SILENCE_NUDGE, MessageKind.SILENCE_ASK, MessageKind.SILENCE_OFFER, MessageKind.SILENCE_NOTICE),
    }
)
"""What the app says of its own accord and wants something for. What a partner wrote or did is news, however much."""


def goes_before(kind: SlotKind) -> frozenset[SlotKind]:
    """Return the kinds that ``kind``, one that gives way, lets go first on a day both are due."""
    return BOUND | frozenset(GIVES_WAY[: GIVES_WAY.index(kind)])


def end_of_day(there: Presence, day: date) -> datetime:
    """Return the moment at which a local day is over."""
    return cadence.instant(day + timedelta(days=1), cadence.clock_time(0), there.zone)


def next_chance(there: Presence, day: date, due_at: datetime) -> datetime:
    """Return when something due at ``due_at`` can come instead of on ``day``: the next working day, same local time."""
    following = cadence.next_working_day(day, there.region)
    local = due_at.astimezone(cadence.zone(there.zone)).time()
    return next_working_moment(there, cadence.instant(following, local, there.zone))
