from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.matching.people import REMOTE, Role
from bot.sheets import cells
from bot.sheets.cells import BadCell


@pytest.mark.parametrize(
    ("reader", "cell", "value"),
    [
        (cells.read_items, "Public  Speaking; sql ;;", {"public speaking", "sql"}),
        (cells.read_ids, "U1; u1", {"U1", "u1"}),
        (cells.read_yes, "Ja", True),
        (cells.read_yes, "", False),
        (cells.read_site, "yes", REMOTE),
        (cells.read_site, "no", ""),
        (cells.read_site, "Bonn", "bonn"),
        (cells.read_role, "Mentor", Role.GIVES),
        (cells.read_role, "", Role.BOTH),
        (cells.read_style, "1; 5;3", (1, 5, 3)),
        (cells.read_style, "", None),
        (cells.read_time, "9", 540),
        (cells.read_time, "09:30", 570),
        (cells.read_time, "24:00", 1440),
        (cells.read_offset, "+2", 120),
        (cells.read_offset, "-3.5", -210),
        (cells.read_offset, "UTC+05:30", 330),
        (cells.read_offset, "", 0),
        (cells.read_weeks, "2,5", 2.5),
    ],
)
def test_cells_are_read_as_people_write_them(reader: Callable[[str], Any], cell: str, value: object) -> None:
    assert reader(cell) == value


@pytest.mark.parametrize(
    ("reader", "cell"),
    [
        (cells.read_items, ";".join(map(str, range(51)))),
        (cells.read_items, "x" * 201),
        (cells.read_yes, "perhaps"),
        (cells.read_role, "boss"),
        (cells.read_style, "1;2"),
        (cells.read_style, "1;2;6"),
        (cells.read_time, "25"),
        (cells.read_time, "9:75"),
        (cells.read_time, "nine"),
        (cells.read_offset, "+15"),
        (cells.read_offset, "CET"),
        (cells.read_weeks, "nan"),
        (cells.read_weeks, "-1"),
        (cells.read_weeks, "soon"),
    ],
)
def test_what_cannot_be_read_is_refused(reader: Callable[[str], Any], cell: str) -> None:
    with pytest.raises(BadCell):
        reader(cell)


@pytest.mark.parametrize("cell", ["-1", "1001", "1.5", "²", "many"])
def test_only_whole_numbers_in_their_range_are_numbers(cell: str) -> None:
    with pytest.raises(BadCell, match="0 to 1000"):
        cells.read_number(cell, 0, 1000)


def test_working_hours_become_utc_and_may_wrap_midnight() -> None:
    assert cells.read_window(540, 1020, 60) == (480, 960)
    assert cells.read_window(540, 1020, -480) == (1020, 60)
    assert cells.read_window(0, 1440, 60) == (0, 1440)
