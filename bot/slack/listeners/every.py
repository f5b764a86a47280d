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
    follow_ups,
    goals,
    help,  # noqa: A004  the listener is called what it answers
    listening,
    meetings,
    notes,
    offers,
    pairings,
    programmes,
    rounds,
    schedules,
    skills,
    summaries,
    wishes,
    working,
)

LISTENERS = (
    *(help, programmes, enrolments, working, wishes, skills, schedules, attendance, rounds, arrangements),
    *(offers, pairings, agreements, fits, meetings, follow_ups, listening, goals, notes, checkins, summaries, events),
)
