from __future__ import annotations

import math
from typing import Any

import pytest

from bot.matching.facing import Facing
from bot.matching.judge import judge_of
from bot.matching.people import DoubleId, History, Person, Population, shared_minutes
from bot.matching.policy import Policy
from tests.unit.matching_people import pair, person


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
    judge = judge_of(Population.of([person("a", work=one), person("b", work=other)]), Policy(), 0)

    facing: Facing = pair(judge, 0, 1)

    assert shared_minutes(one, other) == shared_minutes(other, one) == minutes
    assert int(facing.minutes[0]) == int(pair(judge, 1, 0).minutes[0]) == minutes


@pytest.mark.parametrize(
    "more",
    [{"work": (-1, 600)}, {"work": (480, 1441)}, {"style": (1, 2)}, {"style": (0, 1, 2)}, {"capacity": -1}],
)
def test_numbers_outside_their_range_are_refused_with_the_persons_id(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="mira"):
        Person("mira", **more)


def test_the_history_remembers_the_latest_meeting_whoever_is_named_first() -> None:
    history = History.of([("mira", "jonas", 30), ("jonas", "mira", 5), ("mira", "jonas", 20)])

    assert history.weeks_since("mira", "jonas") == history.weeks_since("jonas", "mira") == 5
    assert history.weeks_since("mira", "aylin") is None


def test_weeks_that_are_not_a_number_are_refused() -> None:
    with pytest.raises(ValueError, match="mira and jonas"):
        History.of([("mira", "jonas", math.nan)])


def test_two_people_with_one_id_are_refused() -> None:
    with pytest.raises(DoubleId, match="'mira'"):
        Population.of([person("mira"), person("jonas"), person("mira")])
