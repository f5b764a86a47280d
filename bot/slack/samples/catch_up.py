"""What came while nobody was running, in one message."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.locales import Words
from bot.slack.blocks import Message
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, Sample, of
from bot.slack.samples.summaries import samples as summaries
from bot.slack.screens import catch_up, enrolments, milestones, notes
from bot.slack.screens import summaries as summary_screens
from bot.usecases.notes import SharedNote


class _News:
    """News that is drawn when a screen asks for it: most samples are never drawn."""

    def __init__(self, *told: Callable[[], Message]) -> None:
        self._told = told

    def __iter__(self) -> Iterator[catch_up.News]:
        return (catch_up.News(f"part{number}", draw()) for number, draw in enumerate(self._told))


def samples(content: Content, words: Words) -> Iterator[Sample]:
    summary = next(summaries(content))
    note = SharedNote(content.me, content.note, content.goal)
    news = _News(
        lambda: summary.drawn(words),
        lambda: notes.shared(note, words),
        lambda: summary_screens.cheered(content.partners[0], words),
        lambda: enrolments.partner_paused(content.partners[0], words.full_date(NEXT_MONDAY), words),
        lambda: milestones.ended(content.partners, None, str(ID), 0, words, until=NEXT_MONDAY),
    )
    yield of(catch_up.in_the_meantime, news=news)
    yield of(catch_up.nothing_left)
