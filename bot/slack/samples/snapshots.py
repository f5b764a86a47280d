"""What owners read of the weekly count."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from bot.domain import snapshots as rules
from bot.domain.snapshots import LEAST
from bot.slack.samples.sample import MONDAY, NEXT_MONDAY, Sample, of
from bot.slack.screens import snapshots
from bot.usecases.snapshots import AgreementCount

DAYS = 14
NOT_YET = AgreementCount(None, NEXT_MONDAY, 0)
COUNTS = MappingProxyType(
    {
        "too few": (3, 7),
        "few wait": (2, 24),
        "some wait": (7, 24),
        "most wait": (23, 24),
        "as many as can be": (50_000, 100_000),
    }
)


def a_count(case: str) -> AgreementCount:
    return AgreementCount(rules.told(*COUNTS[case], LEAST), MONDAY, DAYS)


def samples() -> Iterator[Sample]:
    yield of(snapshots.agreements, "not yet", shown=NOT_YET)
    for case in COUNTS:
        yield of(snapshots.agreements, case, shown=a_count(case))
