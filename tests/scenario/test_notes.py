"""Progress notes: kept, shared, changed, taken back, read again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from demo.town import Town
from sandbox import Message
from tests.scenario.habits import answer, everything, form, letters, programme, sent, together, told, typed
from tests.scenario.people import match, newest, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


def with_goal(town: Town, **fields: Any) -> None:
    """Bring Lena and Noah together and give Lena a shared goal."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Speak up", **fields})


def write(town: Town, text: str) -> Message:
    """Have Lena write a note and let it reach whoever may read it."""
    said = town.says("lena", f"/tandem note {text}")
    town.deliver()
    assert said.message is not None
    return said.message


def test_a_shared_note_reaches_the_partner_once_and_nobody_else(town: Town) -> None:
    """The author reads for which goal it was kept and who can see it."""
    with_goal(town)
    kept = write(town, "the outline stands")
    assert "Speak up" in shown(kept)
    assert "Noah Berg" in shown(kept)
    assert sum("the outline stands" in text for text in told(town, "noah")) == 1
    assert "the outline stands" not in everything(town, "otto")


def test_a_note_without_a_shared_goal_stays_with_its_author(town: Town) -> None:
    together(town, "lena", "noah")
    kept = write(town, "just for me")
    assert "Noah" not in shown(kept)
    assert "just for me" not in everything(town, "noah")


def test_undo_within_ten_minutes_takes_the_note_back_at_the_partners_too(town: Town) -> None:
    with_goal(town)
    kept = write(town, "too early to say")
    town.travel(timedelta(minutes=9))
    town.clicks("lena", kept, "note.undo")
    town.deliver()
    assert "too early to say" not in everything(town, "noah")
    assert "too early to say" not in answer(town, "lena", "/tandem notes")


def test_undo_before_it_was_delivered_means_it_never_is(town: Town) -> None:
    with_goal(town)
    said = town.says("lena", "/tandem note a slip")
    assert said.message is not None
    town.clicks("lena", said.message, "note.undo")
    town.travel(timedelta(days=1))
    assert not [call for call in town.box.calls if call.method == "chat.postMessage" and "a slip" in str(call.args)]


def test_after_ten_minutes_undo_is_over_but_who_sees_it_can_be_changed(town: Town) -> None:
    """Making it private deletes the partner's copy."""
    with_goal(town)
    kept = write(town, "second thoughts")
    town.travel(timedelta(minutes=11))
    town.clicks("lena", kept, "note.undo")
    assert "too late for Undo" in shown(newest(town, "lena"))
    assert "second thoughts" in everything(town, "noah")

    town.clicks("lena", kept, "note.change")
    sent(town, "lena", {"visibility": "private"})
    town.deliver()
    assert "second thoughts" not in everything(town, "noah")
    assert "second thoughts" in answer(town, "lena", "/tandem notes")


def test_a_private_note_made_shared_reaches_the_partner(town: Town) -> None:
    together(town, "lena", "noah")
    kept = write(town, "worth telling")
    town.clicks("lena", kept, "note.change")
    sent(town, "lena", {"visibility": "shared"})
    town.deliver()
    assert "worth telling" in told(town, "noah")[-1]


def test_a_changed_note_changes_the_partners_copy_in_place(town: Town) -> None:
    with_goal(town)
    kept = write(town, "fierst draft")
    before = letters(town, "noah")
    town.travel(timedelta(hours=1))
    town.clicks("lena", kept, "note.change")
    assert typed(town, "lena", "text") == "fierst draft"
    sent(town, "lena", {"text": "first draft"})
    town.deliver()

    after = letters(town, "noah")
    assert [one.ts for one in after] == [one.ts for one in before]
    assert "first draft" in shown(after[-1])
    assert "fierst" not in everything(town, "noah")


def test_a_note_moved_to_another_goal_is_told_with_that_goal(town: Town) -> None:
    with_goal(town)
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Say no"})
    kept = write(town, "declined a meeting")
    assert "Say no" in told(town, "noah")[-1]
    town.clicks("lena", kept, "note.change")
    view = town.box.modal("lena")
    assert view is not None
    options = view.element("goal")[1]["options"]
    sent(town, "lena", {"goal": next(one["value"] for one in options if one["text"]["text"] == "Speak up")})
    town.travel(timedelta(minutes=1))
    assert "Speak up" in told(town, "noah")[-1]
    assert sum("declined a meeting" in text for text in told(town, "noah")) == 1


