"""An offer: a match whose people are asked whether they want it, before it goes live."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.participants import Presence, may_be_told_at, next_working_moment

TIME_TO_THINK = timedelta(days=3)


def answer_by(there: Presence, asked_at: datetime) -> datetime:
    """Return when silence becomes a yes: three days after somebody can have read the question, in working hours."""
    return next_working_moment(there, may_be_told_at(there, asked_at) + TIME_TO_THINK)
