"""Propose to people when they could meet first, each time as it stands on everybody's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.enrolments import EnrolmentRow
from bot.db.transaction import Transaction
from bot.domain import cadence, meeting_times


@dataclass(frozen=True, slots=True)
class OnTheClock:
    """A proposed time as it is for some of the people; ``start`` and ``end`` are in their zone."""

    names: tuple[str, ...]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Proposals:
    """Each proposal is told once for every different clock. ``common``: all lie in everybody's working hours."""

    times: tuple[tuple[OnTheClock, ...], ...]
    common: bool


def propose_times(
    tx: Transaction, members: Sequence[EnrolmentRow], taken: meeting_times.Window | None = None
) -> Proposals:
    """Return up to three times at which ``members`` could meet in the coming ten days, but not within ``taken``."""
    found = meeting_times.meeting_times([row.presence for row in members], tx.now, taken)
    return Proposals(tuple(_on_clocks(start, members) for start in found.starts), found.common)


def _on_clocks(start: datetime, members: Sequence[EnrolmentRow]) -> tuple[OnTheClock, ...]:
    clocks: dict[datetime, OnTheClock] = {}
    for row in members:
        zone = cadence.zone(row.person.zone)
        local = start.astimezone(zone)
        shown = local.replace(tzinfo=None)  # what the clock says: two zones may say the same
        names = clocks[shown].names if shown in clocks else ()
        clocks[shown] = OnTheClock((*names, row.person.name), local, (start + meeting_times.LENGTH).astimezone(zone))
    return tuple(clocks.values())
