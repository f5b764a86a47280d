"""What is said when something cannot be done: always with what to do next."""

from __future__ import annotations

from datetime import date

from bot.domain.access import NotEnrolled
from bot.domain.answers import AnswerStands, StepGone
from bot.domain.checkins import CheckinOver, NoCheckin
from bot.domain.enrolments import AlreadyJoined
from bot.domain.goals import GoalClosed, TooManyGoals
from bot.domain.pairings import Resting
from bot.domain.refusals import Refused
from bot.locales import Words
from bot.slack.blocks import MESSAGE, TEXT, Block, Message, actions, button, section
from bot.slack.text import Mrkdwn, Plain, as_typed, fill, plain


def refusal(refused: Refused, words: Words, typed: str = "") -> Message:
    """Return a refusal as a private message, with what was ``typed`` to copy and, where there is one, the way on."""
    text = fill(words(refused.text), **_shown(refused, words))
    blocks = [section(text), *handed_back(typed, words)]
    return Message(text, (*blocks, *way_on(refused, words)))


def way_on(refused: Refused, words: Words) -> list[Block]:
    """Return the button that does what a refusal asks for, where there is one."""
    match refused:
        case NotEnrolled():
            way = button(plain(words("Join")), "join.start", style="primary")
        case AlreadyJoined():
            way = button(plain(words("Look at my profile")), "profile.edit")
        case GoalClosed():
            way = button(plain(words("Archive")), "goals.archive")
        case Resting():
            way = button(plain(words("Find me a partner")), "silence.back", style="primary")
        case TooManyGoals():
            way = button(plain(words("See my goals")), "goals.show")
        case NoCheckin():
            way = button(plain(words("Check in now")), "checkin.early")
        case CheckinOver() | StepGone() | AnswerStands():
            way = button(plain(words("Answer in one minute")), "checkin.open", style="primary")
        case _:
            return []
    return [actions(way)]


def with_partner(text: Mrkdwn, words: Words) -> Message:
    """Return news of a partner, with the way to everything about them."""
    return Message(text, (section(text), actions(button(plain(words("See my partner")), "partner.show"))))


def refusal_line(refused: Refused, words: Words) -> Plain:
    """Return a refusal for a form's field."""
    return plain(words(refused.text), **_shown(refused, words))


def _shown(refused: Refused, words: Words) -> dict[str, object]:
    return {name: words.date(value) if isinstance(value, date) else value for name, value in refused.values.items()}


def not_saved_line(words: Words) -> Plain:
    return plain(words("This could not be saved just now. Your text is still here: please send it again in a minute."))


def not_saved(typed: str, words: Words) -> Message:
    """Say that nothing was kept, and hand back what was typed to copy."""
    text = fill(words("That could not be saved just now, and nothing was changed. Please try again in a minute."))
    return Message(text, (section(text), *handed_back(typed, words)))


def handed_back(typed: str, words: Words) -> list[Block]:
    """Return what somebody typed, to copy; nothing where nothing was typed."""
    copy = as_typed(typed)[:MESSAGE]
    if not copy:
        return []
    parts = [section(Plain(copy[start : start + TEXT])) for start in range(0, len(copy), TEXT)]
    return [section(plain(words("Your text, to copy:"))), *parts]


def message(text: Mrkdwn) -> Message:
    """Return a message of one section."""
    return Message(text, (section(text),))
