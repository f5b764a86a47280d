"""How does it fit? For one person's eyes alone."""

from __future__ import annotations

from bot.domain.fits import FitAnswer
from bot.locales import Words
from bot.slack.blocks import Element, Message, actions, button, context, section
from bot.slack.screens.pairings import part_button
from bot.slack.screens.trouble import message
from bot.slack.text import by_first_name, fill, lines, plain

ACTION = {f"fit.{answer}": answer for answer in FitAnswer}


def question(names: tuple[str, ...], pairing: str, words: Words) -> Message:
    """Ask how it fits with ``names``."""
    head = fill(words("How does it fit with {names}?"), names=by_first_name(names, words))
    note = fill(words("Only I read your answer. Nobody else ever sees who said what."))
    return Message(head, (section(head), actions(*_answers(pairing, words)), context(note)))


def _answers(pairing: str, words: Words) -> list[Element]:
    labels = {
        FitAnswer.GOOD: words("Good"),
        FitAnswer.DECIDING: words("Still deciding"),
        FitAnswer.NOT_GOOD: words("Not a good fit"),
        FitAnswer.NOT_MET: words("We have not met yet"),
    }
    return [button(plain(label), f"fit.{answer}", pairing) for answer, label in labels.items()]


def answered(said: FitAnswer, pairing: str, words: Words, *, several: bool = False) -> Message:
    """Thank for an answer, and open the door where it does not fit; ``several``: there are two partners."""
    match said:
        case FitAnswer.GOOD:
            return message(fill(words("Good to hear. Enjoy your time together.")))
        case FitAnswer.DECIDING:
            return message(fill(words("That is fine. Give it time; `/tandem partner` is there if it does not fit.")))
        case FitAnswer.NOT_MET:
            text = words("Thank you. A first half hour is enough: suggest two times to each other this week.")
            return message(fill(text))
        case FitAnswer.NOT_GOOD:
            return _not_good(pairing, words, several=several)


def _not_good(pairing: str, words: Words, *, several: bool) -> Message:
    text = lines(
        fill(words("Thank you for saying so. Sometimes it does not fit, and nobody has done anything wrong.")),
        fill(
            words("You can have a new partner now; the two others go on together.")
            if several
            else words("You can have a new partner now. Nobody is told that you asked for it.")
        ),
    )
    more = button(plain(words("Give it more time")), f"fit.{FitAnswer.DECIDING}", pairing)
    new = part_button(plain(words("Find a new partner")), pairing, words, several=several)
    return Message(text, (section(text), actions(new, more)))
