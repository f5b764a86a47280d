from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.db.outbox import MessageRow
from bot.db.session import Database
from bot.domain.ids import MessageId, new_id
from bot.domain.messages import Destination, MessageKind, MessageState, Verb
from tests.integration.household import START, Household, furnish

MANY = 300
WORKERS = 4


@pytest.fixture
def home(database: Database) -> Household:
    household = furnish(database)
    with database.transaction(household.workspace) as tx:
        tx.change(sa.delete(MessageRow))
    return household


def put(
    database: Database, home: Household, key: str, kind: MessageKind = MessageKind.CHEER, to: UUID | None = None
) -> bool:
    with database.transaction(home.workspace) as tx:
        return tx.outbox.put(kind, to=to or home.jonas, key=key, subject=home.shared_note)


def rows(database: Database, home: Household) -> list[MessageRow]:
    with database.reading(home.workspace) as tx:
        return tx.all(sa.select(MessageRow).order_by(MessageRow.id))


def rest(database: Database, home: Household, state: MessageState, error: str | None = None) -> None:
    with database.transaction(home.workspace) as tx:
        tx.change(sa.update(MessageRow).where(MessageRow.verb == Verb.POST).values(state=state, error=error, attempt=1))


def test_a_message_is_put_once_for_a_key(database: Database, home: Household) -> None:
    """The second put says that it is not new, also from eight threads at once."""
    gate = threading.Barrier(8)

    def race(_: int) -> bool:
        gate.wait()
        return put(database, home, "cheer:1")

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(race, range(8))) == [False] * 7 + [True]
    assert len(rows(database, home)) == 1


def test_the_kind_decides_where_a_message_goes(database: Database, home: Household) -> None:
    """Nobody who puts one can send a note or a check-in to a channel."""
    for kind in MessageKind:
        put(database, home, f"{kind}", kind)

    gone = {row.kind: row.destination for row in rows(database, home)}
    assert {kind for kind, where in gone.items() if where is Destination.ROOM} == {
        MessageKind.PROGRAMME_READY,
        MessageKind.ROUND_READY,
        MessageKind.ROUND_TOO_FEW,
        MessageKind.ROUND_APPROVED,
        MessageKind.OWNER_JOINED,
    }
    assert {kind for kind, where in gone.items() if where is Destination.PAIRING} == {MessageKind.INTRODUCTION}


def test_workers_at_once_take_each_message_once(database: Database, home: Household) -> None:
    """Four of them, hundreds of rows, no row twice and none left."""
    for number in range(MANY):
        put(database, home, f"cheer:{number}", to=new_id())
    gate = threading.Barrier(WORKERS)

    def work(number: int) -> list[UUID]:
        gate.wait()
        taken: list[UUID] = []
        while True:
            with database.transaction(home.workspace) as tx:
                batch = tx.claims.ready(20)
                taken += [tx.claims.take(row, f"worker {number}", 60).message for row in batch]
            if not batch:
                return taken

    with ThreadPoolExecutor(WORKERS) as pool:
        counted = Counter(message for taken in pool.map(work, range(WORKERS)) for message in taken)

    assert len(counted) >= MANY - 20 * WORKERS, "a worker may stop early while others still hold their batch"
    assert set(counted.values()) == {1}


def test_check_ins_go_before_everything_else(database: Database, home: Household) -> None:
    """What people wait for comes first, then by time."""
    put(database, home, "cheer:1")
    put(database, home, "checkin:1", MessageKind.CHECKIN, to=home.mira)

    with database.transaction(home.workspace) as tx:
        assert [row.kind for row in tx.claims.ready(10)] == [MessageKind.CHECKIN, MessageKind.CHEER]


