"""What the doctor posts."""

from __future__ import annotations

from collections.abc import Iterator

from bot.slack.samples.sample import Sample, of
from bot.slack.screens import doctor


def samples() -> Iterator[Sample]:
    yield of(doctor.probe)
