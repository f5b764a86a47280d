"""Catching up: what waited for a process, for Slack or for the end of a break comes as one message."""

from __future__ import annotations

from datetime import datetime

from bot.domain.messages import Destination, MessageKind, destination
from bot.domain.participants import Presence, next_working_moment
from bot.domain.slots import GRACE

ENOUGH = 3  # late messages to one person from which on they come together
MOST = 15  # in one message: with a button each they still fit

# They have a question or a beginning of their own, or carry others already.
_ALONE = frozenset(
    {
        *(MessageKind.CHECKIN, MessageKind.CHECKIN_REMINDER, MessageKind.CHECKIN_AGAIN, MessageKind.HEADS_UP),
        *(MessageKind.MEETING_PROPOSED, MessageKind.MEETING_DAY, MessageKind.MEETING_SOON, MessageKind.MEETING_AFTER),
        *(MessageKind.MEETING_RHYTHM, MessageKind.NO_MEETING, MessageKind.HEARD, MessageKind.FOLLOW_UP_GIVEN),
        *(MessageKind.INTRODUCTION_ALONE, MessageKind.CATCH_UP, MessageKind.OFFER, MessageKind.FIT),
        *(MessageKind.HALF_TIME, MessageKind.CLOSING),
    }
)


def may_be_carried(kind: MessageKind) -> bool:
    """Say whether messages of ``kind`` may come together with others: news for one person, and no question."""
    return destination(kind) is Destination.PERSON and kind not in _ALONE


def is_late(there: Presence, made_at: datetime, not_before: datetime, now: datetime) -> bool:
    """Say whether a message still waits more than an hour after it could first have gone.

    That is the next working moment after it was made. A break does not count: what it held up comes together as well.
    """
    return now - min(not_before, next_working_moment(there, made_at)) > GRACE
