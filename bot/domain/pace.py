"""How fast Slack may be called: one theoretical next moment per kind of call.

The rule is the generic cell rate algorithm (ITU-T I.371): a call may go when the theoretical moment lies at most
``burst - 1`` intervals ahead, and each call moves that moment on by one interval. One stored instant is the whole
state, so any number of processes can share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Method(StrEnum):
    """The kinds of calls Slack counts apart from each other (docs.slack.dev, "Rate limits")."""

    POST = "post"
    UPDATE = "update"
    DELETE = "delete"
    OPEN = "open"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Rate:
    """``per_second`` calls a second in the long run, up to ``burst`` at once after a rest."""

    per_second: float
    burst: int = 1

    @property
    def interval(self) -> timedelta:
        return timedelta(seconds=1 / self.per_second)


@dataclass(frozen=True, slots=True)
class Pace:
    """The rates of one workspace, and how long a channel rests between two posts."""

    rates: Mapping[Method, Rate]
    channel_rest: timedelta = timedelta(seconds=1)


TIER_3 = 50.0  # calls a minute (docs.slack.dev, "Rate limits")


def usual_pace(posts_per_second: float, others_per_minute: float = TIER_3) -> Pace:
    """Return Slack's documented pace.

    New messages are allowed in "several hundred a minute", so their rate can be chosen. All other kinds are of tier 3;
    what Slack has agreed with one workspace, or allows one kind of app, may be another figure.
    """
    others = Rate(others_per_minute / 60)
    return Pace({**dict.fromkeys(Method, others), Method.POST: Rate(posts_per_second, burst=2)})


def reserve(rate: Rate, next_at: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """Return when one more call may go, and the theoretical moment after it."""
    theoretical = max(next_at or now, now)
    allowed = max(now, theoretical - (rate.burst - 1) * rate.interval)
    return allowed, theoretical + rate.interval
