"""What the doctor posts to see whether posting works, for a moment."""

from __future__ import annotations

from bot.locales import Words
from bot.slack.blocks import Message
from bot.slack.screens.trouble import message
from bot.slack.text import fill


def probe(words: Words) -> Message:
    return message(
        fill(words("Whoever looks after Tandem is testing whether messages arrive. This one goes away again."))
    )
