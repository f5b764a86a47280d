"""One's own last weeks as a picture: on request, in one's own conversation with the bot, in words too."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

from PIL import Image

from demo.town import Town
from sandbox.channels import Kind
from tests.scenario.habits import answer, sent, together
from tests.scenario.people import newest, paired, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
A_WEEK = timedelta(weeks=1)


def reports(town: Town, who: str, outcome: str = "", **fields: str) -> None:
    town.says(who, "/tandem checkin")
    sent(town, who, {"promise": "two pages", **({"outcome": outcome} if outcome else {}), **fields})


def asks(town: Town, who: str, channel: str | None = None) -> None:
    answer(town, who, "/tandem notes", channel)
    assert town.clicks(who, newest(town, who), "weeks.show").ok


def test_it_shows_ones_own_weeks_and_says_the_same_in_words(town: Town) -> None:
    """Promises and notes week by week; a week without an answer is just a quiet one."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    reports(town, "lena", progress="a line")
    town.travel_to(NEXT_MONDAY + A_WEEK)
    reports(town, "lena", "partly")
    town.travel_to(NEXT_MONDAY + 3 * A_WEEK)
    town.says("lena", "/tandem note one more")
    asks(town, "lena")

    [file] = town.box.files("lena")
    assert file.alt_text == (
        "9 November: checked in and 1 note. 16 November: partly. 23 November: a quiet week. 30 November: 1 note"
    )
    picture = Image.open(io.BytesIO(town.box.download("lena", file.id)))
    assert (picture.format, picture.width) == ("PNG", 1_200)


def test_it_goes_into_the_own_conversation_wherever_it_was_asked_for(town: Town) -> None:
    """Asked in a channel full of people, only the asking person has it, and reads where it is."""
    together(town, "lena", "noah")
    town.box.add_channel("lunch", members=["lena", "noah"], bot_in=True)
    town.says("lena", "/tandem note one more")
    asks(town, "lena", "lunch")

    assert [one.channel.kind for one in town.box.messages("lena") if one.files] == [Kind.IM]
    assert town.box.files("noah") == []
    assert "in our own conversation" in shown(newest(town, "lena"))


def test_before_there_is_anything_to_draw_it_says_so(town: Town) -> None:
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem ledger")
    town.clicks("lena", newest(town, "lena"), "weeks.show")

    assert "nothing to draw yet" in shown(newest(town, "lena"))
    assert town.box.files("lena") == []


def test_it_is_drawn_in_ones_own_language(town: Town) -> None:
    paired(town, "mira", "jonas")
    town.travel_to(NEXT_MONDAY)
    reports(town, "mira")
    answer(town, "mira", "/tandem zusagen")
    town.clicks("mira", newest(town, "mira"), "weeks.show")

    [file] = town.box.files("mira")
    assert file.title == "Deine letzten Wochen"
    assert "9. November: Check-in beantwortet" in file.alt_text
    assert town.box.files("jonas") == []
