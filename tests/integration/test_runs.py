"""Rounds that run by themselves, with several processes at it, dying ones too: planned once, solved once, told once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import exc

from bot.clock.clock import DemoClock
from bot.clock.rounds import run_due
from bot.clock.ticks import Ticks
from bot.db.attendance import AttendanceRow
from bot.db.outbox import MessageRow
from bot.db.pairings import MembershipRow
from bot.db.rounds import MatchRow, RoundRow
from bot.db.runs import LEASE
from bot.db.session import Database
from bot.db.transaction import Transaction
from bot.domain.attendance import Attendance, RoundStarted
from bot.domain.ids import ProgrammeId
from bot.domain.messages import MessageKind
from bot.domain.rounds import MatchState, RoundOutdated, RoundState
from bot.domain.schedules import Rhythm, Schedule
from bot.matching.people import Person, Population
from bot.matching.policy import programme_policy
from bot.matching.solve import solve
from bot.usecases import field, rounds
from bot.usecases.attendance import answer_heads_up
from bot.usecases.field import LARGE, Field, find_matches
from bot.usecases.runs import gather_run, keep_run, take_due
from tests.integration.household import START, Household, enrolled, person

POLICY = programme_policy({})
DAY = date(2026, 11, 12)
MOMENT = START + timedelta(days=10)


@pytest.fixture
def ticks(database: Database) -> Ticks:
    return Ticks(database, deliver=lambda: 0, reap=lambda: 0)


@pytest.fixture
def waiting(database: Database, home: Household) -> tuple[UUID, UUID]:
    """Two people who wait, in a programme with a round every week; their enrolments."""
    with database.transaction(home.workspace) as tx:
        one, other = (enrolled(tx, person(tx, f"U{number}"), home.programme, "hope") for number in (7, 8))
        schedule = Schedule(Rhythm.WEEKS, weeks=1, first_day=DAY)
        tx.schedules.keep(home.programme, schedule, zone="Europe/Berlin", set_by=home.mira)
        return one.id, other.id


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    gate = threading.Barrier(count)

    def one(number: int) -> Any:
        gate.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def on(database: Database, home: Household, day: date = DAY) -> list[RoundRow]:
    with database.reading(home.workspace) as tx:
        return tx.all(sa.select(RoundRow).where(RoundRow.day == day))


def told(database: Database, home: Household, kind: MessageKind) -> int:
    with database.reading(home.workspace) as tx:
        return tx.count(sa.select(MessageRow).where(MessageRow.kind == kind))


@pytest.mark.usefixtures("waiting")
def test_planners_at_once_plan_a_round_once(database: Database, home: Household) -> None:
    at_once(4, lambda _: Ticks(database, deliver=lambda: 0, reap=lambda: 0).plan())
    assert [row.state for row in on(database, home)] == [RoundState.PLANNED]


@pytest.mark.usefixtures("waiting")
def test_planning_what_is_planned_writes_nothing(database: Database, ticks: Ticks) -> None:
    ticks.plan()
    said: list[str] = []
    sa.event.listen(database.engine, "before_cursor_execute", lambda *found: said.append(found[2]))
    assert ticks.plan() + ticks.match() == 0
    assert not [one for one in said if one.startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.usefixtures("waiting")
def test_processes_at_once_ask_everybody_once_and_solve_once(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    """Whoever waits is asked; the two of the household are together for longer and are not."""
    clock.move_to(MOMENT - timedelta(days=3))
    ticks.plan()
    at_once(4, lambda _: Ticks(database, deliver=lambda: 0, reap=lambda: 0).fire())
    assert told(database, home, MessageKind.HEADS_UP) == 2

    clock.move_to(MOMENT)
    for _ in range(2):
        at_once(4, lambda _: run_due(database, POLICY))
        ticks.plan()
    assert [row.state for row in on(database, home)] == [RoundState.PREVIEW]
    assert told(database, home, MessageKind.ROUND_READY) == 1


@pytest.mark.usefixtures("waiting")
def test_a_round_whose_process_died_is_solved_by_another_and_the_dead_ones_answer_is_not_kept(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    ticks.plan()
    clock.move_to(MOMENT)
    with database.transaction(home.workspace) as tx:
        [taken] = take_due(tx)
        gathered = gather_run(tx, taken, POLICY)
    assert run_due(database, POLICY) == 0, "somebody is at it"

    clock.move_to(MOMENT + LEASE)
    assert run_due(database, POLICY) == 1
    with database.transaction(home.workspace) as tx:
        assert not keep_run(tx, taken, gathered, find_matches(gathered))
    [row] = on(database, home)
    with database.reading(home.workspace) as tx:
        assert len(tx.rounds.get(row.id).matches) == 1
    assert told(database, home, MessageKind.ROUND_READY) == 1


def test_nobody_can_step_out_while_a_round_is_being_solved(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock, waiting: tuple[UUID, UUID]
) -> None:
    """Else a preview would hold somebody who skips; once the process that solves it is given up, they can again."""
    clock.move_to(MOMENT - timedelta(days=3))
    ticks.plan()
    ticks.fire()

    def skip() -> None:
        with database.transaction(home.workspace) as tx:
            asked = tx.scalars(sa.select(AttendanceRow.id).where(AttendanceRow.enrolment_id == waiting[0]))
            answer_heads_up(tx, tx.people.actor("U7"), asked[0], Attendance.SKIP)

    clock.move_to(MOMENT)
    with database.transaction(home.workspace) as tx:
        assert len(take_due(tx)) == 1
    with pytest.raises(RoundStarted):
        skip()
    clock.move_to(MOMENT + LEASE)
    skip()
    assert run_due(database, POLICY) == 1
    [row] = on(database, home)
    assert row.left_out == {"skipped": 1}
    assert row.state is RoundState.DISCARDED, "one alone cannot be matched"


@pytest.mark.usefixtures("waiting")
def test_after_a_long_sleep_only_the_newest_round_is_run(
    database: Database, home: Household, ticks: Ticks, clock: DemoClock
) -> None:
    clock.move_to(MOMENT - timedelta(hours=1))
    ticks.plan()
    clock.move_to(MOMENT + timedelta(weeks=1))
    ticks.plan()
    ticks.match()
    assert [row.state for row in on(database, home)] == [RoundState.DISCARDED]
    assert [row.state for row in on(database, home, DAY + timedelta(weeks=1))] == [RoundState.PREVIEW]
    assert told(database, home, MessageKind.ROUND_READY) == 1


@pytest.mark.parametrize(("count", "apart"), [(LARGE - 1, False), (LARGE, True)])
def test_a_large_round_is_solved_in_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch, count: int, *, apart: bool
) -> None:
    """The bot goes on answering meanwhile; the answer is the same."""
    people = [Person(f"p{number:03}", frozenset({"a"}), frozenset({"a"})) for number in range(count)]
    crowd = Field(ProgrammeId(UUID(int=1)), Population.of(people), POLICY, seed=1)
    assert find_matches(crowd) == solve(crowd.population, crowd.policy, crowd.seed)
    monkeypatch.setattr(field, "_solve", _whose_process)
    assert (find_matches(crowd) != _whose_process(crowd)) is apart  # type: ignore[comparison-overlap]


def _whose_process(_: Field) -> int:
    return os.getpid()


def test_two_rounds_approved_at_once_book_nobody_twice(
    database: Database, home: Household, waiting: tuple[UUID, UUID]
) -> None:
    """Whoever comes second is told that somebody has found a partner since."""
    previews = []
    with database.transaction(home.workspace) as tx:
        for seed in (1, 2):
            row = tx.rounds.add(home.programme, seed=seed, made_by=home.mira, unmatched={})
            row.matches.append(_match(tx, waiting))
            tx.flush()
            previews.append(row.id)

    def approve(number: int) -> bool:
        try:
            with database.transaction(home.workspace) as tx:
                rounds.approve(tx, tx.people.actor("U1", rooms=frozenset({"C1"})), "C1", previews[number])
        except RoundOutdated:
            return False
        return True

    assert sorted(at_once(2, approve)) == [False, True]
    with database.reading(home.workspace) as tx:
        for enrolment in waiting:
            living = MembershipRow.enrolment_id == enrolment, MembershipRow.left_at.is_(None)
            assert tx.count(sa.select(MembershipRow).where(*living)) == 1


def _match(tx: Transaction, members: tuple[UUID, UUID]) -> MatchRow:
    return MatchRow(
        workspace_id=tx.workspace,
        state=MatchState.PROPOSED,
        position=0,
        quality="good",
        score=40,
        members=[str(one) for one in members],
        reasons={"reasons": []},
    )


def test_the_database_itself_refuses_a_second_living_pairing(
    database: Database, home: Household, waiting: tuple[UUID, UUID]
) -> None:
    """Even code that forgot to look cannot put somebody with a partner into another pairing."""
    members = [home.enrolment, waiting[0]]
    with database.transaction(home.workspace) as tx:
        row = tx.rounds.add(home.programme, seed=1, made_by=home.mira, unmatched={})
        row.matches.append(_match(tx, (home.enrolment, waiting[0])))
        match = row.matches[0].id
    with pytest.raises(exc.IntegrityError), database.transaction(home.workspace) as tx:
        tx.pairings.add(home.programme, match, members, DAY)


def test_a_round_is_closed_once_nothing_of_it_lives(database: Database, home: Household, ticks: Ticks) -> None:
    assert ticks.match() == 0
    with database.transaction(home.workspace) as tx:
        tx.change(sa.update(MembershipRow).values(left_at=tx.now))
        tx.session.execute(sa.text("UPDATE pairing SET state = 'ended'"))
    assert (ticks.match(), ticks.match()) == (1, 0)
    with database.reading(home.workspace) as tx:
        assert tx.rounds.get(home.round).state is RoundState.CLOSED
        assert tx.rounds.last_approved(home.programme), "it is still the last round"
