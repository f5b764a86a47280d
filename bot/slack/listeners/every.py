"""Every listener of the house, for the router."""

from __future__ import annotations

from bot.slack.listeners import (
    agreements,
    arrangements,
    attendance,
    checkins,
    enrolments,
    events,
    fits,
    goals,
    help,  # noqa: A004  the listener is called what it answers
    notes,
    offers,
    pairings,
    programmes,
    rounds,
    schedules,
    silence,
    skills,
    summaries,
    wishes,
    working,
)

LISTENERS = (
    *(help, programmes, enrolments, working, wishes, skills, schedules, attendance, rounds, arrangements),
    *(offers, pairings, agreements, fits, silence, goals, notes, checkins, summaries, events),
)
