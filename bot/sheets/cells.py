"""What may stand in one cell. Every reader raises BadCell with what is wrong, and never quotes at length."""

from __future__ import annotations

import math
import re
import sys

from bot.domain.profiles import skill_key
from bot.matching.people import MINUTES_OF_A_DAY, REMOTE, STYLE_STEPS, Role

MOST_ITEMS = 50
LONGEST_ITEM = 200
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "wahr"})
_NO = frozenset({"", "no", "n", "false", "0", "nein", "falsch"})
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_OFFSET = re.compile(r"(?:utc|gmt)?([+-]?)(\d{1,2})(?::(\d{2})|([.,]\d+))?")
EAST, WEST = 14 * 60, -12 * 60


class BadCell(ValueError):
    """What is wrong with a cell."""


def read_items(cell: str) -> frozenset[str]:
    """Return what stands between semicolons; upper and lower case and inner white space do not matter."""
    return frozenset(sys.intern(skill_key(item)) for item in read_ids(cell))  # thousands of people name the same few


def read_ids(cell: str) -> frozenset[str]:
    """Return what stands between semicolons, as it is written."""
    items = [item.strip() for item in cell.split(";")]
    items = [item for item in items if item]
    if len(items) > MOST_ITEMS:
        raise BadCell(f"names {len(items)} things; up to {MOST_ITEMS} are read")
    if any(len(item) > LONGEST_ITEM for item in items):
        raise BadCell(f"names something longer than {LONGEST_ITEM} characters")
    return frozenset(items)


def read_number(cell: str, least: int, most: int) -> int | None:
    """Return a whole number, None for an empty cell."""
    if not cell:
        return None
    if not re.fullmatch(r"[+-]?\d{1,6}", cell, re.ASCII) or not least <= int(cell) <= most:
        raise BadCell(f"is not a whole number from {least} to {most}")
    return int(cell)


def read_weeks(cell: str) -> float:
    """Return a number of weeks."""
    try:
        weeks = float(cell.replace(",", "."))
    except ValueError:
        weeks = math.nan
    if not 0 <= weeks < math.inf:
        raise BadCell("is not a number of weeks")
    return weeks


def read_yes(cell: str) -> bool:
    if cell.casefold() not in _YES | _NO:
        raise BadCell("is neither yes nor no")
    return cell.casefold() in _YES


def read_site(cell: str) -> str:
    """Return `REMOTE`, the name of a site, or nothing for somebody on site who does not say where."""
    if cell.casefold() in _YES | {REMOTE}:
        return REMOTE
    return "" if cell.casefold() in _NO else skill_key(cell)


def read_role(cell: str) -> Role:
    if cell and cell.casefold() not in set(Role):
        raise BadCell(f"is none of {', '.join(Role)}")
    return Role(cell.casefold()) if cell else Role.BOTH


def read_style(cell: str) -> tuple[int, ...] | None:
    """Return three answers from 1 to 5, None for an empty cell."""
    if not cell:
        return None
    answers = [part.strip() for part in cell.split(";")]
    if len(answers) != 3 or not all(re.fullmatch(f"[1-{STYLE_STEPS}]", answer) for answer in answers):  # noqa: PLR2004  questions
        raise BadCell(f"is not three numbers from 1 to {STYLE_STEPS} with semicolons between")
    return tuple(map(int, answers))


def read_time(cell: str) -> int | None:
    """Return the minute of the day, None for an empty cell."""
    if not cell:
        return None
    found = _TIME.fullmatch(cell)
    minute = int(found[1]) * 60 + int(found[2] or 0) if found else MINUTES_OF_A_DAY + 1
    if not found or int(found[2] or 0) > 59 or minute > MINUTES_OF_A_DAY:  # noqa: PLR2004  minutes of an hour
        raise BadCell("is not a time like 9:00")
    return minute


def read_offset(cell: str) -> int:
    """Return how many minutes local time is ahead of UTC; 0 for an empty cell."""
    if not cell:
        return 0
    found = _OFFSET.fullmatch(cell.casefold().replace("−", "-").replace(" ", ""))
    minutes = 0
    if found:
        part = int(found[3]) / 60 if found[3] else float((found[4] or "0").replace(",", "."))
        minutes = round((int(found[2]) + part) * 60) * (-1 if found[1] == "-" else 1)
    if not found or not WEST <= minutes <= EAST:
        raise BadCell("is not an offset like +2, -3.5 or +05:30")
    return minutes


def read_window(start: int | None, end: int | None, offset: int) -> tuple[int, int] | None:
    """Return working hours in UTC minutes of the day from local ones; None if neither is given.

    A day of 24 hours stays one.
    """
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise BadCell("is given without the other end of the working day")
    if (start, end) == (0, MINUTES_OF_A_DAY):
        return start, end
    return (start - offset) % MINUTES_OF_A_DAY, (end - offset) % MINUTES_OF_A_DAY
