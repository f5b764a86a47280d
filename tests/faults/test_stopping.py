"""SIGTERM: everything that was begun is finished or left to others, long before a Slack that hangs would answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.messages import Destination, MessageKind, MessageState
from tests.faults.crowd import Sizes
from tests.faults.station import Station, until
from tests.faults.tally import check_nothing_lost
from tests.integration.programs import free_port
from tests.patience import PATIENCE

MakeStation = Callable[..., Station]
MESSAGES = 30
# Beside the worker both transports, each with one of the databases; with the other one in the other test.
RUNS = {"sqlite": ("run",), "postgres": ("run", "--http")}
both = pytest.mark.parametrize("alone", [True, False], ids=["worker", "run"])


@both
def test_asked_to_stop_it_finishes_what_it_has_begun(
    make_station: MakeStation,
    database_kind: str,
    alone: bool,  # noqa: FBT001  a parameter
) -> None:
    """Nothing is left half-done, what had not begun waits for the next process, and nothing comes twice."""
    place = make_station(Sizes(people=MESSAGES), SERVER__PORT=free_port(), SERVER__WORKERS=1)
    place.box.faults.add(method="chat.postMessage", kind="slow", times=None, seconds=0.5)
    place.crowd.put(place.database, MessageKind.CHEER, MESSAGES)
    process = place.start(*(("worker",) if alone else RUNS[database_kind]))
    assert until(lambda: place.posted() >= 5), process.output

    assert process.stop() == 0
    assert MessageState.SENDING not in place.states()
    place.box.faults.clear()
    place.start()
    assert place.rested(), place.count().table()
    check_all_came(place)


@both
def test_asked_to_stop_while_slack_hangs_it_leaves_that_to_others(
    make_station: MakeStation,
    database_kind: str,
    alone: bool,  # noqa: FBT001  a parameter
) -> None:
    """The calls in the air are given up as unclear: the next process looks them up, without waiting for a lease."""
    waits = {
        "SLACK__TIMEOUT_SECONDS": 60,  # longer than the test waits for the end
        "SERVER__PORT": free_port(),
        "SERVER__WORKERS": 1,
    }
    place = make_station(Sizes(people=MESSAGES), **waits)
    hang = place.box.faults.add(method="chat.postMessage", kind="hang", times=None, seconds=2 * PATIENCE)
    place.crowd.put(place.database, MessageKind.CHEER, MESSAGES)
    other = RUNS["postgres" if database_kind == "sqlite" else "sqlite"]
    process = place.start(*(("worker",) if alone else other))
    assert until(lambda: hang.struck), process.output

    process.stop()
    assert MessageState.SENDING not in place.states()
    place.box.faults.clear()
    place.start(SLACK__TIMEOUT_SECONDS=1)
    assert place.rested(), place.count().table()
    check_all_came(place)


def check_all_came(place: Station) -> None:
    tally = place.count()
    check_nothing_lost(tally)
    assert tally.lines[Destination.PERSON].once == MESSAGES, tally.table()
