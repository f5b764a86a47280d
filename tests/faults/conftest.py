"""How thorough a run is, and a place to try things in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.crowd import Sizes
from tests.faults.station import Station, station
from tests.thorough import THOROUGH

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.faults)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(3_600 if THOROUGH else 600))


@pytest.fixture(scope="session")
def thorough() -> bool:
    """Whether everything is tried (`make faults`) or a part of it (`make test`)."""
    return THOROUGH


@pytest.fixture
def make_station(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Station]]:
    """Open a station on a fresh database; ``more`` is environment of its processes."""

    def make(sizes: Sizes, *, known: bool = True, **more: object) -> Station:
        return stations.enter_context(station(database_url, tmp_path, sizes, more, known=known))

    with ExitStack() as stations:
        yield make
