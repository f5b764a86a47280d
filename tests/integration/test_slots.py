from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.clock.ticks import Ticks
from bot.db.outbox import MessageRow
from bot.db.people import PersonRow
from bot.db.programmes import ProgrammeRow
from bot.db.session import Database
from bot.db.slots import Move, SlotRow, Slots
from bot.domain.messages import MessageKind
from bot.domain.pairings import EndReason
from bot.domain.slots import Due, SlotKind, SlotState
from bot.usecases.prompts import fire_due
from tests.integration.household import START, Household, enrolled, new_keyring, paired, person
from tests.integration.watching import watched

WEEK, A_DAY = timedelta(weeks=1), timedelta(days=1)


@pytest.fixture
def ticks(database: Database) -> Ticks:
    """Ticks that plan and fire; what they put into the outbox stays there to be counted."""
    return Ticks(database, deliver=lambda: 0, reap=lambda: 0)


def slots(database: Database, home: Household) -> list[SlotRow]:
    with database.reading(home.workspace) as tx:
        return tx.all(sa.select(SlotRow).where(SlotRow.person_id == home.mira).order_by(SlotRow.due_at))


def asked(database: Database, home: Household, kind: MessageKind = MessageKind.CHECKIN) -> int:
    """Count the messages to Mira of one kind that the ticks made."""
    with database.reading(home.workspace) as tx:
        made = sa.select(MessageRow).where(MessageRow.kind == kind, MessageRow.target_id == home.mira)
        return tx.count(made.where(MessageRow.dedupe_key != f"checkin:{home.checkin}"))


def due(home: Household, moment: datetime) -> Due:
    return Due(home.programme, home.mira, SlotKind.CHECKIN, "2026-W46", moment)


def test_a_slot_is_planned_once(database: Database, home: Household) -> None:
    """Planning the same week again finds the slot, also beside one that is new."""
    other = Due(home.programme, home.jonas, SlotKind.CHECKIN, "2026-W46", START + WEEK)
    for several, new in (([due(home, START + WEEK)], 0), ([due(home, START), other], 1), ([other, other], 0), ([], 0)):
        with database.transaction(home.workspace) as tx:
            assert tx.slots.plan(several) == new
    assert len(slots(database, home)) == 1


def test_a_slot_that_is_planned_moves_and_one_that_is_decided_stays(database: Database, home: Household) -> None:
    """Who moves to another zone is asked at the new hour, but never twice in a week."""

    def moved(was: datetime, to: datetime) -> datetime:
        with database.transaction(home.workspace) as tx:
            tx.slots.move([Move(slots(database, home)[0].id, was, due(home, to))])
        return slots(database, home)[0].due_at

    planned = slots(database, home)[0].due_at
    assert moved(planned, START + 3 * A_DAY) == START + 3 * A_DAY
    assert moved(planned, START) == START + 3 * A_DAY, "somebody else moved it first"
    with database.transaction(home.workspace) as tx:
        tx.slots.decide({slots(database, home)[0].id: SlotState.FIRED})
    assert moved(START + 3 * A_DAY, START) == START + 3 * A_DAY


def test_planners_at_once_plan_each_week_once(database: Database, home: Household) -> None:
    """Every process has a planner; the database keeps one slot a person and week."""
    gate = threading.Barrier(4)

    def plan(_: int) -> None:
        gate.wait()
        Ticks(database, deliver=lambda: 0, reap=lambda: 0).plan()

    with database.transaction(home.workspace) as tx:
        tx.change(sa.delete(SlotRow))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(plan, range(4)))

    weeks = [row.period for row in slots(database, home)]
    assert len(weeks) == len(set(weeks))


def test_planners_at_once_tell_a_partner_once_that_somebody_is_back(
    database: Database, home: Household, clock: DemoClock
) -> None:
    """Each of them finds the break that is over."""
    with database.transaction(home.workspace) as tx:
        tx.enrolments.get(home.enrolment).paused_until = START.date()
    gate = threading.Barrier(4)

    def plan(turn: int) -> None:
        own = Database(database.engine, new_keyring(), DemoClock(START + timedelta(seconds=turn)).now)
        gate.wait()
        Ticks(own, deliver=lambda: 0, reap=lambda: 0).plan()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(plan, range(4)))

    with database.reading(home.workspace) as tx:
        assert tx.count(sa.select(MessageRow).where(MessageRow.kind == MessageKind.PARTNER_BACK)) == 1


