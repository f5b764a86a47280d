"""Half-time and the last week of a pairing: when its people are asked, and how long late answers count."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain import cadence
from bot.domain.access import NotYours
from bot.domain.refusals import N_
from bot.domain.rules import Rules


class TimeOver(NotYours):
    text = N_(
        "Your time together ended more than {days} days ago, so I cannot take this any more. Copy what you wrote; "
        "`/tandem note` keeps it for you."
    )


def half_day(begun: date, ends_on: date, rules: Rules) -> date | None:
    """Return the day halfway through a time together; None where it is too short to stop halfway."""
    span = ends_on - begun
    return begun + span // 2 if span >= timedelta(weeks=rules.half_time_weeks) else None


def closing_day(begun: date, ends_on: date, rules: Rules) -> date:
    """Return the day on which the end is spoken of first: some days before the last, but after the half."""
    half = begun + (ends_on - begun) // 2
    return max(ends_on - timedelta(days=rules.closing_days), half + timedelta(days=1))


def ask_at(day: date, zone: str, region: str) -> datetime:
    """Return the local afternoon of ``day``, or of the next working day behind it."""
    working = day if cadence.is_working_day(day, region) else cadence.next_working_day(day, region)
    return cadence.instant(working, cadence.AFTERNOON, zone)


def over_at(ends_on: date, zone: str) -> datetime:
    """Return the moment at which the last day is over: what looks ahead to the end is worth nothing from then on."""
    return cadence.instant(ends_on + timedelta(days=1), cadence.clock_time(0), zone)


def answers_count_until(ended_on: date, rules: Rules) -> date:
    """Return the last day on which late answers to the closing question count."""
    return ended_on + timedelta(days=rules.late_answer_days)
