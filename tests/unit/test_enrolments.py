from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.enrolments import is_paused
from bot.domain.pairings import is_over
from bot.domain.people import Language

BACK = date(2026, 11, 9)
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("until", "today", "paused"),
    [(None, BACK, False), (BACK, BACK - A_DAY, True), (BACK, BACK, False), (BACK, BACK + A_DAY, False)],
)
def test_a_break_ends_on_the_first_day_back(until: date | None, today: date, *, paused: bool) -> None:
    assert is_paused(until, today) is paused


@pytest.mark.parametrize(("today", "over"), [(BACK - A_DAY, False), (BACK, False), (BACK + A_DAY, True)])
def test_a_pairing_lives_through_its_last_day(today: date, *, over: bool) -> None:
    assert is_over(BACK, today) is over


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de-DE", Language.DE),
        ("de_AT", Language.DE),
        ("DE", Language.DE),
        ("en-GB", Language.EN),
        ("den-XX", Language.EN),
        ("", Language.EN),
        (None, Language.EN),
        ("fr-FR", Language.EN),
    ],
)
def test_everybody_german_is_spoken_to_in_german(locale: str | None, language: Language) -> None:
    """And everybody else in English, until they choose."""
    assert Language.from_slack_locale(locale) is language
