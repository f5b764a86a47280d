"""When nothing is heard of somebody: four kind messages, and what is answered to them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.locales import Words
from bot.slack.blocks import Element, Message, actions, button, context, section
from bot.slack.screens.pairings import part_button
from bot.slack.screens.trouble import message
from bot.slack.text import Mrkdwn, Plain, by_first_name, fill, first_name, lines, plain
from bot.usecases.silence import Asked


def nudge(asked: Asked, words: Words) -> Message:
    """Ask somebody privately whether all is well."""
    text = lines(
        fill(words("It has been quiet for a while, and that is fine: some weeks are full.")),
        fill(words("One line is enough to tell {names} where you are."), names=by_first_name(asked.names, words)),
    )
    answer = button(plain(words("Answer now")), "checkin.open", style="primary")
    first = answer if asked.open else _here(asked, plain(words("All is well")))
    return Message(text, (section(text), actions(first, _rest(words), _stop(asked, words))))


def in_touch(asked: Asked, words: Words) -> Message:
    """Ask the partners whether they are in touch, without a word about who wrote or did not."""
    head = fill(words("Have you and {names} been in touch lately?"), names=by_first_name(asked.names, words))
    note = fill(words("Full weeks happen to everybody. Nobody else reads your answer."))
    apart = button(plain(words("Not lately")), "silence.apart", str(asked.silence))
    stop = button(plain(words("Stop asking")), "silence.stop", str(asked.silence))
    yes = _here(asked, plain(words("Yes, we are fine")))
    return Message(head, (section(head), actions(yes, apart, stop), context(note)))


def not_in_touch(asked: Asked, words: Words) -> Message:
    """Answer somebody who has not heard of their partner either."""
    text = lines(
        fill(words("Thank you for telling me. A short hello from you often helps: it is easy to answer.")),
        fill(words("If you would rather have a new partner, you can have one now. Nobody has done anything wrong.")),
    )
    return Message(text, (section(text), actions(_new(asked, words), _here(asked, plain(words("Give it more time"))))))


def offer(asked: Asked, words: Words) -> Message:
    """Offer the partners of somebody silent a way on, and say what happens otherwise."""
    several = len(asked.names) > 1
    head = fill(
        words("It has been quiet around {name} for a while. Nobody has done anything wrong."),
        name=first_name(asked.quiet),
    )
    then = (
        words("If it stays so, the two of you go on together from {day}.")
        if several
        else words(
            "If you like, you can have a new partner now. If it stays quiet, I end your time together on {day}, and "
            "you come first in the next round."
        )
    )
    text = lines(head, fill(then, day=words.full_date(asked.ends_on)))
    leave = button(plain(words("Leave it as it is")), "silence.stop", str(asked.silence))
    ways = [_here(asked, plain(words("We are in touch"))), leave]
    return Message(text, (section(text), actions(*([] if several else [_new(asked, words)]), *ways)))


def notice(asked: Asked, words: Words) -> Message:
    """Tell somebody silent when their time in a pairing ends, and how to keep it."""
    text = lines(
        fill(words("I have not heard from you for some time, and that is fine: life happens.")),
        fill(
            words("So that nobody waits, your time with {names} ends on {day}, unless you tell me that you are there."),
            names=by_first_name(asked.names, words),
            day=words.full_date(asked.ends_on),
        ),
    )
    here = _here(asked, plain(words("I am still here")))
    return Message(text, (section(text), actions(here, _rest(words), _stop(asked, words))))


def over(names: tuple[str, ...], words: Words) -> Message:
    """Tell somebody that their time in a pairing has ended, and that the door is open."""
    text = lines(
        _ended(names, words),
        fill(words("Your goals and notes stay with you. When you would like a new partner, tell me.")),
    )
    again = button(plain(words("Find me a partner")), "silence.back", style="primary")
    return Message(text, (section(text), actions(again)))


def partner_rests(name: str, words: Words, *, waiting: bool) -> Message:
    """Tell the partners of somebody silent how it goes on."""
    if waiting:
        rest = fill(words("You come first in the next round, and your goals and notes stay with you."))
        return message(lines(_ended((name,), words), rest))
    steps_out = fill(words("{name} steps out for now, as I wrote to you."), name=first_name(name))
    return message(lines(steps_out, fill(words("The two of you go on together."))))


def _ended(names: Sequence[str], words: Words) -> Mrkdwn:
    text = words("Your time with {names} ends here, as I wrote to you. Nobody has done anything wrong.")
    return fill(text, names=by_first_name(names, words))


def heard(words: Words) -> Message:
    return message(fill(words("Good to hear. Everything goes on as it is.")))


def stopped(words: Words) -> Message:
    return message(fill(words("All right, I leave it as it is and do not ask again. Your check-ins come as usual.")))


def back(words: Words) -> Message:
    return message(fill(words("Good to have you back. You are on the list for the next round.")))


def _here(asked: Asked, label: Plain) -> Element:
    return button(label, "silence.here", str(asked.silence), style="primary")


def _rest(words: Words) -> Element:
    return button(plain(words("Take a break")), "pause.new")


def _stop(asked: Asked, words: Words) -> Element:
    return button(plain(words("Stop these reminders")), "silence.stop", str(asked.silence))


def _new(asked: Asked, words: Words) -> Element:
    return part_button(plain(words("Find a new partner")), str(asked.pairing), words, several=len(asked.names) > 1)
