"""How a week felt: asked only of whoever wants it, read by nobody else, soon forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.db.moods import MoodRow
from bot.domain.moods import Mood
from demo.town import Town
from tests.scenario.habits import everything, form, sent, together, typed

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
A_WEEK = timedelta(weeks=1)


def moods(town: Town) -> list[Mood]:
    database = town.tandem.database
    with database.reading(database.workspaces()[0][0]) as tx:
        return [row.mood for row in tx.session.scalars(sa.select(MoodRow).order_by(MoodRow.felt_at))]


def turned(town: Town, switch: str) -> None:
    """Have Lena press the switch in the thanks for her check-in."""
    town.says("lena", "/tandem checkin")
    assert town.submits(
        "lena", {"promise": "go on", "outcome": "partly"} if town.now > NEXT_MONDAY else {"promise": "go on"}
    ).ok
    town.box.click_view("lena", switch)
    assert town.tandem.follow_ups.wait()
    town.box.close_modal("lena")


def felt(town: Town, mood: str) -> None:
    town.travel(A_WEEK)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"outcome": "partly", "promise": "go on", "mood": mood})


def test_nobody_is_asked_who_did_not_want_it(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    assert "How did the week feel?" not in form(town, "lena")


def test_the_last_two_are_kept_and_shown_to_oneself_alone(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    turned(town, "mood.on")
    for mood in ("low", "so_so", "very_good"):
        felt(town, mood)
    town.deliver()
    assert moods(town) == [Mood.SO_SO, Mood.VERY_GOOD]
    town.says("lena", "/tandem checkin")
    assert typed(town, "lena", "mood") == "very_good"
    for word in ("Very good", "very_good"):
        assert word not in everything(town, "noah")
    sent(town, "lena", {"outcome": "partly", "promise": "go on", "mood": None})
    assert moods(town) == [Mood.SO_SO]


def test_switched_off_nothing_is_asked_and_nothing_is_left(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    turned(town, "mood.on")
    felt(town, "low")
    turned(town, "mood.off")
    assert moods(town) == []
    town.says("lena", "/tandem checkin")
    assert "How did the week feel?" not in form(town, "lena")
