"""The switch for the question how the week felt."""

from __future__ import annotations

from bot.locales import Words
from bot.slack.blocks import Block, View, actions, button, context, section
from bot.slack.text import fill, plain


def switch(words: Words, *, on: bool) -> list[Block]:
    """Return what turns the question on or off, quietly."""
    if on:
        said = fill(words("Your check-in asks how the week felt. Only you ever see it."))
        turn = button(plain(words("Stop asking and forget it")), "mood.off")
    else:
        said = fill(words("Would you like to be asked how the week felt? Only you would ever see it."))
        turn = button(plain(words("Ask me")), "mood.on")
    return [context(said), actions(turn)]


def switched(words: Words, *, on: bool) -> View:
    """Say that the question comes from now on, or that it is gone with its answers."""
    said = (
        words("From your next check-in on I will ask how the week felt.")
        if on
        else words("I will not ask any more, and what you said is forgotten.")
    )
    return View(title=plain(words("Check-in")), close=plain(words("Close")), blocks=(section(fill(said)),))
