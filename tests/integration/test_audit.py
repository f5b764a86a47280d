"""S22: the trail only grows. The database itself says so, whoever asks."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import exc

from bot.clock.clock import DemoClock
from bot.db.audit import AuditRow
from bot.db.session import Database
from bot.domain.retention import RULES, Data
from tests.integration.household import START, Household, furnish

LINES = 80


def lines(database: Database, home: Household) -> list[tuple[str, str, bool]]:
    with database.reading(home.workspace) as tx:
        return [(row.actor, row.action, row.allowed) for row in tx.all(sa.select(AuditRow).order_by(AuditRow.id))]


def test_every_record_is_one_line(database: Database, home: Household) -> None:
    """Counted exactly: none lost, none doubled."""
    for number in range(LINES):
        with database.transaction(home.workspace) as tx:
            tx.audit.record(home.mira, f"action_{number}", home.programme, allowed=number % 2 == 0)

    written = lines(database, home)[1:]
    assert [action for _, action, _ in written] == [f"action_{number}" for number in range(LINES)]
    assert [allowed for *_, allowed in written] == [number % 2 == 0 for number in range(LINES)]


def test_a_line_holds_no_name_and_no_id_of_a_person(database: Database, home: Household) -> None:
    """Only a keyed hash, the same for the same person."""
    with database.transaction(home.workspace) as tx:
        tx.audit.record(home.mira, "approve", home.round)
        tx.audit.record(home.jonas, "approve", home.round)

    first, second, other = (actor for actor, *_ in lines(database, home))
    assert first == second != other
    assert home.mira.hex not in first.replace("-", "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'nothing'",
        "UPDATE audit SET allowed = NOT allowed",
        "UPDATE audit SET at = '2020-01-01 00:00:00'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE action = 'set_up'",
        "DELETE FROM workspace",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_line(database: Database, home: Household, statement: str) -> None:
    """By plain SQL too, with the workspace on top; the line stays as it was."""
    before = lines(database, home)

    with pytest.raises(exc.DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.execute(sa.text(statement))

    assert lines(database, home) == before


def test_the_code_cannot_change_a_line_either(database: Database, home: Household) -> None:
    """An edited row fails when the transaction commits, and takes the whole transaction back."""
    with pytest.raises(exc.DBAPIError, match="append-only"):
        _edit(database, home)

    assert lines(database, home)[0][1] == "set_up"


def _edit(database: Database, home: Household) -> None:
    with database.transaction(home.workspace) as tx:
        row = tx.one_or_none(sa.select(AuditRow))
        assert row is not None
        row.action = "nothing"


def test_a_line_goes_only_when_the_trail_has_gone_on_for_a_year(
    database: Database, home: Household, clock: DemoClock
) -> None:
    """The database compares with the newest line, so a wrong clock of the machine changes nothing."""
    days = RULES[Data.AUDIT].days
    assert days == 365
    delete = sa.text("DELETE FROM audit WHERE action = 'set_up'")
    for later, refused in ((days - 1, True), (days + 1, False)):
        clock.move_to(START + timedelta(days=later))
        with database.transaction(home.workspace) as tx:
            tx.audit.record(home.mira, "approve")
        if refused:
            with pytest.raises(exc.DBAPIError, match="append-only"), database.engine.begin() as connection:
                connection.execute(delete)
    with database.engine.begin() as connection:
        connection.execute(delete)

    assert [action for _, action, _ in lines(database, home)] == ["approve", "approve"]


def test_a_young_trail_is_not_shortened(database: Database, home: Household, clock: DemoClock) -> None:
    """Asked to forget more than a year allows, the whole request is refused."""
    with pytest.raises(exc.DBAPIError, match="append-only"):
        _forget_all(database, home)

    assert len(lines(database, home)) == 1


def _forget_all(database: Database, home: Household) -> None:
    with database.transaction(home.workspace) as tx:
        tx.audit.forget_before(tx.now + timedelta(days=1))


def test_the_neighbours_trail_does_not_age_ours(database: Database, home: Household, clock: DemoClock) -> None:
    """A year of another workspace is not a year of this one."""
    other = furnish(database, "T2")
    clock.move_to(START + timedelta(days=800))
    with database.transaction(other.workspace) as tx:
        tx.audit.record(other.mira, "approve")

    with pytest.raises(exc.DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.execute(sa.delete(AuditRow).where(AuditRow.workspace_id == home.workspace))
