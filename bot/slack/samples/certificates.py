"""What is said beside the certificate."""

from __future__ import annotations

from collections.abc import Iterator

from bot.slack.samples.sample import Sample, of
from bot.slack.screens import certificates


def samples() -> Iterator[Sample]:
    yield of(certificates.handed)
