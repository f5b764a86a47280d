"""What the home tab costs: the same number of statements, however long somebody has been here."""

from __future__ import annotations

from bot.domain.people import Actor, Standing
from bot.domain.visibility import Visibility
from bot.usecases.home import Home, read_home
from tests.integration.household import furnish, opened
from tests.integration.watching import watched

MOST = 60


def test_the_home_tab_takes_as_many_statements_after_years_as_after_a_week(database_url: str) -> None:
    """Many notes and follow-ups change nothing: what is shown is fetched at once, the rest is not looked at."""
    asked, shown = [], []
    with opened(database_url) as database:
        home = furnish(database)
        actor = Actor(home.workspace, home.mira, "U1", Standing())
        for more in (3, 60):
            with database.transaction(home.workspace) as tx:
                row = tx.enrolments.get(home.enrolment)
                for number in range(more):
                    tx.notes.add(row, None, f"note {number}", Visibility.SHARED, home.pairing)
            with watched(database) as said, database.reading(home.workspace) as tx:
                found = read_home(tx, actor)
            assert isinstance(found, Home)
            shown.append(len(found.notes))
            asked.append(len(said))

    assert shown == [3, 3]
    assert asked[0] == asked[1]
    assert asked[0] <= MOST, "more than it took when this was written"
