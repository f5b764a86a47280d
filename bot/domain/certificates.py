"""Certificates of participation: that somebody took part, from when to when, and nothing of how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.refusals import N_, Refused


class NoCertificateYet(Refused):
    text = N_("Your certificate is ready when your time together ends, on {day}. Ask me again then.")


class NothingToCertify(Refused):
    text = N_(
        "A certificate tells of a time with a partner, and I know of none that has ended. It comes with the first."
    )


@dataclass(frozen=True, slots=True)
class Span:
    """One time together, both days included."""

    first: date
    last: date

    @property
    def weeks(self) -> int:
        """The weeks it took, begun ones counted."""
        return max(1, -(-(self.last - self.first) // timedelta(weeks=1)))


def whole(spans: Iterable[Span]) -> tuple[Span, int]:
    """Return from when to when several times together lasted, and how many weeks they were in all."""
    several = sorted(spans, key=lambda one: one.first)
    return Span(several[0].first, max(one.last for one in several)), sum(one.weeks for one in several)
