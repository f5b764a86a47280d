"""One's own last weeks."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.weeks import A_WEEK, Mark, Week
from bot.slack.samples.content import Content
from bot.slack.samples.sample import MONDAY, Sample, of
from bot.slack.screens import weeks


def some_weeks() -> tuple[Week, ...]:
    """Return weeks with every kind of check-in."""
    return tuple(Week(MONDAY + number * A_WEEK, mark, number % 3) for number, mark in enumerate(Mark))


def samples(content: Content) -> Iterator[Sample]:
    several = some_weeks()
    yield of(weeks.weeks_text, weeks=several)
    yield of(weeks.weeks_text, "the others", weeks=several[:3])
    yield of(weeks.weeks_text, "many notes", weeks=(Week(MONDAY, Mark.KEPT, content.many),))
    yield of(weeks.no_weeks_yet)
    yield of(weeks.weeks_handed)
