"""R4: several real workers on one database, stopped and continued, and messages of a version to come."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.db.outbox import MessageRow
from bot.domain.messages import Destination, MessageKind, MessageState
from tests.faults.crowd import Sizes, rows
from tests.faults.station import Station, freeze, kill, thaw, until
from tests.faults.tally import check_nothing_lost
from tests.integration.programs import Program

MakeStation = Callable[..., Station]


@pytest.fixture
def rush(thorough: bool) -> tuple[int, int]:  # noqa: FBT001  a fixture
    """How many workers, and how many messages that are due at once."""
    return (8, 1_000) if thorough else (3, 150)


def check_each_once(place: Station, messages: int) -> None:
    tally = place.count()
    check_nothing_lost(tally)
    assert tally.lines[Destination.PERSON].once == messages, tally.table()
    assert place.box.limits.violations == [], "one conversation got two messages within a second"


def test_many_workers_send_each_message_once(make_station: MakeStation, rush: tuple[int, int]) -> None:
    """All at the same rows: what one has taken no other sends, and no conversation gets two within a second."""
    workers, messages = rush
    place = make_station(Sizes(people=messages // 2))
    place.box.limits.burst = 1
    place.crowd.put(place.database, MessageKind.CHEER, messages)
    started = [place.begin() for _ in range(workers)]
    assert place.rested(), place.count().table()
    assert all(process.says("running") for process in started)

    check_each_once(place, messages)
    assert [process.stop() for process in started] == [0] * workers


def test_a_worker_stopped_past_its_lease_sends_nothing_when_it_wakes_up(make_station: MakeStation) -> None:
    """Frozen in the middle of its messages, it finds them sent by the other when it goes on."""
    place = make_station(Sizes(people=40))
    place.box.limits.burst = 1
    place.box.faults.add(method="chat.postMessage", kind="slow", times=None, seconds=0.6)
    place.crowd.put(place.database, MessageKind.CHEER, 40)
    sleeper = place.start(DELIVERY__PARALLEL=1)
    freeze_during_a_call(place, sleeper)
    place.box.faults.clear()
    other = place.start()
    rested = place.rested()
    thaw(sleeper)
    assert rested, place.count().table()

    assert sleeper.stop() == 0
    assert other.stop() == 0
    check_each_once(place, 40)


def test_killed_again_and_again_each_message_comes_once(make_station: MakeStation, thorough: bool) -> None:  # noqa: FBT001  a fixture
    """SIGKILL at random moments, in the middle of calls and commits; whoever is started next goes on."""
    messages, kills = (300, 25) if thorough else (50, 3)
    place = make_station(Sizes(people=messages))
    place.box.faults.add(method="chat.postMessage", kind="slow", times=None, seconds=0.1)
    place.crowd.put(place.database, MessageKind.CHEER, messages)
    for goal in sorted(random.Random(11).sample(range(2, messages - 10), kills)):
        worker = place.start()
        assert until(lambda goal=goal: place.posted() >= goal), worker.output  # type: ignore[misc]  # bound at once
        kill(worker)
    place.start()

    assert place.rested(), place.count().table()
    check_each_once(place, messages)


def freeze_during_a_call(place: Station, process: Program) -> None:
    """Freeze a process that waits for Slack's answer, having taken many more messages.

    Then it holds no lock: in the middle of a commit SQLite would let nobody else write until it wakes.
    """
    before = place.posted() + 2
    assert until(lambda: place.posted() >= before, every=0.01), process.output
    freeze(process)


def test_messages_of_a_newer_version_wait_for_it(make_station: MakeStation) -> None:
    """In a rolling upgrade the old worker leaves them alone; the new one sends them."""
    place = make_station(Sizes(people=12))
    place.crowd.put(place.database, MessageKind.CHEER, 12)
    newer = [row.id for row in rows(place.database, place.crowd)[::3]]
    rename(place, newer, "of_tomorrow")
    worker = place.start()

    assert until(lambda: place.states().get(MessageState.SENT) == 8), worker.output
    assert place.states() == {MessageState.SENT: 8, MessageState.PENDING: 4}
    assert "failed" not in worker.output
    rename(place, newer, MessageKind.CHEER)
    assert place.rested(), worker.output
    check_each_once(place, 12)


def rename(place: Station, messages: Sequence[UUID], kind: str) -> None:
    """Give messages another kind, known here or not."""
    columns = MessageRow.__table__.c
    words = sa.table("message", sa.column("kind"), sa.column("id", columns.id.type))
    with place.database.engine.begin() as connection:
        connection.execute(sa.update(words).where(words.c.id.in_(messages)).values(kind=kind))
