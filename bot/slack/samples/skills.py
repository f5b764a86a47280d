"""The company's list of skills."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.skills import suggestions
from bot.slack.samples.content import Content
from bot.slack.samples.sample import Sample, of
from bot.slack.screens import skills


def samples(content: Content) -> Iterator[Sample]:
    yield of(skills.suggested, suggestions=suggestions(content.wants[0], content.offers))
    yield of(skills.suggested, "nothing typed", suggestions=suggestions("", content.offers))
