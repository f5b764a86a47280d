"""Public holidays: the days a country or a part of it has off.

A region is an ISO 3166 code, ``DE`` or ``DE-BE``; an empty one has no holidays. The calendar is the package
``holidays``, read when the first region is looked up.
"""

from __future__ import annotations

import re
import warnings
from datetime import date
from functools import lru_cache

LONGEST = 6  # characters of a region
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


class RegionUnknown(ValueError):
    """The calendar knows no such country, or no such part of it."""


def kept_region(text: str) -> str:
    """Return a region as it is kept: capital letters, no blanks; empty for none. Raises RegionUnknown."""
    region = text.strip().upper()
    if region and not (_REGION.fullmatch(region) and is_known(region)):
        raise RegionUnknown(region[:LONGEST])
    return region


def is_known(region: str) -> bool:
    """Say whether the calendar has holidays for a region."""
    try:
        _calendar(region, None)
    except NotImplementedError:
        return False
    return True


def is_holiday(day: date, region: str) -> bool:
    """Say whether ``day`` is a public holiday there. A region the calendar has dropped since counts as none."""
    return bool(region) and day in _holidays(region, day.year)


@lru_cache(maxsize=512)
def _holidays(region: str, year: int) -> frozenset[date]:
    try:
        with warnings.catch_warnings():  # far years of calendars that go by the moon are estimates, and say so
            warnings.simplefilter("ignore")
            return _calendar(region, year)
    except NotImplementedError:
        return frozenset()


def _calendar(region: str, year: int | None) -> frozenset[date]:
    from holidays import country_holidays

    country, _, part = region.partition("-")
    return frozenset(country_holidays(country, subdiv=part or None, years=year, expand=False))
