"""Every listener of the house, for the router."""

from __future__ import annotations

from bot.slack.listeners import (
    agreements,
    answers,
    archive,
    arrangements,
    attendance,
    certificates,
    checkins,
    closings,
    enrolments,
    events,
    fits,
    follow_ups,
    goals,
    help,  # noqa: A004  the listener is called what it answers
    ledger,
    listening,
    meetings,
    milestones,
    moods,
    notes,
    offers,
    pairings,
    programmes,
    reminders,
    replies,
    rounds,
    schedules,
    self_checks,
    silence,
    skills,
    steps,
    summaries,
    thanks,
    weeks,
    wishes,
    working,
)

LISTENERS = (
    *(help, programmes, enrolments, working, wishes, skills, schedules, attendance, rounds, arrangements),
    *(offers, pairings, agreements, fits, silence, goals, steps, archive, notes, checkins, answers, moods, summaries),
    *(replies, reminders, ledger, weeks, meetings, follow_ups, listening),
    *(milestones, self_checks, closings, thanks, certificates, events),
)
