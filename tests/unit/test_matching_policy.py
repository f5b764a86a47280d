from __future__ import annotations

from typing import Any

import pytest

from bot.matching.policy import Policy, PolicyUnreadable, Relaxable, policy_of


@pytest.mark.parametrize(
    "weights",
    [
        {"both_ways_points": -1},
        {"skill_points": (10, 20)},
        {"skill_points": (-1,)},
        {"full_overlap_minutes": 0},
        {"min_gap_weeks": 120},
        {"circle_size": 3, "circle_smallest": 4},
        {"relax": ("hours", "hours")},
        {"relax": ("manager",)},
        {"wishes": 3},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(weights: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Policy"):
        Policy(**weights)


def test_settings_change_what_they_name() -> None:
    changed = policy_of({"skill_points": [30, 10], "min_gap_weeks": 4, "relax": ["gap"]})

    assert changed == Policy(skill_points=(30, 10), min_gap_weeks=4, relax=(Relaxable.GAP,))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(PolicyUnreadable) as refused:
        policy_of({"goal_points": -1, "memory": 3})

    assert [complaint.split(":")[0] for complaint in refused.value.complaints] == ["goal_points", "memory"]
