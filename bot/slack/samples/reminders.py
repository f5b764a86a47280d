"""The one reminder, and how to get it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.checkins import Outcome
from bot.domain.reminders import ReminderProfile
from bot.slack.samples.checkins import asked_of, last_of
from bot.slack.samples.content import Content
from bot.slack.samples.sample import Sample, of
from bot.slack.screens import reminders


def samples(content: Content) -> Iterator[Sample]:
    asked = asked_of(content)
    for how in ReminderProfile:
        yield of(reminders.reminder, how, asked=asked, how=how)
        yield of(reminders.reminder_form, how, how=how)
    yield of(reminders.reminder, "first week", asked=replace(asked, promised=None), how=ReminderProfile.STANDARD)
    last = last_of(asked)
    yield of(reminders.reminder, "the last", asked=last, how=ReminderProfile.STANDARD)
    said = replace(last, promised=None)
    yield of(reminders.reminder, "the last, nothing promised", asked=said, how=ReminderProfile.STANDARD)
    tapped = replace(asked, outcome=Outcome.KEPT, settled=True)
    yield of(reminders.reminder, "after one tap", asked=tapped, how=ReminderProfile.GENTLE)
    yield of(reminders.saved)
