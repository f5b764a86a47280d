"""What one says to a partner's check-in: a line, or the offer to help. The author of the check-in reads it alone."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.domain import wording
from bot.domain.access import NotYours
from bot.domain.refusals import N_, Refused, at_field
from bot.domain.undo import can_undo

MOST = 20  # lines one person writes to another about one check-in: I pass a word on, the talk is theirs


class ReplyKind(StrEnum):
    LINE = "line"
    HELP = "help"  # an offer without words


class NotTogether(Refused):
    text = N_("You two are not together any more, so I cannot pass this on. If you like, write to each other directly.")
    field = "text"


class TooManyLines(Refused):
    text = N_("There is a lot to say here. I pass on up to {limit} lines a week; the rest is for the two of you.")
    field = "text"


class LineStands(Refused):
    text = N_("It can be taken back for {minutes} minutes, and they are over. You can still write another line.")


class LineGone(NotYours):
    text = N_("That line has been taken back already; nobody can read it here any more. You can write another one.")


def check_undo(said_at: datetime, now: datetime, minutes: int) -> None:
    """Return if a line may still be taken back as if it had never been. Raises LineStands."""
    if not can_undo(said_at, now, minutes):
        raise LineStands(minutes=minutes)


def kept_line(text: str) -> str:
    """Return a line as it is kept. Raises TextMissing or TextTooLong at its field."""
    with at_field("text"):
        return wording.kept_line(text)


def check_room_for_one_more(written: int) -> None:
    """Return if somebody who wrote so many lines may write another. Raises TooManyLines."""
    if written >= MOST:
        raise TooManyLines(limit=MOST)
