"""What is said beside the certificate of participation, which is a file."""

from __future__ import annotations

from bot.locales import Words
from bot.slack.blocks import Message
from bot.slack.screens.trouble import message
from bot.slack.text import fill


def handed(words: Words) -> Message:
    """Say where the certificate is."""
    return message(fill(words("Your certificate is in our messages. Nobody else sees it.")))