def test_the_form_writes_a_note_where_no_text_was_given(town: Town) -> None:
    with_goal(town)
    town.says("lena", "/tandem notiz")
    result = sent(town, "lena", {"text": "Aus dem Formular"})
    town.deliver()
    assert "Aus dem Formular" in shown(result.view)
    assert "Aus dem Formular" in told(town, "noah")[-1]


def test_the_form_starts_from_privacy_where_the_newest_goal_is_private(town: Town) -> None:
    """As the command does: nothing about a private goal reaches the partner by forgetting to choose."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Ask for a raise", "visibility": "private"})
    town.says("lena", "/tandem note")
    assert typed(town, "lena", "visibility") == "private"
    sent(town, "lena", {"text": "found the right words"})
    town.deliver()
    assert "found the right words" not in everything(town, "noah")


def test_a_line_of_a_check_in_made_private_disappears_from_the_partners_summary(town: Town) -> None:
    """The rest of the summary stays."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "two pages", "progress": "slept badly all week"})
    town.deliver()
    assert "slept badly" in told(town, "noah")[-1]

    town.travel(timedelta(hours=1))
    listed = town.says("lena", "/tandem notes").message
    assert listed is not None
    town.clicks("lena", listed, "note.change")
    sent(town, "lena", {"visibility": "private"})
    town.deliver()
    assert "slept badly" not in everything(town, "noah")
    assert "two pages" in told(town, "noah")[-1]


def test_notes_are_read_page_by_page_newest_first(town: Town) -> None:
    programme(town, "lena")
    for number in range(20):
        town.says("lena", f"/tandem note note number {number:02d}")
        town.clock.move(timedelta(minutes=1))
    page = town.says("lena", "/tandem notes").message
    assert page is not None
    seen = [_numbers(page)]
    for _ in range(2):
        town.clicks("lena", page, "notes.page.older")
        page = town.box.messages("lena")[-1]
        seen.append(_numbers(page))
    assert [number for numbers in seen for number in numbers] == list(range(19, -1, -1))
    assert "notes.page.older" not in str(page.blocks)
    town.clicks("lena", page, "notes.page.newer")
    assert _numbers(town.box.messages("lena")[-1]) == seen[1]


def _numbers(message: Message) -> list[int]:
    return [int(line.removeprefix("note number ")) for line in shown(message).splitlines() if "note number" in line]


def test_ones_own_notes_are_searched_and_nobody_elses(town: Town) -> None:
    """Words in any order; a second page where there are more; the way back to all of them."""
    with_goal(town, visibility="shared")
    for number in range(10):
        write(town, f"outline, part {number}")
    write(town, "something else")
    found = town.says("lena", "/tandem notes part outline").message
    assert found is not None
    assert "part 9" in shown(found) and "part 1" not in shown(found) and "something else" not in shown(found)
    town.clicks("lena", found, "notes.found.older")
    older = newest(town, "lena")
    assert "part 1" in shown(older) and "part 0" in shown(older) and "part 2" not in shown(older)
    assert "No note of yours has" in answer(town, "noah", "/tandem notes outline")


@pytest.mark.parametrize("line", ["/tandem notes search outline", "/tandem notizen suche outline"])
def test_saying_that_one_searches_is_no_part_of_what_is_looked_for(town: Town, line: str) -> None:
    """In either language, and with nothing after it the form asks."""
    programme(town, "lena")
    answer(town, "lena", "/tandem note the outline is done")
    answer(town, "lena", "/tandem note the chorus is done")

    found = answer(town, "lena", line)

    assert "the outline is done" in found and "chorus" not in found
    town.says("lena", line.removesuffix(" outline"))
    assert "Words that were in it" in form(town, "lena")


def test_the_search_form_says_what_it_found(town: Town) -> None:
    with_goal(town)
    for number in range(9):
        write(town, f"part {number}")
    listed = town.says("lena", "/tandem notes").message
    assert listed is not None
    town.clicks("lena", listed, "notes.search")
    assert town.submits("lena", {"wanted": "PART 3"}).ok
    assert "part 3" in form(town, "lena") and "part 4" not in form(town, "lena")


