"""Every listener of the house, for the router."""

from __future__ import annotations

from bot.slack.listeners import (
    agreements,
    arrangements,
    attendance,
    certificates,
    checkins,
    closings,
    enrolments,
    events,
    fits,
    goals,
    help,  # noqa: A004  the listener is called what it answers
    milestones,
    notes,
    offers,
    pairings,
    programmes,
    rounds,
    schedules,
    self_checks,
    skills,
    summaries,
    thanks,
    wishes,
    working,
)

LISTENERS = (
    *(help, programmes, enrolments, working, wishes, skills, schedules, attendance, rounds, arrangements),
    *(offers, pairings, agreements, fits, goals, notes, checkins, summaries, events),
    *(milestones, self_checks, closings, thanks, certificates),
)
