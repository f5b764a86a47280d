"""The rate budget is one for all processes, and Slack's word stops them all."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from bot.clock.clock import DemoClock
from bot.db.budgets import Turn
from bot.db.session import Database
from bot.domain.ids import WorkspaceId
from bot.domain.pace import Method, Rate
from tests.integration.household import START

RATES = {Method.POST: Rate(4), Method.OPEN: Rate(1)}
FAR = START + timedelta(hours=1)


def take(database: Database, methods: Sequence[Method], latest: datetime = FAR) -> Turn:
    with database.transaction(workspace(database)) as tx:
        return tx.budgets.take(methods, RATES, latest)


def workspace(database: Database) -> WorkspaceId:
    return database.workspace("T1")


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_calls_are_reserved_one_after_the_other(database: Database) -> None:
    assert [take(database, [Method.POST]).at for _ in range(4)] == [after(0), after(0.25), after(0.5), after(0.75)]


def test_eight_threads_never_get_the_same_moment(database: Database) -> None:
    gate = threading.Barrier(8)
    home = workspace(database)

    def work(_: int) -> list[datetime]:
        gate.wait()
        moments = []
        for _ in range(10):
            with database.transaction(home) as tx:
                moments.append(tx.budgets.take([Method.POST], RATES, FAR).at)
        return moments

    take(database, [Method.POST])
    with ThreadPoolExecutor(8) as pool:
        moments = sorted(moment for some in pool.map(work, range(8)) for moment in some)
    assert moments == [after((number + 1) / 4) for number in range(80)]


def test_what_needs_two_kinds_of_calls_waits_for_the_slower(database: Database) -> None:
    take(database, [Method.OPEN])
    assert take(database, [Method.OPEN, Method.POST]) == Turn(after(1), taken=True, slowest=Method.OPEN)


def test_too_far_ahead_takes_nothing(database: Database) -> None:
    take(database, [Method.OPEN])
    refused = take(database, [Method.OPEN, Method.POST], latest=after(0.5))

    assert (refused.at, refused.taken, refused.slowest) == (after(1), False, Method.OPEN)
    assert take(database, [Method.POST]).at == after(0)
    assert take(database, [Method.OPEN]).at == after(1)


def test_slacks_word_holds_for_everybody(database: Database, clock: DemoClock) -> None:
    home = workspace(database)
    with database.transaction(home) as tx:
        tx.budgets.block(Method.POST, after(30))
        tx.budgets.block(Method.POST, after(10))
    assert [take(database, [Method.POST]).at for _ in range(2)] == [after(30), after(30.25)]
    with database.reading(home) as tx:
        assert tx.budgets.blocked() == {Method.POST: after(30)}
    clock.move(timedelta(seconds=30))
    with database.reading(home) as tx:
        assert tx.budgets.blocked() == {}
