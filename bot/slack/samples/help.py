"""Help and privacy."""

from __future__ import annotations

from collections.abc import Iterator

from bot.slack.samples.content import Content
from bot.slack.samples.sample import Sample, of
from bot.slack.screens import (
    help,  # noqa: A004  the screen is called what it is
    privacy,
)


def samples(content: Content) -> Iterator[Sample]:
    yield of(help.help_message)
    yield of(help.help_message, "typo", typo=content.typed, nearest="note")
    yield of(help.help_message, "unknown", typo=content.typed)
    yield of(help.help_message, "not in yet", enrolled=False)
    yield of(help.admin_help)
    yield of(help.admin_help, "typo", typo=content.typed, nearest="match")
    yield of(privacy.privacy)