def test_planning_what_is_planned_asks_little_and_writes_nothing(database: Database, home: Household) -> None:
    """It comes every minute, however many people there are, and must keep nobody waiting."""
    ticks = Ticks(database, deliver=lambda: 0, reap=lambda: 0)
    ticks.plan()
    said: list[str] = []
    sa.event.listen(database.engine, "before_cursor_execute", lambda *found: said.append(found[2]))

    assert ticks.plan() == 0

    few = len(said)
    with database.transaction(home.workspace) as tx:
        for number in range(6):
            pair = [enrolled(tx, person(tx, f"U{number}{one}"), home.programme, "hope") for one in "AB"]
            paired(tx, home.programme, *pair)
    ticks.plan()
    said.clear()
    assert ticks.plan() == 0
    assert len(said) == few
    assert not [one for one in said if one.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_processes_that_fire_at_once_ask_once(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    """Four of them find the same due slot; one message is written."""
    clock.move_to(START + WEEK)
    ticks.plan()
    gate = threading.Barrier(4)

    def fire(_: int) -> None:
        gate.wait()
        Ticks(database, deliver=lambda: 0, reap=lambda: 0).fire()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fire, range(4)))

    assert asked(database, home) == 1


def test_a_tick_run_again_and_again_changes_nothing(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    """Restarts, doubled schedulers and impatient clocks ask nobody twice."""
    clock.move_to(START + WEEK)
    for _ in range(5):
        ticks.plan()
        ticks.fire()

    assert asked(database, home) == 1


def test_a_clock_set_back_asks_nobody_twice(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    """An hour back or a day back: the week has been asked."""
    for moment in (START + WEEK, START + WEEK - timedelta(hours=1), START + 6 * timedelta(days=1), START + WEEK):
        clock.move_to(moment)
        ticks.plan()
        ticks.fire()

    assert asked(database, home) == 1


def test_a_night_without_the_bot_makes_the_check_in_late_not_lost(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    """Back within four days, the week still happens; later it is left out and said to nobody."""
    clock.move_to(START + WEEK + timedelta(days=3))
    ticks.plan()
    ticks.fire()
    assert asked(database, home) == 1

    clock.move_to(START + 2 * WEEK + timedelta(days=5))
    ticks.plan()
    ticks.fire()
    assert asked(database, home) == 1


def test_two_weeks_away_make_one_check_in_not_two(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    """What was missed does not pile up."""
    ticks.plan()
    clock.move_to(START + 3 * WEEK)
    ticks.plan()
    ticks.fire()

    assert asked(database, home) == 1


def test_nobody_is_asked_after_the_pairing_ended(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    """A slot planned before is skipped when its moment comes."""
    ticks.plan()
    with database.transaction(home.workspace) as tx:
        tx.pairings.end(tx.pairings.get(home.pairing), EndReason.LEFT)
    clock.move_to(START + WEEK)
    ticks.fire()

    assert asked(database, home) == 0
    assert {row.state for row in slots(database, home) if row.due_at <= clock.now()} == {SlotState.SKIPPED}


def test_a_reminder_comes_once_and_only_while_the_question_is_open(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    """The next working day, for who has not answered."""
    for days in (7, 8, 9, 10):
        clock.move_to(START + timedelta(days=days))
        ticks.plan()
        ticks.fire()

    assert asked(database, home, MessageKind.CHECKIN_REMINDER) == 1


def test_the_next_moment_is_known_to_whoever_moves_the_clock(database: Database, home: Household, ticks: Ticks) -> None:
    """The earliest of what is planned and what waits to be sent."""
    moment = ticks.next_moment()

    assert moment == START, "a message waits"
    with database.transaction(home.workspace) as tx:
        tx.change(sa.delete(MessageRow))
    assert ticks.next_moment() == slots(database, home)[0].due_at


def many(database: Database, home: Household, pairs: int) -> None:
    """Let so many more pairs be together in the household's programme."""
    with database.transaction(home.workspace) as tx:
        for number in range(pairs):
            pair = [enrolled(tx, person(tx, f"U{pairs}x{number}{one}"), home.programme, "hope") for one in "AB"]
            paired(tx, home.programme, *pair)


def test_a_batch_takes_as_many_statements_for_hundreds_as_for_a_few(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    """Check-ins and the reminders of the day after; each is made once for everybody."""
    with database.transaction(home.workspace) as tx:
        tx.change(sa.delete(SlotRow))
    counted = []
    for weeks, pairs in ((1, 4), (2, 120)):
        many(database, home, pairs)
        for moment in (START + weeks * WEEK, START + weeks * WEEK + A_DAY):
            clock.move_to(moment)
            ticks.plan()
            with watched(database) as said, database.transaction(home.workspace) as tx:
                due = fire_due(tx)
            counted.append((due, len(said)))

    (few, one), (_, other), (many_due, third), (_, fourth) = counted
    assert 10 * few < many_due
    assert (third, fourth) == (one, other)
    assert max(one, other) <= 16


@pytest.mark.parametrize(("kind", "most"), [(SlotKind.SILENCE, 16), (SlotKind.UNSIGNED, 12)], ids=str)
def test_looking_after_hundreds_takes_as_many_statements_as_after_a_few(
    database: Database, home: Household, clock: DemoClock, kind: SlotKind, most: int
) -> None:
    """One is nudged, asked about, or reminded like all of them: each kind of letter is written once for everybody."""
    with database.transaction(home.workspace) as tx:
        tx.change(sa.delete(SlotRow))
    counted = []
    for turn, pairs in enumerate((4, 120)):
        clock.move_to(START + turn * 5 * WEEK)
        many(database, home, pairs)
        for weeks in (1, 2, 3):
            clock.move_to(START + (turn * 5 + weeks) * WEEK)
            with database.transaction(home.workspace) as tx:
                tx.change(sa.delete(SlotRow))
                people = tx.scalars(sa.select(PersonRow.id).where(PersonRow.slack_id.startswith(f"U{pairs}x")))
                tx.slots.plan(Due(home.programme, one, kind, tx.now.date().isoformat(), tx.now) for one in people)
            with watched(database) as said, database.transaction(home.workspace) as tx:
                assert fire_due(tx) == 2 * pairs
            counted.append(len(said))

    assert counted[:3] == counted[3:]
    assert max(counted) <= most


def test_planning_takes_as_many_statements_for_hundreds_as_for_a_few(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    """New ones, moved ones, and none at all."""
    counted = []
    for hour, pairs in ((9, 4), (11, 120)):
        many(database, home, pairs)
        clock.move_to(START + WEEK - A_DAY)
        for asked_at in (hour, hour + 1, hour + 1):
            with database.transaction(home.workspace) as tx:
                tx.change(sa.update(ProgrammeRow).values(hour=asked_at))
            with watched(database) as said:
                ticks.plan()
            counted.append(len(said))

    assert counted[:3] == counted[3:]


def test_what_is_due_is_found_without_looking_at_what_was_decided(database: Database, home: Household) -> None:
    """By an index that holds planned slots alone, whatever was ever planned."""
    explain = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[database.engine.name]
    for ask in (Slots.next_due, lambda slots: slots.due(10)):
        asked: list[tuple[str, Any]] = []
        with database.transaction(home.workspace) as tx:
            connection = tx.session.connection()
            sa.event.listen(
                connection, "before_cursor_execute", lambda *found, to=asked: to.append((found[2], found[3]))
            )
            ask(tx.slots)
            [(statement, values)] = asked
            if database.engine.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # there are too few rows for an index
            plan = connection.exec_driver_sql(explain + statement, values).all()
        assert "ix_slot_planned" in str(plan)


def test_a_tick_that_is_running_is_not_run_beside_itself(database: Database) -> None:
    """A second call while the first is sending returns at once with nothing done."""
    inside: list[int] = []

    def deliver() -> int:
        inside.append(busy.send())
        return 0

    busy = Ticks(database, deliver, reap=lambda: 0)

    assert busy.send() == 0
    assert inside == [0]
