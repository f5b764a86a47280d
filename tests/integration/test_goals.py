from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.db.session import Database
from bot.db.transaction import Transaction
from bot.domain.goals import GoalDraft, GoalState
from bot.domain.people import Actor, Standing
from bot.domain.visibility import Visibility
from bot.usecases import archive, goals
from tests.integration.household import Household, furnish, opened
from tests.integration.watching import watched


def set_goals(database: Database, home: Household, count: int, state: GoalState) -> None:
    """Let Mira have so many more goals of three steps, shared with her partner."""
    draft = GoalDraft("another", None, None, None, Visibility.SHARED, ("one", "two", "three"))
    with database.transaction(home.workspace) as tx:
        for _ in range(count):
            row = tx.goals.add(tx.enrolments.get(home.enrolment), draft, home.pairing)
            row.state, row.ended_at = state, tx.now


def read_active(tx: Transaction, actor: Actor) -> int:
    return len(goals.read_goals(tx, actor).active)


def read_closed(tx: Transaction, actor: Actor) -> int:
    return len(archive.read_archive(tx, actor).goals)


@pytest.mark.parametrize(
    ("state", "read"), [(GoalState.ACTIVE, read_active), (GoalState.DONE, read_closed)], ids=["under way", "closed"]
)
def test_many_goals_are_read_in_as_many_statements_as_one(
    database_url: str, state: GoalState, read: Callable[[Transaction, Actor], int]
) -> None:
    """Their steps and the names of those who read along are fetched for all at once."""
    asked, found = [], []
    with opened(database_url) as database:
        home = furnish(database)
        actor = Actor(home.workspace, home.mira, "U1", Standing())
        for more in (1, 8):
            set_goals(database, home, more, state)
            with watched(database) as said, database.reading(home.workspace) as tx:
                found.append(read(tx, actor))
            asked.append(len(said))

    assert found[1] - found[0] == 8
    assert asked[0] == asked[1]
