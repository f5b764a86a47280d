"""The one reminder of a check-in, and how somebody likes to get it."""

from __future__ import annotations

from bot.domain.reminders import ReminderProfile
from bot.locales import Words
from bot.slack.blocks import Element, Message, View, ask, button, context, option, radio, section
from bot.slack.screens.checkins import answer_row, is_tapped, next_tap, outcome_row, promise_line, the_last
from bot.slack.text import fill, first_name, plain
from bot.usecases.checkins import CheckinPrompt


def reminder(asked: CheckinPrompt, how: ReminderProfile, words: Words) -> Message:
    """Return the one reminder of the week, in the tone its reader chose; who tapped once gets the second tap."""
    if is_tapped(asked):
        return next_tap(asked, words)
    text = fill(_said(how, asked, words), name=first_name(asked.name))
    promised = (section(promise_line(asked, words)), outcome_row(asked, words)) if asked.promised else ()
    settings = button(plain(words("Reminders")), "reminder.edit")
    return Message(text, (section(text), *the_last(asked, words), *promised, answer_row(asked, words, settings)))


def _said(how: ReminderProfile, asked: CheckinPrompt, words: Words) -> str:
    match how:
        case ReminderProfile.GENTLE:
            return words(
                "Whenever it suits you, {name}: your check-in for this week is still here. It can stay open too."
            )
        case ReminderProfile.ACTIVE:
            return words("Your check-in is still open, {name}. One minute now, and it is done for this week.")
        case _ if asked.promised:
            return words(
                "Your check-in for this week is still open, {name}. A minute is enough, and “not yet” is an answer too."
            )
        case _ if asked.asks_promise:
            return words("Your check-in for this week is still open, {name}. One small thing to promise is enough.")
        case _:
            return words("Your check-in for this week is still open, {name}. One line about how it went is enough.")


def reminder_form(how: ReminderProfile, words: Words) -> View:
    """Return the choice of how to be reminded, with what stands chosen."""
    return View(
        title=plain(words("Reminders")),
        callback="reminder.save",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        blocks=(
            section(fill(words("When a check-in stays open, I remind you once. How would you like it?"))),
            ask("reminders", plain(words("Remind me")), radio(_choices(words), how.value)),
            context(fill(words("Always within your working hours, never on a holiday or during a break."))),
        ),
    )


def _choices(words: Words) -> list[Element]:
    return [
        option(plain(words("Gently: after two working days")), ReminderProfile.GENTLE.value),
        option(plain(words("As usual: on the next working day")), ReminderProfile.STANDARD.value),
        option(plain(words("Soon: still on the same day")), ReminderProfile.ACTIVE.value),
    ]


def saved(words: Words) -> View:
    """Say that it is kept, and from when on it holds."""
    said = fill(words("Saved. It holds from your next check-in on."))
    return View(title=plain(words("Reminders")), close=plain(words("Close")), blocks=(section(said),))
