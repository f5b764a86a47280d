from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import FURTHEST, DatePast, DateTooFar, DateUnclear, ahead, read_date
from bot.domain.refusals import Refused
from tests.unit.hostile import HOSTILE

TODAY = date(2026, 11, 2)
MONTHS = {
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
SHORT = {
    "de": ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
within_a_year = st.dates(TODAY + timedelta(days=1), TODAY + FURTHEST)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 March", date(2027, 3, 1)),
        ("Monday", date(2026, 11, 9)),
        ("bis Freitag", date(2026, 11, 6)),
        ("until next tuesday", date(2026, 11, 3)),
        ("bis zum nächsten Sonntag", date(2026, 11, 8)),
        ("übermorgen", date(2026, 11, 4)),
        ("1. März", date(2027, 3, 1)),
        ("1. Maerz", date(2027, 3, 1)),
        ("March 1", date(2027, 3, 1)),
        ("March 1st, 2027", date(2027, 3, 1)),
        ("2nd Dec", date(2026, 12, 2)),
        ("3. Dez.", date(2026, 12, 3)),
        ("24.12.", date(2026, 12, 24)),
        ("24.12", date(2026, 12, 24)),
        ("24. 12. 2026", date(2026, 12, 24)),
        ("24.12.26", date(2026, 12, 24)),
        ("2027-03-01", date(2027, 3, 1)),
        ("2027-3-1", date(2027, 3, 1)),
        ("until 1 March", date(2027, 3, 1)),
        ("till 1 march", date(2027, 3, 1)),
        ("bis 1. März", date(2027, 3, 1)),
        ("bis zum 1. März", date(2027, 3, 1)),
        ("tomorrow", date(2026, 11, 3)),
        ("morgen", date(2026, 11, 3)),
        ("2 weeks", date(2026, 11, 16)),
        ("in 2 weeks", date(2026, 11, 16)),
        ("for a week", date(2026, 11, 9)),
        ("2 Wochen", date(2026, 11, 16)),
        ("für zwei Wochen", None),
        ("in einer Woche", date(2026, 11, 9)),
        ("einen Monat", None),
        ("3 Tage", date(2026, 11, 5)),
        ("1 month", date(2026, 12, 2)),
        ("  1   MARCH  ", date(2027, 3, 1)),
        ("1\tMarch\n2027", date(2027, 3, 1)),
        ("2 November", date(2027, 11, 2)),
        ("3 November", date(2026, 11, 3)),
        ("1. Jänner", date(2027, 1, 1)),
        ("१ March", date(2027, 3, 1)),
    ],
)
def test_dates_are_read_as_people_type_them(text: str, expected: date | None) -> None:
    """In both languages, with and without a year; the next such day when there is none."""
    if expected is None:
        with pytest.raises(DateUnclear):
            read_date(text, TODAY)
    else:
        assert read_date(text, TODAY) == expected


@given(day=within_a_year, language=st.sampled_from(["de", "en"]), short=st.booleans())
def test_every_day_of_the_coming_year_is_read_in_both_languages(day: date, language: str, *, short: bool) -> None:
    """Day and month in words, numbers with dots, and ISO, with the year and (within the year) without."""
    month = (SHORT if short else MONTHS)[language][day.month - 1]
    spelt = f"{day.day}. {month}" if language == "de" else f"{day.day} {month}"

    assert read_date(f"{spelt} {day.year}", TODAY) == day
    assert read_date(day.isoformat(), TODAY) == day
    assert read_date(f"{day.day}.{day.month}.{day.year}", TODAY) == day
    if day < TODAY + timedelta(days=365):
        assert read_date(spelt, TODAY) == day


@pytest.mark.parametrize("text", ["2026-11-02", "today", "heute", "1.11.2026", "2020-01-01", "0 days", "in 0 Tagen"])
def test_today_and_before_are_refused_as_past_or_unclear(text: str) -> None:
    """A break begins tomorrow at the earliest."""
    with pytest.raises((DatePast, DateUnclear)):
        read_date(text, TODAY)


@pytest.mark.parametrize("text", ["2028-01-01", "1 March 2029", "999 days", "99 Monate", "9999-12-31", "53 weeks"])
def test_more_than_a_year_away_is_refused(text: str) -> None:
    """Somebody away that long would rather leave and come back."""
    with pytest.raises(DateTooFar):
        read_date(text, TODAY)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "soon", "31 February", "32.1.", "2027-13-01", "0000-00-00", "1 Smarch", "March", "12", "-1 days"],
)
def test_what_is_no_date_is_said_to_be_unclear(text: str) -> None:
    """With three examples of what works, in the sentence itself."""
    with pytest.raises(DateUnclear):
        read_date(text, TODAY)


def test_a_leap_day_is_read_when_there_is_one() -> None:
    """Without a year it is the next 29 February, if it lies within reach."""
    assert read_date("29 February", date(2027, 6, 1)) == date(2028, 2, 29)
    with pytest.raises(DateUnclear):
        read_date("29.2.", date(2026, 6, 1))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_refused_kindly(text: str) -> None:
    """S24: a million characters, combining marks, surrogates, NUL and regex bombs end in the usual sentence."""
    for wrapped in (text, f"1 March {text}", f"bis zum {text}"):
        with pytest.raises(Refused):
            read_date(wrapped, TODAY)


@given(text=st.text(max_size=80))
def test_any_text_is_a_day_ahead_or_a_refusal(text: str) -> None:
    """Nothing else can happen."""
    try:
        day = read_date(text, TODAY)
    except Refused:
        return
    assert TODAY < day <= TODAY + FURTHEST


def test_a_picked_day_obeys_the_same_limits() -> None:
    """Date pickers send dates, not words."""
    assert ahead(TODAY + timedelta(days=1), TODAY) == TODAY + timedelta(days=1)
    assert ahead(TODAY + FURTHEST, TODAY) == TODAY + FURTHEST
    with pytest.raises(DatePast):
        ahead(TODAY, TODAY)
    with pytest.raises(DateTooFar):
        ahead(TODAY + FURTHEST + timedelta(days=1), TODAY)
