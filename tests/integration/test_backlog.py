"""The operator sees counts, error classes and opaque ids, and decides about what was set aside."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.db.audit import AuditRow
from bot.db.outbox import MessageRow
from bot.db.session import Database
from bot.domain.ids import new_id
from bot.domain.messages import MessageKind, MessageState
from bot.domain.pace import Method
from bot.operate import Desk, parked_table, status_lines
from bot.usecases.backlog import read_progress
from tests.integration.household import START, Household, furnish


@pytest.fixture
def home(database: Database) -> Household:
    household = furnish(database)
    with database.transaction(household.workspace) as tx:
        tx.change(sa.delete(MessageRow))
    return household


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database, posts_per_second=2)


def put(database: Database, home: Household, state: MessageState, error: str | None = None, **more: object) -> UUID:
    with database.transaction(home.workspace) as tx:
        key = str(new_id())
        tx.outbox.put(MessageKind.NOTE_SHARED, to=home.jonas, key=key, subject=home.shared_note)
        message = tx.mail[0].message
        values = {"state": state, "error": error, "attempt": 2, **more}
        tx.change(sa.update(MessageRow).where(MessageRow.id == message).values(**values))
    return message


def state(database: Database, home: Household, message: UUID) -> MessageRow:
    with database.reading(home.workspace) as tx:
        return tx.get(MessageRow, message)


def test_progress_counts_what_is_open_and_says_when_it_will_be_done(
    database: Database, home: Household, clock: DemoClock
) -> None:
    """Ten due at two a second are done in five seconds; what waits for its hour is counted apart."""
    for _ in range(9):
        put(database, home, MessageState.PENDING)
    put(database, home, MessageState.AMBIGUOUS)
    put(database, home, MessageState.PENDING, not_before=START + timedelta(hours=1))
    put(database, home, MessageState.SENDING)
    put(database, home, MessageState.HELD, "unclear")
    put(database, home, MessageState.FAILED, "is_archived")
    put(database, home, MessageState.SENT, sent_at=START - timedelta(minutes=30))
    put(database, home, MessageState.SENT, sent_at=START - timedelta(hours=2))
    clock.move(timedelta(seconds=7))

    with database.reading(home.workspace) as tx:
        progress = read_progress(tx, 2)

    assert (progress.due, progress.later, progress.under_way, progress.unclear) == (10, 1, 1, 1)
    assert (progress.held, progress.failed, progress.sent_last_hour) == (1, 1, 1)
    assert progress.lag_seconds == 7
    assert progress.finish == clock.now() + timedelta(seconds=5)


def test_what_slack_has_stopped_is_done_later(database: Database, home: Household) -> None:
    put(database, home, MessageState.PENDING)
    with database.transaction(home.workspace) as tx:
        tx.budgets.block(Method.POST, START + timedelta(seconds=30))

    with database.reading(home.workspace) as tx:
        assert read_progress(tx, 2).finish == START + timedelta(seconds=30.5)


def test_an_empty_outbox_has_no_end_in_sight_and_needs_none(database: Database, home: Household) -> None:
    with database.reading(home.workspace) as tx:
        progress = read_progress(tx, 2)
    assert (progress.due, progress.finish, progress.lag_seconds) == (0, None, 0)


def test_the_list_shows_ids_and_error_classes_and_nothing_about_anybody(
    database: Database, home: Household, desk: Desk
) -> None:
    """No kind, no destination, no person: a concern looks like any other row."""
    held = put(database, home, MessageState.HELD, "unclear")
    put(database, home, MessageState.SENT)

    (parked,) = desk.parked()

    assert (parked.id, parked.state, parked.error, parked.attempts) == (held, MessageState.HELD, "unclear", 2)
    shown = " ".join(str(cell) for column in parked_table([parked]).columns for cell in column.cells)
    assert str(held) in shown
    assert not any(secret in shown for secret in ("note", str(home.jonas), str(home.shared_note), "Jonas"))


def test_a_released_message_starts_anew(database: Database, home: Household, desk: Desk) -> None:
    """Once; a second release finds nothing, and what was not set aside cannot be released."""
    held, sent = put(database, home, MessageState.HELD, "unclear"), put(database, home, MessageState.SENT)

    assert desk.release([held, sent, new_id()]) == 1
    assert desk.release([held]) == 0

    row = state(database, home, held)
    assert (row.state, row.attempt, row.error) == (MessageState.PENDING, 0, None)
    assert state(database, home, sent).state is MessageState.SENT


def test_a_dropped_message_is_gone_for_good(database: Database, home: Household, desk: Desk) -> None:
    failed = put(database, home, MessageState.FAILED, "user_not_found")

    assert desk.drop([failed]) == 1

    assert state(database, home, failed).state is MessageState.DROPPED
    assert desk.parked() == []


def test_both_decisions_leave_a_line_in_the_audit_trail(database: Database, home: Household, desk: Desk) -> None:
    first, second = put(database, home, MessageState.HELD), put(database, home, MessageState.HELD)
    desk.release([first])
    desk.drop([second])

    with database.reading(home.workspace) as tx:
        lines = tx.all(sa.select(AuditRow).where(AuditRow.action.in_(["release_message", "drop_message"])))
    assert {(line.action, line.thing_id) for line in lines} == {("release_message", first), ("drop_message", second)}


def test_the_status_says_in_words_how_far_it_is(database: Database, home: Household, desk: Desk) -> None:
    put(database, home, MessageState.PENDING)
    put(database, home, MessageState.HELD, "unclear")

    lines = status_lines(desk.outboxes())

    assert lines[0] == "Workspace T1"
    assert any(line.split()[:3] == ["due", "now", "1"] and "08:00:00 UTC" in line for line in lines)
    assert any(line.split()[:2] == ["held", "1"] and "tandem outbox list" in line for line in lines)


def test_a_database_nobody_used_yet_says_so(database: Database) -> None:
    assert status_lines(Desk(database, 4).outboxes()) == ["No workspace yet: nothing was ever sent from this database."]
