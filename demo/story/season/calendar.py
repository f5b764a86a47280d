"""The days of the season: who is asked when, with whom, and when everybody has a day off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from demo.story.cast import Player, cast, city

DAY = timedelta(days=1)
START = datetime(2027, 2, 4, 3, 0, tzinfo=UTC)
THURSDAY = date(2027, 2, 4)
FIRST_MONDAY = date(2027, 2, 8)
WEEKS = 12
REGION = "DE"
HOLIDAYS = (date(2027, 3, 26), date(2027, 3, 29))  # Good Friday and Easter Monday
EASTER_WEEK = 8
NEWLY_MATCHED_ON = date(2027, 2, 17)
LAST_DAY = date(2027, 4, 30)  # of the first pair: twelve weeks after they met
NINE = time(9)

AWAY, AWAY_WEEK = "mira", 4
BACK_ON = date(2027, 3, 5)
SILENT, SILENT_WEEK = "raj", 7

# The newer pairs go on behind the season: one more Monday of theirs is looked at.
LAST_WEEK = MappingProxyType({"mira": 12, "jonas": 12, "ana": 13, "raj": 13, "tess": 13, "noor": 13})
FIRST_WEEK = MappingProxyType({"mira": 1, "jonas": 1, "ana": 1, "raj": 1, "tess": 3, "noor": 3})
_ALWAYS = {"mira": "jonas", "jonas": "mira"}
_BEFORE = {**_ALWAYS, "ana": "raj", "raj": "ana"}
_AFTER = {**_ALWAYS, "ana": "tess", "tess": "ana", "raj": "noor", "noor": "raj"}


def players() -> dict[str, Player]:
    """Return the six of the story, and one who comes later."""
    return cast() | {"noor": Player("noor", "Noor Haddad", "Asia/Dubai", city("Dubai", "Dubai"))}


PARTICIPANTS = tuple(FIRST_WEEK)


def partner(who: str, week: int) -> str:
    """Return who reads the answers of somebody in a week; Ana and Raj change partners before the third."""
    return (_BEFORE if week < FIRST_WEEK["tess"] else _AFTER)[who]


def asked_on(week: int) -> date:
    """Return the day of the check-in: Monday, and after Easter the day behind it."""
    monday = FIRST_MONDAY + timedelta(weeks=week - 1)
    return monday + DAY if monday in HOLIDAYS else monday


def due(people: Mapping[str, Player]) -> Iterator[tuple[str, datetime]]:
    """Return who is to be asked when, at nine of their own day."""
    for who, first in FIRST_WEEK.items():
        for week in range(first, LAST_WEEK[who] + 1):
            if (who, week) != (AWAY, AWAY_WEEK):
                yield who, datetime.combine(asked_on(week), NINE, people[who].clock)
