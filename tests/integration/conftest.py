"""A clock that stands, a database under it, and a household in that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.clock.clock import DemoClock
from bot.db.session import Database
from tests.integration.household import START, Household, furnish, opened


@pytest.fixture
def clock() -> DemoClock:
    return DemoClock(START)


@pytest.fixture
def database(database_url: str, clock: DemoClock) -> Iterator[Database]:
    with opened(database_url, clock.now) as opened_one:
        yield opened_one


@pytest.fixture
def home(database: Database) -> Household:
    return furnish(database)
