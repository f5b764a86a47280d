"""Whose turn it is: one lane per destination, in the order things happened, and a rest between two posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.db.claims import UNWRITABLE
from bot.db.outbox import MessageRow
from bot.db.session import Database
from bot.db.transaction import Transaction
from bot.delivery.claim import PUT_OFF
from bot.domain.ids import new_id
from bot.domain.messages import MessageKind, MessageState
from tests.integration.household import START, Household, furnish, opened

SECOND = timedelta(seconds=1)
LANE = new_id()
# Never all that was ever sent: what waits, what is taken, and what of a lane has not been sent.
NARROW = ("ix_message_waiting", "ix_message_sending", "sent_at=?")


@pytest.fixture
def home(database: Database) -> Household:
    household = furnish(database)
    with database.transaction(household.workspace) as tx:
        tx.change(sa.delete(MessageRow))
    return household


def put(database: Database, home: Household, key: str, lane: UUID = LANE, later: timedelta = timedelta(0)) -> UUID:
    with database.transaction(home.workspace) as tx:
        tx.outbox.put(MessageKind.CHEER, to=lane, key=key, not_before=tx.now + later)
        return tx.mail[0].message


def become(database: Database, home: Household, message: UUID, **values: object) -> None:
    with database.transaction(home.workspace) as tx:
        tx.change(sa.update(MessageRow).where(MessageRow.id == message).values(**values))


def turns(database: Database, home: Household, rest: timedelta = timedelta(0)) -> set[str]:
    with database.transaction(home.workspace) as tx:
        return {row.dedupe_key for row in tx.claims.ready(10, rest)}


def test_a_lane_goes_one_message_at_a_time_in_the_order_they_were_made(database: Database, home: Household) -> None:
    """Whatever else is ready in other lanes goes beside it."""
    first, second = put(database, home, "first"), put(database, home, "second")
    put(database, home, "elsewhere", new_id())

    assert turns(database, home) == {"first", "elsewhere"}
    become(database, home, first, state=MessageState.SENDING, attempt=1)
    assert turns(database, home) == {"elsewhere"}
    become(database, home, first, state=MessageState.AMBIGUOUS, not_before=START + timedelta(hours=1))
    assert turns(database, home) == {"elsewhere"}, "what is being tried again keeps its place"
    become(database, home, first, state=MessageState.SENT, sent_at=START - timedelta(hours=1))
    assert turns(database, home) == {"second", "elsewhere"}
    become(database, home, second, state=MessageState.HELD)
    put(database, home, "third")
    assert turns(database, home) == {"third", "elsewhere"}, "what a person has to decide holds up nothing"


def test_what_waits_for_a_later_hour_holds_up_nothing(database: Database, home: Household) -> None:
    put(database, home, "tomorrow", later=timedelta(days=1))
    put(database, home, "now")

    assert turns(database, home) == {"now"}


def test_after_a_429_a_lane_keeps_its_order(database: Database, home: Household) -> None:
    """It used up no attempt, and waits for Slack's time to be over; what was made later waits behind it."""
    first = put(database, home, "first")
    put(database, home, "second")
    become(database, home, first, not_before=START + 30 * SECOND, error="ratelimited")

    assert turns(database, home) == set()


def test_a_letter_that_cannot_be_written_does_not_block_its_lane(database: Database, home: Household) -> None:
    broken = put(database, home, "broken", later=timedelta(hours=1))
    become(database, home, broken, attempt=3, error=UNWRITABLE)
    put(database, home, "fine")

    assert turns(database, home) == {"fine"}


def test_a_channel_rests_between_two_posts(database: Database, home: Household, clock: DemoClock) -> None:
    """A second, counted from what any process has sent there."""
    first = put(database, home, "first")
    put(database, home, "second")
    become(database, home, first, state=MessageState.SENT, sent_at=START)

    assert turns(database, home, SECOND) == set()
    clock.move(SECOND)
    assert turns(database, home, SECOND) == {"second"}


def test_a_kind_of_a_newer_version_waits_for_that_version(database: Database, home: Household) -> None:
    """In a rolling upgrade old and new processes share one outbox."""
    unknown = put(database, home, "unknown", new_id())
    put(database, home, "known")
    with database.engine.begin() as connection:
        table = MessageRow.__table__
        words = sa.table("message", sa.column("kind"), sa.column("id", table.c.id.type))
        connection.execute(sa.update(words).where(words.c.id == unknown).values(kind="of_tomorrow"))

    assert turns(database, home) == {"known"}


def test_one_message_can_be_asked_for_by_its_id(database: Database, home: Household) -> None:
    """Ready, waiting and resting are told apart."""
    first, second = put(database, home, "first"), put(database, home, "second")

    with database.transaction(home.workspace) as tx:
        assert tx.claims.ready_one(first) is not None
        assert tx.claims.ready_one(second) is None
        assert tx.claims.waiting(second) is not None
    become(database, home, second, state=MessageState.SENT)
    with database.transaction(home.workspace) as tx:
        assert tx.claims.waiting(second) is None


def test_what_waits_for_a_budget_is_not_overtaken_in_its_lane(database: Database, home: Household) -> None:
    """It comes up later, and whatever was made after it waits as long."""
    first = put(database, home, "first")
    put(database, home, "second")

    become(database, home, first, error=PUT_OFF, not_before=START + timedelta(hours=1))

    assert turns(database, home) == set()


def test_an_idle_look_does_not_go_through_what_was_sent(sqlite_url: str) -> None:
    """By indexes of what waits or of one lane; the first SQLite takes only where a query has the words of the index."""
    looks: tuple[Callable[[Transaction], object], ...] = (
        lambda tx: tx.claims.anything_ready(),
        lambda tx: tx.claims.ready(10),
        lambda tx: tx.claims.abandoned(10),
        lambda tx: tx.catch_up.anything_older(SECOND),
    )
    with opened(sqlite_url) as database:
        home = furnish(database)
        for look in looks:
            plan = plan_of(database, home, look)
            assert plan
            assert all(any(index in step for index in NARROW) for step in plan), plan


def plan_of(database: Database, home: Household, look: Callable[[Transaction], object]) -> list[str]:
    """Return the steps of a look that read messages."""
    asked: list[tuple[str, Any]] = []
    with database.transaction(home.workspace) as tx:
        connection = tx.session.connection()
        sa.event.listen(connection, "before_cursor_execute", lambda *found: asked.append((found[2], found[3])))
        look(tx)
        [(statement, values)] = asked
        steps = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values).all()
    return [step.detail for step in steps if "message" in step.detail]
