"""How a partner fits."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.fits import FitAnswer
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, Sample, of
from bot.slack.screens import fits


def samples(content: Content) -> Iterator[Sample]:
    yield of(fits.question, names=content.partners, pairing=str(ID))
    for said in FitAnswer:
        yield of(fits.answered, said.replace("_", " "), said=said, pairing=str(ID))
    yield of(fits.answered, "not good, of three", said=FitAnswer.NOT_GOOD, pairing=str(ID), several=True)
