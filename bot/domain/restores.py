"""After a database was put back: what may have been sent since the backup, and so is not simply sent again."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.messages import Destination, MessageKind, MessageState

REASON = "restored"  # the error class of what a restore put in doubt
LOOKED_UP_FOR = timedelta(days=8)  # a check-in moved by a lost change of zone, hour or day is at most a week off
# What comes by itself, at its time, with the same key however often: after a restore it comes to pass again.
BY_ITSELF = frozenset(
    {
        MessageKind.CHECKIN,
        MessageKind.CHECKIN_REMINDER,
        MessageKind.CHECKIN_AGAIN,
        MessageKind.PARTNER_BACK,
        MessageKind.PARTNER_LEFT,
        MessageKind.HALF_TIME,
        MessageKind.CLOSING,
        MessageKind.PAIRING_ENDED,
    }
)


def in_doubt(kind: MessageKind, restored_at: datetime | None, now: datetime) -> bool:
    """Say whether a new message of ``kind`` may have been sent before the restore: then it is looked up first."""
    return kind in BY_ITSELF and restored_at is not None and now < restored_at + LOOKED_UP_FOR


def open_after_restore(destination: Destination) -> MessageState:
    """Return the state of what was open in the backup: in its own DM the bot can look, elsewhere a person decides."""
    return MessageState.AMBIGUOUS if destination is Destination.PERSON else MessageState.HELD