def test_only_the_owner_of_the_attempt_holds_the_lease(database: Database, home: Household) -> None:
    """Another owner, another attempt or another state finds nothing to write to."""
    put(database, home, "cheer:1")
    with database.transaction(home.workspace) as tx:
        mine = tx.claims.take(tx.claims.ready(1)[0], "me", 60)

    with database.transaction(home.workspace) as tx:
        assert tx.claims.leased(mine) is not None
        assert tx.claims.leased(replace(mine, owner="you")) is None
        assert tx.claims.leased(replace(mine, attempt=mine.attempt + 1)) is None
        assert tx.claims.leased(replace(mine, message=MessageId(new_id()))) is None
    rest(database, home, MessageState.SENT)
    with database.transaction(home.workspace) as tx:
        assert tx.claims.leased(mine) is None


def test_a_lease_that_ran_out_is_found(database: Database, home: Household, clock: DemoClock) -> None:
    """Not a second before its end."""
    put(database, home, "cheer:1")
    with database.transaction(home.workspace) as tx:
        tx.claims.take(tx.claims.ready(1)[0], "me", 60)
    for seconds, found in ((60, 0), (61, 1)):
        clock.move_to(START + timedelta(seconds=seconds))
        with database.transaction(home.workspace) as tx:
            assert len(tx.claims.abandoned(10)) == found


def test_what_waits_is_dropped_and_what_was_posted_is_deleted(database: Database, home: Household) -> None:
    """Taking back knows the difference, and twice is once."""
    put(database, home, "note:1", MessageKind.NOTE_SHARED)
    for _ in range(2):
        with database.transaction(home.workspace) as tx:
            tx.outbox.withdraw(MessageKind.NOTE_SHARED, home.shared_note)
    assert [row.state for row in rows(database, home)] == [MessageState.DROPPED]

    put(database, home, "note:2", MessageKind.NOTE_SHARED)
    with database.transaction(home.workspace) as tx:
        tx.change(sa.update(MessageRow).where(MessageRow.dedupe_key == "note:2").values(state="sent", attempt=1))
    for _ in range(2):
        with database.transaction(home.workspace) as tx:
            tx.outbox.withdraw(MessageKind.NOTE_SHARED, home.shared_note)
    deletions = [row for row in rows(database, home) if row.verb is Verb.DELETE]
    assert [row.dedupe_key for row in deletions] == ["note:2:delete:withdrawn"]


@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.AMBIGUOUS, MessageState.HELD, MessageState.SENT])
def test_a_revision_follows_whatever_may_be_visible(database: Database, home: Household, state: MessageState) -> None:
    """Also a message of which nobody knows yet whether it arrived."""
    put(database, home, "note:1", MessageKind.NOTE_SHARED)
    rest(database, home, state)
    for revision in ("a", "a", "b"):
        with database.transaction(home.workspace) as tx:
            tx.outbox.revise(MessageKind.NOTE_SHARED, home.shared_note, revision)

    assert sum(row.verb is Verb.UPDATE for row in rows(database, home)) == 2


def test_a_revision_of_what_still_waits_is_not_needed(database: Database, home: Household) -> None:
    """Its words are made when it is sent."""
    put(database, home, "note:1", MessageKind.NOTE_SHARED)
    with database.transaction(home.workspace) as tx:
        tx.outbox.revise(MessageKind.NOTE_SHARED, home.shared_note, "a")

    assert len(rows(database, home)) == 1


def test_the_operator_reads_counts_and_classes_of_errors(database: Database, home: Household) -> None:
    """How many in which state and why, no recipient and no kind."""
    for number in range(3):
        put(database, home, f"cheer:{number}")
    rest(database, home, MessageState.FAILED, "is_archived")
    put(database, home, "cheer:9")

    with database.reading(home.workspace) as tx:
        assert tx.outbox.counts() == {MessageState.FAILED: 3, MessageState.PENDING: 1}
        assert tx.outbox.errors() == {"is_archived": 3}


def test_a_message_holds_no_words(database: Database, home: Household) -> None:
    """Ids, times and states only: what it says is made when it is sent."""
    put(database, home, "note:1", MessageKind.NOTE_SHARED)
    roomy = {column.name for column in MessageRow.__table__.columns if isinstance(column.type, sa.Text)}

    assert roomy == set()
    assert "shared-note" not in repr([vars(row) for row in rows(database, home)])
