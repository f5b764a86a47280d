"""No minute now: what somebody reads who puts a check-in off, and what their partner reads."""

from __future__ import annotations

from bot.locales import Words
from bot.slack.blocks import Message, actions, button, section
from bot.slack.screens.trouble import message
from bot.slack.text import by_first_name, fill, first_name, lines, plain
from bot.usecases.checkins import CheckinPrompt
from bot.usecases.postponements import Postponed, PutAside


def later(postponed: Postponed, words: Words) -> Message:
    """Say when the question comes back, or that today has no room for it any more."""
    asked = postponed.prompt
    if postponed.at:
        text = fill(words("I will ask you again at {time}."), time=words.time(postponed.at.time()))
    else:
        text = fill(words("Today is nearly over. Answer whenever it suits you; a late answer counts as well."))
    answer = button(plain(words("Answer in one minute")), "checkin.open", str(asked.id), style="primary")
    aside_button = button(plain(words("Not this week")), "checkin.aside", str(asked.id))
    return Message(text, (section(text), actions(answer, aside_button)))


def aside(asked: CheckinPrompt, words: Words) -> Message:
    """Say that this week is put aside, what stands, and who has been told."""
    head = fill(words("This week is left out, and nothing is missing."))
    said = {"names": by_first_name(asked.partners, words), "day": words.date(asked.next_day)}
    text = lines(head, fill(_stands(asked, words), **said))
    return Message(
        text, (section(text), actions(button(plain(words("Answer after all")), "checkin.open", str(asked.id))))
    )


def _stands(asked: CheckinPrompt, words: Words) -> str:
    if asked.promised:
        return words("Your promise stands until {day}, and {names} will read just that.")
    if asked.last:
        return words("{names} will read that you leave it out. Looking back on your time together comes next.")
    return words("I will ask you again on {day}, and {names} will read just that.")


def told_aside(told: PutAside, words: Words) -> Message:
    """Tell a partner kindly that a week is left out."""
    said = {"name": first_name(told.author), "day": words.date(told.next_day), "promise": told.promised or ""}
    if told.promised:
        return message(fill(words("{name} leaves this week out. The promise stands until {day}: *{promise}*"), **said))
    if told.last:
        return message(
            fill(words("{name} leaves this week out. Looking back on your time together comes next."), **said)
        )
    return message(fill(words("{name} leaves this week out and checks in again on {day}."), **said))
