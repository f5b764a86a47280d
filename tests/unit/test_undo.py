from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.undo import can_undo

WRITTEN = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("after", "possible"),
    [(timedelta(), True), (TEN_MINUTES, True), (TEN_MINUTES + timedelta(seconds=1), False), (timedelta(days=9), False)],
)
def test_undo_ends_after_ten_minutes(after: timedelta, *, possible: bool) -> None:
    """To the second; a clock set back closes nothing."""
    assert can_undo(WRITTEN, WRITTEN + after, 10) is possible
    assert can_undo(WRITTEN, WRITTEN - timedelta(hours=1), 10)
