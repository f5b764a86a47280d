from __future__ import annotations

import math

import pytest

from bot.matching.people import Candidate, History, shared_minutes


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [
        ((480, 1020), (480, 1020), 540),
        ((480, 1020), (900, 1440), 120),
        ((480, 720), (720, 1020), 0),
        ((1320, 360), (0, 240), 240),
        ((1320, 360), (300, 1380), 120),
        ((1320, 360), (1200, 300), 420),
        ((0, 1440), (1320, 360), 480),
        ((600, 600), (0, 1440), 0),
    ],
)
def test_working_windows_share_what_lies_in_both_also_across_midnight(
    one: tuple[int, int], other: tuple[int, int], minutes: int
) -> None:
    assert shared_minutes(one, other) == shared_minutes(other, one) == minutes


@pytest.mark.parametrize("work", [(-1, 600), (480, 1441)])
def test_a_working_window_outside_the_day_is_refused_with_the_persons_id(work: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="mira"):
        Candidate("mira", frozenset(), frozenset(), frozenset(), work)


def test_the_history_remembers_the_latest_meeting_whoever_is_named_first() -> None:
    history = History.of([("mira", "jonas", 30), ("jonas", "mira", 5), ("mira", "jonas", 20)])

    assert history.weeks_since("mira", "jonas") == history.weeks_since("jonas", "mira") == 5
    assert history.weeks_since("mira", "aylin") is None


def test_weeks_that_are_not_a_number_are_refused() -> None:
    with pytest.raises(ValueError, match="mira and jonas"):
        History.of([("mira", "jonas", math.nan)])
