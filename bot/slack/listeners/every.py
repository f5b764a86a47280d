"""Every listener of the house, for the router."""

from __future__ import annotations

from bot.slack.listeners import (
    agreements,
    answers,
    archive,
    arrangements,
    attendance,
    checkins,
    enrolments,
    events,
    fits,
    follow_ups,
    goals,
    help,  # noqa: A004  the listener is called what it answers
    ledger,
    listening,
    meetings,
    moods,
    notes,
    offers,
    pairings,
    programmes,
    reminders,
    replies,
    rounds,
    schedules,
    silence,
    skills,
    steps,
    summaries,
    weeks,
    wishes,
    working,
)

LISTENERS = (
    *(help, programmes, enrolments, working, wishes, skills, schedules, attendance, rounds, arrangements),
    *(offers, pairings, agreements, fits, silence, goals, steps, archive, notes, checkins, answers, moods, summaries),
    *(replies, reminders, ledger, weeks, meetings, follow_ups, listening, events),
)