def test_a_note_over_the_limit_is_refused_with_the_limit_and_the_text_handed_back_whole(town: Town) -> None:
    programme(town, "lena")
    long = "word " * 600 + "the very end"
    said = answer(town, "lena", f"/tandem note {long}")
    assert "3,000" in said or "3000" in said
    assert said.count("word") >= 600
    assert "the very end" in said
    assert "No notes yet" in answer(town, "lena", "/tandem notes")


def test_a_note_of_exactly_the_limit_is_kept_and_reaches_the_partner_whole(town: Town) -> None:
    with_goal(town)
    write(town, "x" * 2_990 + "end of it.")
    assert "end of it." in told(town, "noah")[-1]


def test_an_empty_looking_note_is_refused(town: Town) -> None:
    programme(town, "lena")
    assert "nothing to keep" in answer(town, "lena", "/tandem note \u200b\u202e\u2066")


def test_special_characters_are_kept_as_typed_and_nothing_in_them_is_alive(town: Town) -> None:
    """Mentions, links and markup of people stay text."""
    with_goal(town)
    text = "a < b && c > d <!channel> <@U123> *bold* `code` https://example.com/?a=1&b=2"
    kept = write(town, text)
    assert text in shown(kept)
    assert text in told(town, "noah")[-1]
    for call in town.box.calls:
        assert "<!channel>" not in call.args.get("text", "")


def test_what_is_written_to_the_bot_is_offered_as_a_note_and_kept_only_on_request(town: Town) -> None:
    """Exactly as typed, whatever Slack does to < and & on the way."""
    with_goal(town)
    town.writes("lena", "less is < more & good")
    offered = newest(town, "lena")
    assert offered.ephemeral
    assert "less is < more & good" in shown(offered)
    assert "No notes yet" in answer(town, "lena", "/tandem notes")

    town.clicks("lena", offered, "note.draft")
    assert typed(town, "lena", "text") == "less is < more & good"
    sent(town, "lena", {})
    assert "less is < more & good" in answer(town, "lena", "/tandem notes")


def test_what_slack_delivers_twice_is_answered_once(town: Town) -> None:
    """Slack repeats an event when the answer came late."""
    programme(town, "lena")
    town.writes("lena", "I held the talk")
    seen = len(town.box.messages("lena"))
    town.box.replay(town.box.deliveries[-1], times=3)
    assert town.tandem.follow_ups.wait()
    assert len(town.box.messages("lena")) == seen


def test_a_long_message_to_the_bot_is_pointed_to_the_form(town: Town) -> None:
    programme(town, "lena")
    town.writes("lena", "long " * 600)
    assert "not stored it" in shown(newest(town, "lena"))


def test_ones_own_message_fills_the_form_and_somebody_elses_leaves_it_empty(town: Town) -> None:
    together(town, "lena", "noah")
    channel = town.box.messages("lena")[-1].channel
    mine = town.box.write_in("lena", channel, "I held the talk")
    theirs = town.box.write_in("noah", channel, "well done, you")
    for message, expected in ((mine, "I held the talk"), (theirs, None)):
        town.box.use_shortcut("lena", "note_from_message", message)
        town.box.until(lambda: town.box.modal("lena"))
        assert typed(town, "lena", "text") == expected
        town.box.close_modal("lena")


def test_the_global_shortcut_opens_the_form(town: Town) -> None:
    programme(town, "lena")
    town.box.use_shortcut("lena", "note_new")
    assert town.box.until(lambda: town.box.modal("lena"))
    assert "What happened?" in form(town, "lena")


def test_notes_of_another_person_cannot_be_opened_by_their_button(town: Town) -> None:
    """A forged button value is refused without a word of the note."""
    with_goal(town)
    kept = write(town, "hers alone")
    value = next(one["value"] for block in kept.blocks for one in block.get("elements", []) if "value" in one)
    mine = town.says("noah", "/tandem note mine").message
    assert mine is not None
    for block in mine.blocks:
        for element in block.get("elements", []):
            assert element.get("value") != value
    assert "hers alone" not in answer(town, "noah", "/tandem notes")


def test_a_note_written_before_the_match_is_not_shown_to_the_partner_of_later(town: Town) -> None:
    programme(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Speak up"})
    answer(town, "lena", "/tandem note before we met")
    match(town, owner="otto")
    town.travel(timedelta(days=1))
    assert "before we met" not in everything(town, "noah")
