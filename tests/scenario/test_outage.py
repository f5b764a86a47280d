"""The database is gone or locked: everybody gets a sentence, nothing is half-written, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError

from demo.town import ROOM, Town
from tests.patience import PATIENCE
from tests.scenario.habits import (
    OWNER,
    answer,
    checkins,
    everything,
    form,
    letters,
    live_here,
    programme,
    sent,
    together,
    told,
    typed,
)
from tests.scenario.outages import hanging_database, locked_database, no_database
from tests.scenario.people import newest, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
Outage = Callable[[Town], AbstractContextManager[None]]
outages = pytest.mark.parametrize(
    "outage", [no_database, locked_database, hanging_database], ids=["gone", "locked", "hanging"]
)


@outages
def test_a_command_is_answered_not_saved_with_the_text_to_copy(town: Town, outage: Outage) -> None:
    """Sent again later it is kept, once."""
    programme(town, "lena")
    with outage(town):
        said = answer(town, "lena", "/tandem note two evenings for one page")
        assert "could not be saved" in said
        assert "two evenings for one page" in said
    assert "No notes yet" in answer(town, "lena", "/tandem notes")
    answer(town, "lena", "/tandem note two evenings for one page")
    assert answer(town, "lena", "/tandem notes").count("two evenings") == 1


@outages
def test_a_form_stays_open_with_its_text_and_says_that_it_was_not_saved(town: Town, outage: Outage) -> None:
    """Sent again from the same window it is kept, once."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    with outage(town):
        result = town.submits("lena", {"title": "Speak up", "steps": "one\ntwo", "why": "because"})
        assert "could not be saved" in str(result.errors)
        assert typed(town, "lena", "title") == "Speak up"
        assert typed(town, "lena", "steps") == "one\ntwo"
    assert "No goal yet" in answer(town, "lena", "/tandem goals")
    sent(town, "lena", {})
    assert answer(town, "lena", "/tandem goals").count("Speak up") == 1


@outages
def test_a_check_in_sent_during_the_outage_is_neither_half_kept_nor_told(town: Town, outage: Outage) -> None:
    """Promise, line and reflection are kept together or not at all."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    before = len(letters(town, "noah"))
    with outage(town):
        result = town.submits("lena", {"promise": "two pages", "progress": "a line", "reflection": "a thought"})
        assert "could not be saved" in str(result.errors)
    town.deliver()
    assert len(letters(town, "noah")) == before
    assert "No notes yet" in answer(town, "lena", "/tandem notes")

    sent(town, "lena", {})
    town.deliver()
    assert sum("two pages" in text for text in told(town, "noah")) == 1


@outages
def test_a_click_is_answered_not_saved_and_works_afterwards(town: Town, outage: Outage) -> None:
    together(town, "lena", "noah")
    kept = town.says("lena", "/tandem note a slip").message
    assert kept is not None
    with outage(town):
        town.clicks("lena", kept, "note.undo")
        assert "could not be saved" in shown(newest(town, "lena"))
    town.clicks("lena", kept, "note.undo")
    assert "No notes yet" in answer(town, "lena", "/tandem notes")


def test_a_long_text_comes_back_whole_even_to_somebody_memory_does_not_know(town: Town) -> None:
    """A bot just started has nothing in memory; what was typed is there, to the last character."""
    programme(town, "lena")
    town.stop_bot()
    town.start_bot()
    typed_text = " ".join(f"word{number}" for number in range(500))
    with no_database(town):
        said = town.says("lena", f"/tandem note {typed_text}")
        assert said.message is not None and said.message.ephemeral
        handed = "".join(block["text"]["text"] for block in said.blocks[2:])
    assert typed_text in handed


def test_consent_given_during_the_outage_is_asked_for_again(town: Town) -> None:
    """The notice has no field for an error; the window says what to do."""
    programme(town)
    live_here(town, "lena")
    town.says("lena", "/tandem join")
    with no_database(town):
        result = town.submits("lena", {})
        assert result.ok, result
        assert "could not be saved" in form(town, "lena")
    town.box.close_modal("lena")
    town.says("lena", "/tandem join")
    assert "What is stored" in form(town, "lena")


def _someone_goes(town: Town) -> Any:
    return town.box.change_person("lena", deleted=True)


def _someone_joins_the_room(town: Town) -> Any:
    return town.box.join("ida", ROOM)


@pytest.mark.parametrize(
    ("happens", "reader", "words"),
    [
        (_someone_goes, "noah", "Lena has left the programme"),
        (_someone_joins_the_room, OWNER, "is now an owner"),
    ],
)
def test_an_event_is_not_acknowledged_and_has_its_effect_once_when_it_is_delivered_again(
    town: Town, happens: Callable[[Town], Any], reader: str, words: str
) -> None:
    """Slack hears that it failed, tries again, and one message comes of it."""
    together(town, "lena", "noah")
    live_here(town, "ida")
    town.box.hub.courier.patience = 0.5
    with no_database(town):
        refused = happens(town)
        assert not refused.ok
        assert refused.status != 200
        [tried] = town.box.redeliver_pending()
        assert not tried.settled
    town.box.hub.courier.patience = PATIENCE
    assert words not in everything(town, reader)

    [delivered] = town.box.redeliver_pending()
    assert delivered.settled
    assert town.box.redeliver_pending() == []
    town.box.replay(delivered, times=2)
    town.deliver()
    assert everything(town, reader).count(words) in {1, 2}  # the line for notifications says it, too
    assert sum(words in shown(one) for one in town.box.messages(reader)) == 1


def test_what_is_written_to_the_bot_during_the_outage_is_offered_when_it_is_back(town: Town) -> None:
    programme(town, "lena")
    town.travel(timedelta(minutes=11))
    town.box.hub.courier.patience = 0.5
    with no_database(town):
        assert not town.writes("lena", "keep me").ok
    town.box.hub.courier.patience = PATIENCE
    [delivered] = town.box.redeliver_pending()
    assert delivered.settled
    assert town.tandem.follow_ups.wait()
    offers = [one for one in town.box.messages("lena") if "note.draft" in str(one.blocks)]
    assert len(offers) == 1
    assert "keep me" in shown(offers[0])


def test_check_ins_due_during_the_outage_come_once_afterwards(town: Town) -> None:
    """The ticks fail, and the next one catches up."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - timedelta(hours=1))
    with no_database(town):
        town.clock.move_to(NEXT_MONDAY)
        for tick in (town.tandem.ticks.plan, town.tandem.ticks.send):
            with pytest.raises(SQLAlchemyError):
                tick()
        town.clock.move(timedelta(hours=2))
    town.deliver()
    town.travel(timedelta(hours=2))
    assert len(checkins(town, "lena")) == len(checkins(town, "noah")) == 1


def test_the_home_tab_stays_as_it_was_and_is_drawn_again_afterwards(town: Town) -> None:
    programme(town, "lena")
    before = town.opens_home("lena")
    with no_database(town):
        town.opens_home("lena")
    after = town.opens_home("lena")
    assert before is not None
    assert after is not None
    assert shown(before) == shown(after)


def test_the_bot_says_of_itself_that_it_is_not_ready(town: Town) -> None:
    assert town.tandem.database.answers()
    with no_database(town):
        assert not town.tandem.database.answers()
    assert town.tandem.database.answers()


def test_a_preview_asked_for_during_the_outage_ends_with_a_sentence(town: Town) -> None:
    programme(town, "lena", "noah")
    with no_database(town):
        assert "could not be saved" in answer(town, OWNER, "/tandem-admin match", ROOM)
    assert "matches" in answer(town, OWNER, "/tandem-admin match", ROOM)
