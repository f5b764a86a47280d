"""A file with what is said about it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.text import Mrkdwn, Plain


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is uploaded: the content in bytes, and the same in words for whoever cannot see it (1,000 characters)."""

    name: str
    content: bytes
    title: Plain
    comment: Mrkdwn
    words_for_it: Plain | None = None
