"""Weeks in a row in which somebody answered: for themselves alone, never shown to anybody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from bot.domain import cadence
from bot.domain.checkins import CheckinState


def weeks_in_a_row(checkins: Iterable[tuple[date, CheckinState]]) -> int:
    """Return how many weeks in a row were answered; ``checkins`` as (local day, state), the newest first.

    Only a week that passed without an answer ends the row. A break or a holiday has no check-in, one put aside and
    one still open count neither way, and a report ahead of time belongs to its week.
    """
    total = 0
    for _, week in groupby(checkins, key=lambda one: cadence.iso_week(one[0])):
        states = {state for _, state in week}
        if CheckinState.ANSWERED in states:
            total += 1
        elif CheckinState.MISSED in states:
            break
    return total
