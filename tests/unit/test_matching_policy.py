from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.matching.policy import Policy, PolicyUnreadable, Relaxable, read_policy


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


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('skill_points = [30, 10]\nmin_gap_weeks = 4\nrelax = ["gap"]\n', "utf-8")

    assert read_policy(file) == Policy(skill_points=(30, 10), min_gap_weeks=4, relax=(Relaxable.GAP,))


def test_everything_that_is_wrong_in_a_file_is_said_at_once(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("goal_points = -1\nmemory = 3\n", "utf-8")

    with pytest.raises(PolicyUnreadable) as refused:
        read_policy(file)

    assert [complaint.split(":")[0] for complaint in refused.value.complaints] == ["goal_points", "memory"]


@pytest.mark.parametrize("content", [b"goal_points = ", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "policy.toml"
    file.write_bytes(content)

    with pytest.raises(PolicyUnreadable):
        read_policy(file)
