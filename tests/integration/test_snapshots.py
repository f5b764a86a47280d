"""The weekly count on real databases: once, frozen, by however many processes, and of however many people."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.clock.snapshots import take_due
from bot.db.programmes import ProgrammeRow
from bot.db.session import Database
from bot.db.snapshots import SnapshotRow
from bot.domain.pairings import EndReason
from bot.domain.rules import Rules
from bot.domain.snapshots import Answer
from bot.usecases.snapshots import agreements_of, count_due, keep_counts
from tests.integration.household import TERMS, Household, enrolled, furnish, paired, person
from tests.integration.watching import watched

A_WEEK, A_DAY = timedelta(weeks=1), timedelta(days=1)
COUNT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # the first Monday on which what began on START is 14 days old


@pytest.fixture
def home(database: Database) -> Household:
    """A household in whose programme nothing was counted yet."""
    home = furnish(database)
    with database.transaction(home.workspace) as tx:
        tx.change(sa.delete(SnapshotRow))
    return home


def pairs(database: Database, home: Household, waiting: int, signed: int, paused: int = 0) -> None:
    """Let so many more be together since now: some wait for a signature, some have all, in some one is on a break."""
    with database.transaction(home.workspace) as tx:
        for number in range(waiting + signed + paused):
            one, other = (
                enrolled(tx, person(tx, f"U{tx.now:%m%d}x{number}{side}"), home.programme, "hope") for side in "AB"
            )
            pairing = tx.pairings.get(paired(tx, home.programme, one, other)[2])
            if waiting <= number < waiting + signed:
                tx.agreements.add(pairing, one.owner_id, TERMS).in_force_at = tx.now
            if number >= waiting + signed:
                one.paused_until = (COUNT + 4 * A_WEEK).date()


def counted(database: Database, home: Household) -> list[SnapshotRow]:
    with database.reading(home.workspace) as tx:
        return tx.all(sa.select(SnapshotRow).order_by(SnapshotRow.week))


def test_it_is_counted_on_the_monday_and_never_again_that_week(
    database: Database, home: Household, clock: DemoClock
) -> None:
    """Not a minute before six, and what changes later stays for nobody to see."""
    pairs(database, home, waiting=6, signed=5, paused=2)
    clock.move_to(COUNT - timedelta(minutes=1))
    take_due(database)
    assert counted(database, home) == []
    clock.move_to(COUNT)
    assert take_due(database) == 1
    before = counted(database, home)[-1]
    assert (before.week, before.answer, before.yes, before.among) == ("2026-W48", Answer.SOME, 7, 14)

    pairs(database, home, waiting=20, signed=0)
    clock.move(3 * A_DAY)
    assert take_due(database) == 0
    after = counted(database, home)[-1]
    assert (after.yes, after.among, after.taken_at) == (before.yes, before.among, before.taken_at)


def test_who_was_counted_is_not_counted_again(database: Database, home: Household, clock: DemoClock) -> None:
    """A newcomer waits until there are enough others, and what is shown meanwhile is the count there was."""
    pairs(database, home, waiting=6, signed=7)
    clock.move(A_WEEK)
    pairs(database, home, waiting=1, signed=0)
    for week in range(3):
        clock.move_to(COUNT + week * A_WEEK)
        take_due(database)
    first, second, third = counted(database, home)[-3:]

    assert (first.answer, first.yes, first.among) == (Answer.SOME, 7, 14)
    assert [(one.answer, one.yes, one.among) for one in (second, third)] == [(Answer.TOO_FEW, None, 1)] * 2
    with database.reading(home.workspace) as tx:
        shown = agreements_of(tx, [home.programme])[home.programme]
    assert (shown.figure, shown.day, shown.days) == (first.figure, COUNT.date(), 14)


def test_an_old_count_makes_room(database: Database, home: Household, clock: DemoClock) -> None:
    """After four weeks it is history: then there is none, and it says what one takes."""
    pairs(database, home, waiting=6, signed=7)
    for week in range(6):
        clock.move_to(COUNT + week * A_WEEK)
        take_due(database)

    with database.reading(home.workspace) as tx:
        shown = agreements_of(tx, [home.programme])[home.programme]
    assert shown.figure and shown.figure.answer is Answer.TOO_FEW
    assert shown.day == (COUNT + 5 * A_WEEK).date()


def test_what_may_not_be_told_is_not_even_kept(database: Database, home: Household, clock: DemoClock) -> None:
    """Four of fourteen read like none of fourteen, in the database as on the screen."""
    pairs(database, home, waiting=3, signed=10)
    clock.move_to(COUNT)
    take_due(database)

    row = counted(database, home)[-1]
    assert (row.answer, row.yes, row.among) == (Answer.FEW, None, 14)


def test_a_programme_can_ask_for_more(database: Database, home: Household, clock: DemoClock) -> None:
    """Its own smallest group, and its own number of days."""
    with database.transaction(home.workspace) as tx:
        tx.programmes.get(home.programme).own_rules = Rules(min_group=7, unsigned_count_days=25).changed()
    pairs(database, home, waiting=5, signed=8)
    for moment in (COUNT, COUNT + A_WEEK):
        clock.move_to(moment)
        take_due(database)

    first, second = counted(database, home)[-2:]
    assert (first.answer, first.among) == (Answer.TOO_FEW, 0)
    assert (second.answer, second.yes, second.least) == (Answer.FEW, None, 7)


def test_ended_ones_and_a_programme_of_this_week_are_not_counted(
    database: Database, home: Household, clock: DemoClock
) -> None:
    """What is over waits for no signature; a programme that was set up after Monday is counted from the next one."""
    with database.transaction(home.workspace) as tx:
        tx.pairings.end(tx.pairings.get(home.pairing), EndReason.COMPLETED)
    pairs(database, home, waiting=5, signed=5)
    clock.move_to(COUNT)
    with database.transaction(home.workspace) as tx:
        tx.change(sa.update(ProgrammeRow).values(created_at=COUNT))
    assert take_due(database) == 0
    with database.reading(home.workspace) as tx:
        shown = agreements_of(tx, [home.programme])[home.programme]
    assert (shown.figure, shown.day) == (None, (COUNT + A_WEEK).date())

    clock.move(A_WEEK)
    assert take_due(database) == 1
    assert counted(database, home)[-1].among == 10


def test_a_restore_counts_nobody_again(database: Database, home: Household, clock: DemoClock) -> None:
    """The backup may be older than a count that owners have read: another one of the same pairings would differ."""
    pairs(database, home, waiting=6, signed=7)
    clock.move_to(COUNT + A_DAY)
    with database.transaction(home.workspace) as tx:
        tx.restores.mark()
    pairs(database, home, waiting=6, signed=7)
    for week in range(4):
        clock.move_to(COUNT + A_DAY + week * A_WEEK)
        take_due(database)

    assert [(one.answer, one.among) for one in counted(database, home)] == [
        (Answer.TOO_FEW, 0),
        (Answer.TOO_FEW, 0),
        (Answer.TOO_FEW, 0),
        (Answer.SOME, 13),
    ]


def test_of_many_processes_one_counts(database: Database, home: Household, clock: DemoClock) -> None:
    """They may all have counted; the first to write stands, whatever the others found."""
    pairs(database, home, waiting=6, signed=7)
    clock.move_to(COUNT)
    with database.reading(home.workspace) as tx:
        early = count_due(tx)
    together = threading.Barrier(4)

    def take(_: int) -> int:
        together.wait()
        return take_due(database)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(4))) == 1
    before = counted(database, home)[-1].taken_at
    with database.transaction(home.workspace) as tx:
        assert keep_counts(tx, early) == 0
    assert counted(database, home)[-1].taken_at == before


def test_hundreds_are_counted_in_as_many_statements_as_a_few(
    database: Database, home: Household, clock: DemoClock
) -> None:
    """And in few."""
    asked, among = [], []
    for number in (4, 150):
        pairs(database, home, waiting=number, signed=number)
        clock.move(4 * A_WEEK)
        with watched(database) as said:
            assert take_due(database) == 1
        asked.append(len(said))
        among.append(counted(database, home)[-1].among)

    assert among == [9, 309]
    assert asked[0] == asked[1]
    assert asked[0] <= 10
