"""How people are called."""

from __future__ import annotations

import pytest

from bot.slack.text import first_names


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (["Noah Berg"], ["Noah"]),
        (["Noah Berg", "Ida Holm"], ["Noah", "Ida"]),
        (["Ida Holm", "Noah Berg", "Ida Wolf"], ["Ida Holm", "Noah", "Ida Wolf"]),
        (["", "Noah"], ["", "Noah"]),
        ([], []),
    ],
)
def test_people_are_called_by_their_first_names_unless_two_share_one(names: list[str], called: list[str]) -> None:
    assert first_names(names) == called
