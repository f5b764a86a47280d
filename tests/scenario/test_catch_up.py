"""Back after a night without the bot: what waited comes as one message, and everything in it still works."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.db.outbox import MessageRow
from bot.domain.messages import MessageKind, MessageState
from demo.town import Town
from sandbox import Message
from tests.scenario.habits import answer, everything, letters, sent, together
from tests.scenario.people import answer_checkin, shown

MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
EVENING, NOON = MONDAY + timedelta(hours=11), MONDAY + timedelta(days=1, hours=3)


@pytest.fixture
def found_at_noon(town: Town) -> Town:
    """Lena reports in the evening and writes three notes; nobody runs until Tuesday noon."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Speak up"})
    town.travel_to(EVENING)
    answer_checkin(town, "lena", "write the outline")
    for text in ("first thought", "second thought", "third thought"):
        assert town.says("lena", f"/tandem note {text}").ok
    town.stop_bot()
    town.clock.move_to(NOON)
    town.start_bot()
    town.deliver()
    return town


def news(town: Town) -> list[Message]:
    """Return what Noah was told about Lena."""
    asked = ("weekly minute", "talked about what you expect")
    about = [one for one in letters(town, "noah") if "Lena" in shown(one)]
    return [one for one in about if not any(text in shown(one) for text in asked)]


def test_what_waited_comes_as_one_message_in_its_order(found_at_noon: Town) -> None:
    [one] = news(found_at_noon)
    text = shown(one)
    parts = ("In the meantime", "write the outline", "first thought", "second thought", "third thought")
    assert [text.count(part) for part in parts] == [1] * 5
    assert sorted(parts, key=text.index) == list(parts)


def test_a_cheer_in_it_reaches_the_other_and_leaves_the_rest_in_place(found_at_noon: Town) -> None:
    """The button turns into what was done, the notes stay."""
    town = found_at_noon
    town.clicks("noah", news(town)[0], "checkin.cheer")
    town.deliver()

    [one] = news(town)
    assert "You cheered for Lena." in shown(one)
    assert "third thought" in shown(one)
    assert "checkin.cheer" not in str(one.blocks)
    assert any("cheering you on" in shown(message) for message in letters(town, "lena"))


def test_a_note_in_it_that_becomes_private_disappears_from_it(found_at_noon: Town) -> None:
    """And a changed one changes there."""
    town = found_at_noon
    for number, fields in enumerate(({"visibility": "private"}, {"text": "another thought"})):
        listed = town.says("lena", "/tandem notes").message
        assert listed is not None
        value = [block["accessory"]["value"] for block in listed.blocks if "accessory" in block][number]
        town.clicks("lena", listed, "note.change", value)
        sent(town, "lena", fields)
        town.clock.move(timedelta(seconds=1))
    town.deliver()

    text = shown(news(town)[0])
    assert [word in text for word in ("first", "second", "third", "another")] == [True, False, False, True]
    assert "third thought" not in everything(town, "noah")
    assert "third thought" in answer(town, "lena", "/tandem notes")


def test_what_came_with_others_is_found_among_them_and_not_sent_again(found_at_noon: Town) -> None:
    """A database put back to the hour before knows of no message that carried four: each part is looked up."""
    town = found_at_noon
    workspace, _ = town.tandem.database.workspaces()[0]
    with town.tandem.database.transaction(workspace) as tx:
        tx.change(sa.update(MessageRow).where(MessageRow.state == MessageState.MERGED).values(state="ambiguous"))
        tx.change(sa.delete(MessageRow).where(MessageRow.kind == MessageKind.CATCH_UP))
    before = len(letters(town, "noah"))
    town.deliver()

    assert len(letters(town, "noah")) == before
    with town.tandem.database.reading(workspace) as tx:
        notes = tx.all(sa.select(MessageRow).where(MessageRow.kind == MessageKind.NOTE_SHARED))
    assert [row.state for row in notes] == [MessageState.SENT] * 3


def test_a_changed_report_changes_in_it(found_at_noon: Town) -> None:
    town = found_at_noon
    answer_checkin(town, "lena", "write two pages")
    town.deliver()

    [one] = news(town)
    assert "write two pages" in shown(one)
    assert "write the outline" not in shown(one)
