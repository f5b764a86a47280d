"""A vacation in the Slack status is a break, for those who wished so and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.db.tables import metadata
from demo.town import Town
from tests.scenario.access_scene import Scene
from tests.scenario.habits import answer, everything, letters, sent, together, told
from tests.scenario.people import shown

MONDAY = datetime(2026, 11, 9, 8, 5, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 22, 59, tzinfo=UTC)  # the last day away
WORD = "kitesurfing"


def opts_in(town: Town, who: str, choice: str = "yes") -> None:
    """Let somebody say in the form "How I work" whether their status counts."""
    Scene(town).click(who, "working.edit")
    sent(town, who, {"status": choice})


def goes_away(town: Town, who: str, until: datetime = FRIDAY, **other: Any) -> None:
    status = {"status_emoji": ":palm_tree:", "status_text": WORD, "status_expiration": int(until.timestamp())}
    town.box.change_person(who, **status | other)
    town.deliver()


def comes_back(town: Town, who: str) -> None:
    town.box.change_person(who, status_emoji="", status_text="", status_expiration=0)
    town.deliver()


def paused_until(town: Town, who: str) -> str:
    """Return the first day back as the database keeps it."""
    enrolment, person = metadata.tables["enrolment"], metadata.tables["person"]
    query = sa.select(enrolment.c.paused_until).join(person, person.c.id == enrolment.c.owner_id)
    with town.tandem.database.engine.connect() as connection:
        return str(connection.scalar(query.where(person.c.slack_id == town.box.person(who).id)))


def test_a_vacation_is_a_break_and_the_partner_is_told_both_times(town: Town) -> None:
    together(town, "lena", "noah")
    opts_in(town, "lena")
    town.travel_to(MONDAY)
    goes_away(town, "lena")
    assert paused_until(town, "lena") == "2026-11-21"
    assert "Lena is taking a break and is back on 21 November 2026" in told(town, "noah")[-1]
    count = len(letters(town, "lena"))
    town.travel_to(datetime(2026, 11, 20, 20, 0, tzinfo=UTC))
    assert len(letters(town, "lena")) == count
    town.travel_to(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    assert any("Lena is back from the break" in text for text in told(town, "noah"))
    assert paused_until(town, "lena") == "None"


def test_nobody_who_did_not_wish_so_is_sent_away(town: Town) -> None:
    together(town, "lena", "noah")
    goes_away(town, "lena")
    assert paused_until(town, "lena") == "None"
    opts_in(town, "noah")
    opts_in(town, "noah", "no")
    goes_away(town, "noah")
    assert paused_until(town, "noah") == "None"


def test_clearing_the_status_ends_the_break(town: Town) -> None:
    together(town, "lena", "noah")
    opts_in(town, "lena")
    goes_away(town, "lena")
    comes_back(town, "lena")
    assert paused_until(town, "lena") == "None"
    assert "Lena is back from the break" in told(town, "noah")[-1]


def test_a_longer_vacation_moves_the_return(town: Town) -> None:
    together(town, "lena", "noah")
    opts_in(town, "lena")
    goes_away(town, "lena")
    goes_away(town, "lena", FRIDAY + timedelta(weeks=1))
    assert paused_until(town, "lena") == "2026-11-28"


def test_a_break_of_ones_own_is_left_as_it_is(town: Town) -> None:
    together(town, "lena", "noah")
    opts_in(town, "lena")
    answer(town, "lena", "/tandem pause until 1 December 2026")
    goes_away(town, "lena")
    comes_back(town, "lena")
    assert paused_until(town, "lena") == "2026-12-01"


def test_who_comes_back_by_hand_is_not_sent_away_by_the_same_vacation(town: Town) -> None:
    together(town, "lena", "noah")
    opts_in(town, "lena")
    goes_away(town, "lena")
    answer(town, "lena", "/tandem resume")
    goes_away(town, "lena", title="changed meanwhile")
    assert paused_until(town, "lena") == "None"
    goes_away(town, "lena", FRIDAY + timedelta(weeks=6))
    assert paused_until(town, "lena") == "2027-01-02"


@pytest.mark.parametrize(
    "status",
    [{"status_emoji": ":face_with_thermometer:"}, {"status_expiration": 0}],
    ids=["ill", "without an end"],
)
def test_no_other_status_is_a_break(town: Town, status: dict[str, Any]) -> None:
    together(town, "lena", "noah")
    opts_in(town, "lena")
    goes_away(town, "lena", **status)
    assert paused_until(town, "lena") == "None"


def test_what_stands_beside_the_palm_tree_is_kept_and_shown_nowhere(town: Town) -> None:
    """Only the end of the vacation is kept."""
    together(town, "lena", "noah")
    opts_in(town, "lena")
    goes_away(town, "lena")
    with town.tandem.database.engine.connect() as connection:
        rows = [str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(sa.select(table))]
    assert not any(WORD in row or "palm" in row for row in rows)
    assert WORD not in everything(town, "noah") + everything(town, "otto")
    assert "palm" not in shown(letters(town, "noah")[-1])
