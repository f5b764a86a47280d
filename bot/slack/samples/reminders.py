"""The one reminder, and how to get it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.reminders import ReminderProfile
from bot.slack.samples.checkins import prompt_sample
from bot.slack.samples.content import Content
from bot.slack.samples.sample import Sample, of
from bot.slack.screens import reminders


def samples(content: Content) -> Iterator[Sample]:
    asked = prompt_sample(content)
    for how in ReminderProfile:
        yield of(reminders.reminder, how, asked=asked, how=how)
        yield of(reminders.reminder_form, how, how=how)
    yield of(reminders.reminder, "first week", asked=replace(asked, promised=None), how=ReminderProfile.STANDARD)
    yield of(reminders.saved)
