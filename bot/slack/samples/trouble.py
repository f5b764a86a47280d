"""What is said when something cannot be done."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from bot.domain.notes import NoteTooLong
from bot.domain.pairings import Resting
from bot.domain.refusals import Refused
from bot.locales import Words
from bot.slack.samples.content import Content
from bot.slack.samples.sample import NEXT_MONDAY, Sample, of
from bot.slack.screens import trouble
from bot.slack.text import fill


def samples(content: Content, words: Words) -> Iterator[Sample]:
    for refusal in all_refusals():
        yield of(trouble.refusal, refusal.__name__, refused=refusal(**_values(refusal.text, content)))
    yield of(trouble.refusal, "text handed back", refused=NoteTooLong(limit=3_000, length=3_412), typed=content.typed)
    yield of(trouble.with_partner, text=fill("{name} is back", name=content.partners[0]))
    yield of(trouble.way_on, refused=Resting())
    yield of(trouble.handed_back, typed=content.typed)
    yield of(trouble.not_saved, typed=content.typed)
    yield of(trouble.not_saved, "nothing typed", typed="")
    yield of(trouble.message, text=fill(words("Welcome back. Your next check-in comes as usual.")))


def all_refusals() -> list[type[Refused]]:
    """Return every refusal of the house that says something."""
    found, waiting = [], [Refused]
    while waiting:
        waiting = [child for one in waiting for child in one.__subclasses__()]
        found += [one for one in waiting if one.text and one.__module__.startswith("bot.")]
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def _values(text: str, content: Content) -> dict[str, object]:
    known = {
        "day": NEXT_MONDAY,
        "days": 14,
        "skill": content.offers[0][:20],
        "limit": 8,
        "minutes": 10,
        "count": 12,
        "length": 3_412,
    }
    return {name: known[name] for _, name, _, _ in Formatter().parse(text) if name}
