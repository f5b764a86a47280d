"""What a Slack status says of a vacation."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.cadence import WorkingHours
from bot.domain.participants import Presence
from bot.domain.vacations import Status, first_day_back
from bot.slack.directory import read_member

PALM = (":palm_tree:",)
NOW = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
BERLIN = Presence("Europe/Berlin", WorkingHours())


@pytest.mark.parametrize(
    ("until", "back"),
    [
        (datetime(2026, 11, 20, 22, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 20, 7, 0, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 8, 1, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 19, 23, 0, tzinfo=UTC), date(2026, 11, 20)),
    ],
    ids=["one minute to midnight", "before work begins", "after work began", "midnight in Berlin"],
)
def test_who_is_back_before_work_begins_is_there_that_day(until: datetime, back: date) -> None:
    assert first_day_back(Status(":palm_tree:", until), BERLIN, PALM, NOW) == back


def test_only_a_vacation_counts_and_only_one_that_lasts() -> None:
    later = NOW + timedelta(days=5)
    assert first_day_back(None, BERLIN, PALM, NOW) is None
    assert first_day_back(Status(":face_with_thermometer:", later), BERLIN, PALM, NOW) is None
    assert first_day_back(Status(":palm_tree:", NOW - timedelta(hours=3)), BERLIN, PALM, NOW) is None
    assert first_day_back(Status(":beach:", later), BERLIN, (*PALM, ":beach:"), NOW) == date(2026, 11, 14)


def test_a_vacation_of_five_years_ends_after_one() -> None:
    far = Status(":palm_tree:", NOW + timedelta(days=5 * 365))
    assert first_day_back(far, BERLIN, PALM, NOW) == date(2027, 11, 10)


@pytest.mark.parametrize("ends", [0, -1, None, "soon", 10**18, 1.5, True], ids=repr)
def test_a_status_without_a_plain_end_is_none(ends: object) -> None:
    """Slack sends 0 for a status that does not end; whatever else comes is no reason to fail."""
    member = {"id": "U1", "profile": {"status_emoji": ":palm_tree:", "status_expiration": ends}}
    status = read_member(member, "T1").status
    assert status is None or first_day_back(status, BERLIN, PALM, NOW) is None


def test_the_text_of_a_status_is_not_read() -> None:
    member = {"id": "U1", "profile": {"status_emoji": ":palm_tree:", "status_expiration": 1795000000}}
    told = member | {"profile": {**member["profile"], "status_text": "surgery"}}  # type: ignore[dict-item]  # a profile
    assert "surgery" not in repr(read_member(told, "T1"))
    assert read_member(told, "T1").status == read_member(member, "T1").status
