from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.cadence import WorkingHours
from bot.domain.participants import Presence
from bot.domain.reminders import ReminderProfile, read_profile, remind_at
from bot.domain.working import ChoiceUnknown

BERLIN = Presence("Europe/Berlin", WorkingHours(), "DE-BE")
GENTLE, STANDARD, ACTIVE = ReminderProfile.GENTLE, ReminderProfile.STANDARD, ReminderProfile.ACTIVE


def local(moment: datetime) -> str:
    return moment.strftime("%a %d %b %H:%M")


@pytest.mark.parametrize(
    ("profile", "asked", "reminded"),
    [
        (STANDARD, datetime(2026, 11, 9, 8, tzinfo=UTC), "Tue 10 Nov 08:00"),
        (GENTLE, datetime(2026, 11, 9, 8, tzinfo=UTC), "Wed 11 Nov 08:00"),
        (ACTIVE, datetime(2026, 11, 9, 8, tzinfo=UTC), "Mon 09 Nov 14:00"),
        (STANDARD, datetime(2026, 11, 13, 8, tzinfo=UTC), "Mon 16 Nov 08:00"),
        (GENTLE, datetime(2026, 11, 13, 8, tzinfo=UTC), "Tue 17 Nov 08:00"),
        (STANDARD, datetime(2026, 12, 24, 8, tzinfo=UTC), "Mon 28 Dec 08:00"),
        (ACTIVE, datetime(2026, 12, 24, 8, tzinfo=UTC), "Thu 24 Dec 14:00"),
        (ACTIVE, datetime(2026, 11, 9, 12, 30, tzinfo=UTC), "Tue 10 Nov 08:00"),  # too little of the day is left
    ],
)
def test_the_one_reminder_comes_as_its_reader_likes_it(
    profile: ReminderProfile, asked: datetime, reminded: str
) -> None:
    """Two working days later, on the next one, or on the same day; over weekends and holidays."""
    assert local(remind_at(BERLIN, asked, 9, profile)) == reminded


@pytest.mark.parametrize("hours", [WorkingHours(0, 24 * 60), WorkingHours(22 * 60, 24 * 60), WorkingHours(0, 30)])
@pytest.mark.parametrize("profile", list(ReminderProfile))
def test_it_always_comes_after_the_question(hours: WorkingHours, profile: ReminderProfile) -> None:
    """However long or short somebody's day is."""
    asked = datetime(2026, 11, 9, 8, tzinfo=UTC)
    assert remind_at(Presence("Europe/Berlin", hours), asked, 9, profile) > asked


def test_an_unknown_choice_is_refused() -> None:
    assert read_profile("gentle") is GENTLE
    with pytest.raises(ChoiceUnknown):
        read_profile("never")
