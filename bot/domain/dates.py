"""Dates as people type them: ``1 March``, ``1. März``, ``2027-03-01``, ``in 2 weeks``, ``next Monday``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain.refusals import N_, Refused

FURTHEST = timedelta(days=366)

_MONTHS = (
    ("jan", "januar", "january", "jänner"),
    ("feb", "februar", "february"),
    ("mar", "märz", "maerz", "march", "mär"),
    ("apr", "april"),
    ("may", "mai"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("aug", "august"),
    ("sep", "september", "sept"),
    ("oct", "okt", "oktober", "october"),
    ("nov", "november"),
    ("dec", "dez", "dezember", "december"),
)
_WEEKDAYS = (
    ("monday", "montag", "mon", "mo"),
    ("tuesday", "dienstag", "tue", "di"),
    ("wednesday", "mittwoch", "wed", "mi"),
    ("thursday", "donnerstag", "thu", "do"),
    ("friday", "freitag", "fri", "fr"),
    ("saturday", "samstag", "sat", "sa", "sonnabend"),
    ("sunday", "sonntag", "sun", "so"),
)
_WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_TOMORROW = {"tomorrow": 1, "morgen": 1, "übermorgen": 2, "uebermorgen": 2}
_LONGEST = 60

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4}|\d{2})?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?\s([a-zä]{3,9})\.?,?(?:\s(\d{4}))?\Z")
_MONTH_FIRST = re.compile(r"([a-zä]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?(?:\s(\d{4}))?\Z")
_SPAN = re.compile(r"(?:in\s|für\s|for\s)?(\d{1,3}|a|one|einer?|einem?)\s(day|tag|week|woche|month|monat)[a-z]*\Z")
_DAYS_IN = {"day": 1, "tag": 1, "week": 7, "woche": 7, "month": 30, "monat": 30}
_WEEKDAY = re.compile(r"(?:(?:next|nächste[nr]?|kommende[nr]?)\s)?([a-z]{2,10})\Z")
_LEAD = re.compile(r"(?:until|till|to|bis(?:\szum)?)\s")


class DateUnclear(Refused):
    text = N_("I could not read that date. Try “1 March”, “tomorrow” or “2 weeks”.")
    field = "until"


class DatePast(Refused):
    text = N_("That day is not in the future. Pick one from tomorrow on.")
    field = "until"


class DateTooFar(Refused):
    text = N_("That is more than a year away. Pick a day within the next twelve months.")
    field = "until"


def read_date(text: str, today: date) -> date:
    """Return the day ``text`` names, seen from ``today``; without a year, or as a weekday, it is the next such day.

    Raises DateUnclear, DatePast (today or earlier) or DateTooFar (over 366 days).
    """
    words = " ".join(text.lower().split())
    if not words or len(words) > _LONGEST:
        raise DateUnclear
    return ahead(_parse(_LEAD.sub("", words, count=1), today), today)


def ahead(day: date, today: date) -> date:
    """Return ``day`` if it lies after ``today`` and within a year; raises DatePast or DateTooFar."""
    if day <= today:
        raise DatePast
    if day - today > FURTHEST:
        raise DateTooFar
    return day


def _parse(words: str, today: date) -> date:
    ahead_by = _days_ahead(words, today)
    if ahead_by is not None:
        return today + timedelta(days=ahead_by)
    if found := _ISO.match(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.match(words):
        return _upcoming(int(found[1]), int(found[2]), found[3], today)
    if found := _DAY_FIRST.match(words):
        return _upcoming(int(found[1]), _MONTH_OF.get(found[2], 0), found[3], today)
    if found := _MONTH_FIRST.match(words):
        return _upcoming(int(found[2]), _MONTH_OF.get(found[1], 0), found[3], today)
    raise DateUnclear


def _days_ahead(words: str, today: date) -> int | None:
    if words in _TOMORROW:
        return _TOMORROW[words]
    if (found := _WEEKDAY.match(words)) and found[1] in _WEEKDAY_OF:
        return (_WEEKDAY_OF[found[1]] - today.weekday() - 1) % 7 + 1
    if found := _SPAN.match(words):
        return (int(found[1]) if found[1].isdigit() else 1) * _DAYS_IN[found[2]]
    return None


def _upcoming(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)  # noqa: PLR2004  a two-digit year
    this_year = _day_or_none(today.year, month, day)
    if this_year and this_year > today:
        return this_year
    following = _day_or_none(today.year + 1, month, day)
    if not following and not this_year:
        raise DateUnclear
    return following or _day(today.year, month, day)


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date:
    found = _day_or_none(year, month, day)
    if not found:
        raise DateUnclear
    return found
