"""A slot: one thing due for one person, planned once, fired once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class SlotKind(StrEnum):
    CHECKIN = "checkin"
    REMINDER = "reminder"


class SlotState(StrEnum):
    PLANNED = "planned"
    FIRED = "fired"
    SKIPPED = "skipped"


class LatePolicy(StrEnum):
    """What to do when the moment has passed because nobody was running."""

    SEND = "send"  # late is better than never, until it expires
    SKIP = "skip"  # late is pointless: record that it was skipped


GRACE_SECONDS = 3_600


def still_worth_it(policy: LatePolicy, due_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Say whether a slot found at ``now`` is still to be fired."""
    if now >= expires_at:
        return False
    return policy is LatePolicy.SEND or (now - due_at).total_seconds() <= GRACE_SECONDS
