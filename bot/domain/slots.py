"""A slot: one thing due for one person, planned once, decided once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from bot.domain.cadence import CATCH_UP
from bot.domain.ids import PersonId


class SlotKind(StrEnum):
    CHECKIN = "checkin"
    REMINDER = "reminder"
    LATER = "later"  # somebody wants to be asked again today; the period is its hour
    OFFER = "offer"  # until when somebody may think about a match
    FIT = "fit"  # ask how the partner fits
    UNSIGNED = "unsigned"  # ask whether the agreement is still to be signed
    SILENCE = "silence"  # look how long nothing was heard of somebody
    HALF_TIME = "half_time"  # halfway through a time together; the period is the day
    CLOSING = "closing"  # its end is near; the period is the day
    HEADS_UP = "heads_up"  # a round is coming; the period is its day
    MEETING_DAY = "meeting_day"  # the day before; the period of the three is the minute a meeting begins
    MEETING_SOON = "meeting_soon"
    MEETING_AFTER = "meeting_after"  # did it take place?
    NO_MEETING = "no_meeting"  # has it been long since the last one?


class SlotState(StrEnum):
    PLANNED = "planned"
    FIRED = "fired"
    SKIPPED = "skipped"
    MERGED = "merged"  # folded into another: an older check-in into the newest, a late reminder into its check-in


class LatePolicy(StrEnum):
    """What to do when the moment has passed because nobody was running."""

    SEND = "send"  # late is better than never, until it expires
    MERGE = "merge"  # late it adds nothing to what it belongs to if that still waits; else as SEND
    SKIP = "skip"  # about a moment: late is pointless, record that it was skipped


@dataclass(frozen=True, slots=True)
class Lateness:
    """What becomes of a kind of slot that is found late, and for how long after its moment it is worth anything."""

    policy: LatePolicy
    worth: timedelta


LATE: Mapping[SlotKind, Lateness] = MappingProxyType(
    {
        # Of two weeks found at once only the newer is asked: it asks about the same promise.
        SlotKind.CHECKIN: Lateness(LatePolicy.SEND, CATCH_UP),
        # A check-in that still waits to be sent needs no reminder beside it.
        SlotKind.REMINDER: Lateness(LatePolicy.MERGE, timedelta(days=1)),
        # They asked for it, so it comes; the next day the reminder is there.
        SlotKind.LATER: Lateness(LatePolicy.SEND, timedelta(hours=12)),
        # Others wait for the answer that silence gives, so it counts however late it is found.
        SlotKind.OFFER: Lateness(LatePolicy.SEND, timedelta(days=30)),
        SlotKind.FIT: Lateness(LatePolicy.SEND, timedelta(days=7)),
        SlotKind.UNSIGNED: Lateness(LatePolicy.SEND, timedelta(days=7)),
        # It is a look, not a message: what follows from it goes by the day on which it is made.
        SlotKind.SILENCE: Lateness(LatePolicy.SEND, timedelta(days=30)),
        SlotKind.HALF_TIME: Lateness(LatePolicy.SEND, timedelta(days=7)),
        # Late it is worth no less: what comes next is decided on the last day, and then it is left out.
        SlotKind.CLOSING: Lateness(LatePolicy.SEND, timedelta(days=28)),
        # Worth sending until the round itself, which decides: whoever joins on the day before still hears of it.
        SlotKind.HEADS_UP: Lateness(LatePolicy.SEND, timedelta(weeks=3)),
        # No longer than until the meeting itself, which decides.
        SlotKind.MEETING_DAY: Lateness(LatePolicy.SEND, timedelta(days=1)),
        SlotKind.MEETING_SOON: Lateness(LatePolicy.SKIP, timedelta(hours=1)),
        SlotKind.MEETING_AFTER: Lateness(LatePolicy.SEND, timedelta(days=7)),
        SlotKind.NO_MEETING: Lateness(LatePolicy.SEND, timedelta(days=14)),
    }
)
GRACE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Due:
    """Something due for one person, once per ``period`` (ISO week, ISO date or hour).

    ``until``: when it is worth nothing any more whatever its kind is worth.
    """

    programme: UUID
    person: PersonId
    kind: SlotKind
    period: str
    at: datetime
    until: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """The moment from which on it is no longer worth sending."""
        expires = self.at + LATE[self.kind].worth
        return min(expires, self.until) if self.until else expires


def fate(policy: LatePolicy, due_at: datetime, expires_at: datetime, now: datetime, *, carried: bool) -> SlotState:
    """Return what becomes of a slot found at ``now``; ``carried``: what it belongs to still waits to be sent."""
    late = now - due_at > GRACE
    if now >= expires_at or (late and policy is LatePolicy.SKIP):
        return SlotState.SKIPPED
    return SlotState.MERGED if late and carried and policy is LatePolicy.MERGE else SlotState.FIRED
