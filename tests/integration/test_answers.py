"""What answering a check-in costs: the same number of statements after a week and after a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from bot.clock.clock import DemoClock
from bot.db.checkins import CheckinRow, Opened
from bot.db.session import Database
from bot.db.transaction import Transaction
from bot.domain.answers import CheckinAnswer
from bot.domain.checkins import CheckinState, Outcome
from bot.domain.ids import new_id
from bot.domain.people import Actor, Standing
from bot.domain.promises import Then
from bot.domain.visibility import Visibility
from bot.usecases import answers, postponements
from tests.integration.household import START, Household, furnish, opened
from tests.integration.watching import watched

A_WEEK = timedelta(weeks=1)
ANSWER = CheckinAnswer(Outcome.PARTLY, "a line", "", "a thought", Then.CARRY, hand_up=True)
Act = Callable[[Transaction, Actor, UUID], object]


def two_taps(tx: Transaction, actor: Actor, checkin: UUID) -> None:
    answers.report_outcome(tx, actor, checkin, Outcome.NOT_YET)
    answers.carry_over(tx, actor, checkin)


def by_the_form(tx: Transaction, actor: Actor, checkin: UUID) -> None:
    answers.answer_checkin(tx, actor, checkin, ANSWER)


ACTS: dict[str, tuple[Act, int]] = {
    "two taps": (two_taps, 74),
    "the form": (by_the_form, 66),
    "not this week": (postponements.put_aside, 48),
}


def a_past(database: Database, home: Household, clock: DemoClock, weeks: int) -> None:
    """Have Mira answer ``weeks`` check-ins, each with a line, and be asked once more."""
    for week in range(weeks + 1):
        clock.move_to(START + (week + 1) * A_WEEK)
        with database.transaction(home.workspace) as tx:
            one = tx.enrolments.get(home.enrolment)
            promise, day = tx.promises.open_of(one.id, home.pairing), tx.now.date()
            asks = promise.id if promise else None
            row = Opened(new_id(), one.id, one.owner_id, home.pairing, f"w{week}", day, "worked", asks)
            tx.checkins.open([row])
            if week < weeks:
                tx.notes.add(one, None, f"note {week}", Visibility.PRIVATE, None)
                answers.answer_checkin(tx, mira(home), row.id, ANSWER)


def mira(home: Household) -> Actor:
    return Actor(home.workspace, home.mira, "U1", Standing())


def statements(url: str, act: Act, weeks: int) -> list[str]:
    clock = DemoClock(START)
    with opened(url, clock.now) as database:
        home = furnish(database, f"T{new_id()}")
        a_past(database, home, clock, weeks)
        with watched(database) as said, database.transaction(home.workspace) as tx:
            newest = tx.checkins.latest(home.enrolment)
            assert newest
            act(tx, mira(home), newest.id)
        with database.reading(home.workspace) as tx:
            row = tx.session.get(CheckinRow, newest.id)
            assert row
            assert row.state is not CheckinState.OPEN
    return said


@pytest.mark.parametrize("name", ACTS)
def test_an_answer_takes_as_many_statements_after_half_a_year_as_after_a_week(database_url: str, name: str) -> None:
    """And never more than it needs now."""
    act, most = ACTS[name]
    first, later = statements(database_url, act, 1), statements(database_url, act, 8)
    assert len(first) == len(later)
    assert len(first) <= most
