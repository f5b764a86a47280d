"""Who with."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.wishes import Wishes
from bot.slack.samples.sample import Sample, of
from bot.slack.screens import wishes


def samples() -> Iterator[Sample]:
    yield of(wishes.wishes_form, "new", said=Wishes())
    yield of(wishes.wishes_form, "to change", said=Wishes(("U0ONE", "U0TWO"), (), ("U0THREE",)))
