"""A match somebody is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.ids import OfferId
from bot.slack.samples import pairings as pairing_samples
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, Sample, of
from bot.slack.screens import offers
from bot.usecases.offers import Offer


def samples(content: Content) -> Iterator[Sample]:
    partners = pairing_samples.a_pairing(content).partners
    asked = Offer(OfferId(ID), content.programme, partners, pairing_samples.reasons(content), NEXT_MONDAY)
    yield of(offers.offer, asked=asked)
    yield of(offers.offer, "no reason to tell", asked=replace(asked, reasons=()))
    yield of(offers.accepted, "others still think", complete=False)
    yield of(offers.accepted, "everybody has", complete=True)
    yield of(offers.declined)
    yield of(offers.came_about)
    yield of(offers.over)
