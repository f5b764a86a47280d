"""What partners say to a check-in: the form of one line, and what its reader gets."""

from __future__ import annotations

from bot.domain.wording import LINE
from bot.locales import Words
from bot.slack.blocks import Block, Message, View, actions, ask, button, context, line, section
from bot.slack.screens.trouble import message
from bot.slack.text import as_typed, fill, first_name, person, plain
from bot.usecases.replies import Addressed, Passed, Told


def reply_form(to: Addressed, words: Words, *, checkin: str = "", reply: str = "") -> View:
    """Return the form for one line: about a ``checkin``, or in answer to a ``reply``."""
    name = first_name(to.name)
    if reply:
        quoted = words("{name} wrote: {text}")
        label = plain(words("Your answer to {name}"), name=name)
    else:
        quoted = words("{name} promises: {text}")
        label = plain(words("What would you like to say to {name}?"), name=name)
    return View(
        title=plain(words("Answer")) if reply else plain(words("Reply")),
        callback="reply.send",
        submit=plain(words("Send")),
        close=plain(words("Cancel")),
        memo={"checkin": checkin, "reply": reply},
        blocks=(
            *([context(fill(quoted, name=name, text=to.quoted))] if to.quoted else []),
            ask("text", label, line(LINE), hint=plain(words("One line is enough."))),
            _reader(to, words),
        ),
    )


def _reader(to: Addressed, words: Words) -> Block:
    return context(fill(words("Only {name} reads this, nobody else."), name=to.name))


def sent(to: Passed, words: Words) -> View:
    """Say that a line is on its way, when it arrives, and how to take it back."""
    said = words("I pass it on to {name}, within their working hours.")
    return View(
        title=plain(words("Sent")),
        close=plain(words("Close")),
        blocks=(
            section(fill(said, name=first_name(to.name))),
            actions(button(plain(words("Undo")), "reply.undo", str(to.id))),
        ),
    )


def undone(name: str, words: Words) -> Message:
    """Say that a line is taken back."""
    return message(fill(words("Taken back. It is gone, for {name} too."), name=first_name(name)))


def gone(name: str, words: Words) -> View:
    """Say the same inside the form's window."""
    return View(title=plain(words("Reply")), close=plain(words("Close")), blocks=undone(name, words).blocks)


def told(read: Told, words: Words) -> Message:
    """Return a line as the one it was written to reads it."""
    said = words("{name} writes about your check-in:") if read.mine else words("{name} answers you:")
    head = fill(said, name=first_name(read.name))
    return Message(head, (section(head), section(as_typed(read.text or "")), _answer(read, words), _alone(words)))


def help_offered(read: Told, words: Words) -> Message:
    """Tell somebody that their partner could help them, with the way to each other."""
    name = first_name(read.name)
    offer = words("{name} could help you with this: *{promise}*") if read.promise else words("{name} could help you.")
    head = fill(offer, name=name, promise=read.promise)
    write = fill(
        words("Write to {mention}, or answer here. If you would rather do it alone, that is fine too."),
        mention=person(read.slack_id),
    )
    return Message(head, (section(head), section(write), _answer(read, words)))


def _answer(read: Told, words: Words) -> Block:
    return actions(button(plain(words("Answer")), "reply.answer", str(read.id)))


def _alone(words: Words) -> Block:
    return context(fill(words("Only you can read this.")))
