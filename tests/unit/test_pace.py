from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import Method, Rate, reserve, usual_pace

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def granted(rate: Rate, asked: list[datetime]) -> list[datetime]:
    """Return when calls may go that are asked for at these moments."""
    next_at, moments = None, []
    for now in asked:
        at, next_at = reserve(rate, next_at, now)
        moments.append(at)
    return moments


def test_a_burst_goes_at_once_and_the_rest_at_the_rate() -> None:
    seconds = [(at - NOW).total_seconds() for at in granted(Rate(2, burst=3), [NOW] * 6)]
    assert seconds == [0, 0, 0, 0.5, 1, 1.5]


@given(
    st.floats(0.5, 50),
    st.integers(1, 5),
    st.lists(st.integers(0, 3_000), min_size=1, max_size=60),
)
def test_no_window_ever_holds_more_than_the_rate_and_the_burst(per_second: float, burst: int, waits: list[int]) -> None:
    """Whenever calls are asked for, any stretch of time holds at most its share and the burst."""
    rate = Rate(per_second, burst)
    asked, now = [], NOW
    for wait in waits:
        now += timedelta(milliseconds=wait)
        asked.append(now)
    moments = granted(rate, asked)

    assert all(at >= since for at, since in zip(moments, asked, strict=True))
    assert moments == sorted(moments)
    for first in range(len(moments)):
        for last in range(first, len(moments)):
            span = (moments[last] - moments[first]).total_seconds()
            assert last - first + 1 <= span * per_second + burst + 0.001


def test_slack_counts_every_kind_of_call_apart() -> None:
    pace = usual_pace(4)
    assert set(pace.rates) == set(Method)
    assert pace.rates[Method.POST].per_second == 4
    assert pace.rates[Method.OPEN].per_second * 60 == 50


def test_the_rarer_kinds_of_calls_have_a_rate_of_their_own() -> None:
    pace = usual_pace(4, others_per_minute=1)
    assert pace.rates[Method.HISTORY].per_second * 60 == 1
    assert pace.rates[Method.POST].per_second == 4
