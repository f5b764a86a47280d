"""A match somebody is asked about before it goes live."""

from __future__ import annotations

from bot.locales import Words
from bot.slack.blocks import Message, actions, button, context, section
from bot.slack.screens.pairings import about, why_lines
from bot.slack.screens.trouble import message
from bot.slack.text import clip, fill, lines, plain
from bot.usecases.offers import Offer

PART = 2_000  # characters: several partners and the reasons stay within one message


def offer(asked: Offer, words: Words) -> Message:
    """Ask one person whether they want a match."""
    names = words.list([one.name for one in asked.partners])
    head = fill(words("I have a match for you in *{programme}*: {names}."), programme=asked.programme, names=names)
    reasons = clip(lines(fill(words("*Why you fit:*")), *why_lines(asked.reasons, words)), PART)
    why = (section(reasons),) if asked.reasons else ()
    choice = actions(
        button(plain(words("Accept")), "offer.accept", str(asked.id), style="primary"),
        button(plain(words("Not this one")), "offer.decline", str(asked.id)),
    )
    note = fill(
        words(
            "No reason needed, and I tell nobody who said no. If I hear nothing by {day}, I take it that you are happy "
            "with it."
        ),
        day=words.date(asked.until),
    )
    people = (section(clip(about(one, words), PART)) for one in asked.partners)
    return Message(head, (section(head), *people, *why, choice, context(note)))


def accepted(words: Words, *, complete: bool) -> Message:
    """Answer a yes; ``complete``: everybody has said it."""
    if complete:
        return came_about(words)
    return message(fill(words("Good, you are in. As soon as everybody has answered, I introduce you to each other.")))


def declined(words: Words) -> Message:
    text = words("All right. I tell nobody who said no. You come first in the next round.")
    return message(fill(text))


def came_about(words: Words) -> Message:
    text = words("It is a match. You find each other in the group message, under *Direct messages*.")
    return message(fill(text))


def over(words: Words) -> Message:
    """Tell somebody that a match came to nothing, not through whom."""
    text = words("The match I suggested did not come about. That says nothing about you: you come first next time.")
    return message(fill(text))
