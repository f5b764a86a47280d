"""A sample of every screen of the house, filled with what people typed and the use cases' answers.

`tandem doctor --blocks` shows them to Slack; the tests hold them against golden files, limits and hostile text.
"""

from __future__ import annotations

from bot.locales import Words
from bot.slack.samples import (
    agreements,
    answers,
    archive,
    arrangements,
    attendance,
    catch_up,
    certificates,
    checkins,
    closings,
    doctor,
    enrolments,
    fits,
    goals,
    help,  # noqa: A004  the screen is called what it is
    home,
    ledger,
    meetings,
    milestones,
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
    snapshots,
    steps,
    summaries,
    trouble,
    weeks,
    wishes,
    working,
)
from bot.slack.samples.content import Content
from bot.slack.samples.sample import Sample


def samples(content: Content, words: Words) -> list[Sample]:
    """Return at least one sample of every screen."""
    return [
        *agreements.samples(content),
        *arrangements.samples(content),
        *catch_up.samples(content, words),
        *checkins.samples(content),
        *answers.samples(content, words),
        *summaries.samples(content),
        *closings.samples(content),
        *enrolments.samples(content, words),
        *fits.samples(content),
        *goals.samples(content),
        *steps.samples(content),
        *archive.samples(content),
        *ledger.samples(content),
        *meetings.samples(content),
        *milestones.samples(content),
        *certificates.samples(),
        *notes.samples(content),
        *offers.samples(content),
        *pairings.samples(content),
        *programmes.samples(content),
        *reminders.samples(content),
        *replies.samples(content),
        *rounds.samples(content),
        *attendance.samples(content),
        *schedules.samples(content),
        *self_checks.samples(),
        *silence.samples(content),
        *skills.samples(content),
        *snapshots.samples(),
        *weeks.samples(content),
        *wishes.samples(),
        *working.samples(content),
        *home.samples(content),
        *help.samples(content),
        *trouble.samples(content, words),
        *doctor.samples(),
    ]
