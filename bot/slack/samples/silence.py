"""When nothing is heard of somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, SUMMER, Sample, of, two_partners
from bot.slack.screens import silence
from bot.usecases.silence import Asked


def samples(content: Content) -> Iterator[Sample]:
    pair = Asked(ID, ID, content.partners[0], content.partners[:1], ends_on=SUMMER, open=True)
    trio = replace(pair, names=two_partners(content))
    yield of(silence.nudge, asked=pair)
    yield of(silence.nudge, "nothing to answer, of three", asked=replace(trio, open=False))
    yield of(silence.in_touch, asked=pair)
    yield of(silence.in_touch, "of three", asked=trio)
    yield of(silence.not_in_touch, asked=pair)
    yield of(silence.not_in_touch, "of three", asked=trio)
    yield of(silence.offer, asked=pair)
    yield of(silence.offer, "of three", asked=trio)
    yield of(silence.notice, asked=pair)
    yield of(silence.notice, "of three", asked=trio)
    yield of(silence.over, names=content.partners)
    yield of(silence.partner_rests, "alone again", name=content.partners[0], waiting=True)
    yield of(silence.partner_rests, "two of three go on", name=content.partners[0], waiting=False)
    yield of(silence.heard)
    yield of(silence.stopped)
    yield of(silence.back)
