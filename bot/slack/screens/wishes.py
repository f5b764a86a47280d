"""Who with: private, and it says so."""

from __future__ import annotations

from bot.domain.wishes import MOST_PEOPLE, Wishes
from bot.locales import Words
from bot.slack.blocks import Block, View, ask, people_select, section
from bot.slack.text import fill, lines, plain


def wishes_form(said: Wishes, words: Words) -> View:
    """Return the form, filled with whom somebody named."""
    return View(
        title=plain(words("Who with")),
        callback="wishes.save",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        blocks=(
            section(
                lines(
                    fill(words("*For you alone.* It is stored encrypted and steers nothing but the matching.")),
                    fill(
                        words(
                            "Nobody you name is told, and the people who run the programme do not see it: not in a "
                            "preview, not in an export."
                        )
                    ),
                )
            ),
            _people("avoided", words("I would rather not be matched with"), said.avoided, words),
            _people("competing", words("I compete with for a post"), said.competing, words),
            _people("wished", words("I would like to be matched with"), said.wished, words),
        ),
    )


def _people(name: str, label: str, chosen: tuple[str, ...], words: Words) -> Block:
    return ask(name, plain(label), people_select(chosen, MOST_PEOPLE, plain(words("Nobody"))), optional=True)
