"""Half-time, the last week and the end of a time together, as each of its people is told."""

from __future__ import annotations

from datetime import date

from bot.domain.closings import Next
from bot.locales import Words
from bot.slack.blocks import Element, Message, actions, button, section
from bot.slack.text import Mrkdwn, by_first_name, fill, lines, plain
from bot.usecases.renewals import Renewed


def half_time(names: tuple[str, ...], pairing: str, words: Words, *, agreed: bool) -> Message:
    """Ask halfway whether what is agreed still fits; ``agreed``: there is an agreement."""
    head = fill(words("Half of your time with {names} is over."), names=by_first_name(names, words))
    asked = (
        words("Does what you agreed on still fit?")
        if agreed
        else words("You have no agreement yet. Ten minutes now still make the second half easier.")
    )
    private = fill(words("And if you like: a quiet look at eight skills, for your eyes alone."))
    right = button(plain(words("It still fits")), "half_time.right", pairing)
    change = button(
        plain(words("Look at it, change it") if agreed else words("Agree on expectations")), "agreement.edit"
    )
    text = lines(head, fill(asked))
    shown = (right, change) if agreed else (change,)
    return Message(text, (section(text), section(private), actions(*shown, skills_button(pairing, words))))


def still_right(pairing: str, words: Words) -> Message:
    """Answer whoever says that the agreement still fits."""
    text = fill(words("Good. Then the second half goes on as you agreed."))
    return Message(text, (section(text), actions(skills_button(pairing, words))))


def skills_button(pairing: str, words: Words) -> Element:
    return button(plain(words("My eight skills")), "self_check.open", pairing)


def term_of(pairing: str, term: int) -> str:
    """Return what a button names that is about one term of a pairing, and no later one."""
    return f"{pairing}:{term}"


def _look_back(pairing: str, term: int, words: Words) -> Element:
    return button(plain(words("Look back")), "closing.open", term_of(pairing, term), style="primary")


def closing(names: tuple[str, ...], ends_on: date, pairing: str, term: int, words: Words) -> Message:
    """Say that the end is near, and ask somebody to look back and say what comes next."""
    text = lines(
        fill(
            words("Your time with {names} ends on {day}. What did you learn, and what will you take with you?"),
            names=by_first_name(names, words),
            day=words.date(ends_on),
        ),
        fill(
            words(
                "Two minutes are enough: a thank-you, the goals that come along, and what comes next. You can go on "
                "together if everybody wants to."
            )
        ),
    )
    return Message(text, (section(text), actions(_look_back(pairing, term, words), skills_button(pairing, words))))


def ended(
    names: tuple[str, ...], wish: Next | None, pairing: str, term: int, words: Words, *, until: date | None
) -> Message:
    """Mark the planned end, and what comes next for the reader; ``until``: the last day to look back."""
    first = fill(
        words("Your time with {names} has come to its planned end. Well done."),
        names=by_first_name(names, words),
    )
    text = lines(first, *_what_next(wish, words), *_late(until, words))
    pause = () if wish in {Next.PAUSE, Next.LEAVE} else (button(plain(words("Take a break")), "pause.new"),)
    certificate = button(plain(words("My certificate")), "certificate.get")
    look = (_look_back(pairing, term, words),) if until else ()
    return Message(text, (section(text), actions(*look, certificate, *pause)))


def _what_next(wish: Next | None, words: Words) -> list[Mrkdwn]:
    on_the_list = words("You stay on the list for the next round. Enough for now? Take a break, or `/tandem leave`.")
    match wish:
        case Next.RENEW:
            kind = words(
                "Going on together takes a yes from everybody by the last day, and this time it did not come together. "
                "That can have many reasons and says nothing about you."
            )
            return [fill(kind), fill(on_the_list)]
        case Next.PAUSE:
            return [fill(words("Enjoy your break. I will be here when you are back."))]
        case Next.LEAVE:
            return [fill(words("You have left the programme, as you wished. You can come back at any time."))]
        case _:
            return [fill(on_the_list)]


def _late(until: date | None, words: Words) -> list[Mrkdwn]:
    if until is None:
        return []
    return [fill(words("What you learned and a thank-you can still come until {day}."), day=words.date(until))]


def renewed(told: Renewed, words: Words) -> Message:
    """Tell everybody in it that they go on together, and ask them to look at their agreement again."""
    head = fill(
        words("Everybody wants to go on: you and {names} work together until {day} now."),
        names=by_first_name(told.partners, words),
        day=words.full_date(told.ends_on),
    )
    asked = (
        words("Is your agreement still right? Look at it once and sign it again.")
        if told.agreed
        else words("A good moment for an agreement: what do you expect of each other this time?")
    )
    text = lines(head, fill(asked))
    label = words("Look at it, change it") if told.agreed else words("Agree on expectations")
    return Message(text, (section(text), actions(button(plain(label), "agreement.edit", style="primary"))))
