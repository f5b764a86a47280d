"""R7: a real worker against every fault Slack can have: all is delivered or set aside with a reason."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.clock.clock import DemoClock
from bot.db.sealing import Keyring
from bot.domain.messages import Destination, MessageKind, MessageState
from sandbox import Sandbox
from sandbox.faults import KINDS
from tests.faults import mortal
from tests.faults.crowd import Sizes, gather, rows
from tests.faults.station import PATIENT, Station, until
from tests.faults.tally import check_nothing_lost
from tests.integration.household import START, opened

MakeStation = Callable[..., Station]
DIRECT, GROUPS, ROOM = 60, 12, 6
GONE = ("is_archived", "channel_not_found", "not_in_channel", "msg_blocks_too_long")


def furnish(place: Station) -> None:
    """Put messages for every kind of destination, all due."""
    place.crowd.put(place.database, MessageKind.OWNER_JOINED, ROOM)
    place.crowd.put(place.database, MessageKind.INTRODUCTION, GROUPS)
    place.crowd.put(place.database, MessageKind.CHEER, DIRECT)


def test_every_fault_there_is_loses_and_repeats_nothing(make_station: MakeStation) -> None:
    """Each of them strikes three times among sixty direct messages, twelve to groups and some to rooms."""
    place = make_station(Sizes(people=DIRECT, pairs=GROUPS, rooms=2), DELIVERY__SETTLE_SECONDS=3)
    place.box.limits.burst = 1
    # Slower than the bot's patience of one second, sooner than its settling time by more than a second.
    struck = [
        place.box.faults.add(method="chat.postMessage", kind=kind, times=3, retry_after=1, seconds=1.5)
        for kind in KINDS
        if kind != "error"
    ]
    furnish(place)
    worker = place.start()

    assert place.rested(), place.count().table()
    assert [fault.kind for fault in struck if fault.struck != 3] == []
    tally = place.count()
    check_nothing_lost(tally)
    assert tally.lines[Destination.PERSON].once == tally.lines[Destination.PERSON].messages, tally.table()
    assert place.box.limits.violations == [], "one conversation got two messages within a second"
    assert "failed" not in worker.output


def test_what_can_never_arrive_is_set_aside_with_its_reason(make_station: MakeStation) -> None:
    """One try for each, and nobody else's message suffers."""
    place = make_station(Sizes(people=DIRECT), **PATIENT)
    for error in GONE:
        place.box.faults.add(method="chat.postMessage", kind="error", error=error)
    place.crowd.put(place.database, MessageKind.CHEER, DIRECT)
    place.start()

    assert place.rested(), place.count().table()
    tally = place.count()
    check_nothing_lost(tally)
    assert tally.lines[Destination.PERSON].held == dict.fromkeys(GONE, 1)
    assert tally.lines[Destination.PERSON].once == DIRECT - len(GONE)
    assert tally.calls["chat.postMessage"] == DIRECT


def test_a_token_revoked_in_the_middle_holds_the_rest(make_station: MakeStation) -> None:
    """What had arrived stays, everything else is held with the reason, for an operator to let go later."""
    # Patient: with the token gone nobody could look any more whether a message with a late answer stands.
    place = make_station(Sizes(people=DIRECT), DELIVERY__MESSAGES_PER_SECOND=20, **PATIENT)
    place.crowd.put(place.database, MessageKind.CHEER, DIRECT)
    worker = place.start()
    assert until(lambda: place.posted() >= DIRECT // 4), worker.output
    place.box.hub.tokens.revoked = True

    assert place.rested(), place.count().table()
    states = place.states()
    assert states.keys() == {MessageState.SENT, MessageState.HELD}
    assert states[MessageState.SENT] == place.posted() >= DIRECT // 4
    assert place.count().lines[Destination.PERSON].held == {"token_revoked": DIRECT - place.posted()}


@pytest.mark.parametrize("seconds", [1, 30, 300])
def test_nobody_calls_before_slacks_time_is_over(database_url: str, seconds: int) -> None:
    """Told by a 429 how long to wait, one process after the other keeps to it, and then all of it goes."""
    clock, key = DemoClock(START), secrets.token_bytes(32)
    with Sandbox.start(clock.now) as box, opened(database_url, clock.now, Keyring([("k1", key)])) as database:
        crowd = gather(database, box, Sizes(people=5))
        crowd.put(database, MessageKind.CHEER, 5)
        box.faults.add(method="chat.postMessage", kind="429", retry_after=seconds)

        def live() -> int:
            life = mortal.Life(database_url, key, crowd.workspace, box.bot_token, box.api_url, clock.now())
            assert mortal.run(life)[0] == 0
            return sum(call.method == "chat.postMessage" for call in box.calls)

        assert live() == 1
        clock.move(timedelta(seconds=seconds - 0.1))
        assert live() == 1
        clock.move(timedelta(seconds=0.2))
        assert live() == 1 + 5
        assert {row.state for row in rows(database, crowd)} == {MessageState.SENT}
