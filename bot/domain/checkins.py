"""The weekly check-in: when one is open, whose it is, and until when its promise is for.

It is open until the next one opens. What became of the promise counts from the first tap on, also when nothing
follows it: then the check-in counts as answered, a promise that was not kept is asked for again, and nobody is
written to about it. A week put aside is no answer that is missing: it breaks no row of weeks.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from bot.domain.access import NotYours
from bot.domain.refusals import N_, Refused


class CheckinState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    NOT_THIS_WEEK = "not_this_week"  # put aside by themselves: no answer is missing
    MISSED = "missed"  # the next one opened first; said to nobody


class Outcome(StrEnum):
    KEPT = "kept"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class CheckinOver(Refused):
    text = N_("A newer check-in has taken this one's place. Answer that one instead: `/tandem checkin`.")


class CheckinTooLate(NotYours):
    text = N_(
        "Your time together has ended, so nobody would read this any more. Copy what you wrote; `/tandem note` keeps "
        "it for you."
    )


class NoCheckin(Refused):
    text = N_("No check-in is open. The next one comes on {day}.")


class NoMoreCheckins(Refused):
    text = N_("No check-in is open, and no more come before your time together ends.")


class NoCheckinYet(Refused):
    text = N_("No check-in is open. They begin when you have a partner.")


def week_ends(day: date, ends_on: date) -> date:
    """Return until when a promise stands where no check-in follows ``day``: a week, but not beyond the last day."""
    return min(day + timedelta(days=7), max(day, ends_on))
