"""All tables in one place, for migrations and for the data register."""

from __future__ import annotations

from bot.db import (  # noqa: F401  importing a module is what puts its table into the metadata
    agreements,
    attendance,
    audit,
    budgets,
    checkins,
    closings,
    enrolments,
    fits,
    follow_ups,
    goals,
    inbound,
    listening,
    meetings,
    moods,
    notes,
    offers,
    outbox,
    pairings,
    people,
    programmes,
    promises,
    reflections,
    replies,
    rounds,
    schedules,
    self_checks,
    silence,
    skills,
    slots,
    snapshots,
    thanks,
)
from bot.db.base import Row

metadata = Row.metadata
