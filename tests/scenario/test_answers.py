"""A check-in answered by two taps, by one line or by the whole form; edited, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.db.checkins import CheckinRow
from bot.db.promises import PromiseRow
from bot.domain.checkins import CheckinState, Outcome
from bot.domain.promises import PromiseState
from demo.town import Town
from sandbox import Message
from tests.scenario.habits import checkins, everything, form, letters, sent, together, told, typed
from tests.scenario.people import newest, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
A_WEEK, A_MINUTE = timedelta(weeks=1), timedelta(minutes=1)


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    """A town in which nothing ends because nobody was heard of: that is told elsewhere."""
    return make_town(rules={"silence_days": []})


def promised(town: Town, promise: str = "two pages", *steps: str) -> Message:
    """Have Lena and Noah together, and Lena asked about a promise; return the message that asks."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Write a book", "steps": "\n".join(steps), "visibility": "shared"})
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": promise})
    town.travel_to(NEXT_MONDAY + A_WEEK)
    return checkins(town, "lena")[-1]


def now(town: Town, message: Message) -> Message:
    """Return what stands where ``message`` stood."""
    return next(one for one in letters(town, "lena") if one.ts == message.ts)


def taps(town: Town, message: Message, action: str) -> Message:
    """Have Lena press a button of a message as it stands now; return what it turns into."""
    town.clicks("lena", now(town, message), action)
    return now(town, message)


def kept(town: Town, kind: Any) -> list[Any]:
    """Return what the database keeps of a kind, oldest first."""
    database = town.tandem.database
    with database.reading(database.workspaces()[0][0]) as tx:
        rows = list(tx.session.scalars(sa.select(kind).order_by(kind.id)))
        tx.session.expunge_all()
    return rows


def promises(town: Town) -> list[tuple[str, PromiseState]]:
    database = town.tandem.database
    with database.reading(database.workspaces()[0][0]) as tx:
        return [
            (row.text or "", row.state)
            for row in tx.session.scalars(sa.select(PromiseRow).order_by(PromiseRow.made_at))
        ]


def errors(town: Town) -> dict[str, int]:
    database = town.tandem.database
    with database.reading(database.workspaces()[0][0]) as tx:
        return tx.outbox.errors()


def interactions(town: Town, since: int) -> list[str]:
    """Return what reached the bot from Lena's hand."""
    return [one.kind for one in town.box.deliveries[since:] if one.kind == "interactive"]


def test_two_taps_answer_a_check_in_and_leave_a_promise(town: Town) -> None:
    """Done, then the next step: it is the promise, its goal moves on, and the partner reads both once."""
    asked = promised(town, "two pages", "the outline", "the first chapter")
    before = len(town.box.deliveries)

    after_one = taps(town, asked, "checkin.kept")
    assert "Promise kept" in shown(after_one)
    assert "the outline" in shown(after_one)
    town.deliver()
    assert "kept the promise" not in everything(town, "noah")
    after_two = taps(town, asked, "checkin.step.0")

    assert len(interactions(town, before)) == 2
    assert "the outline" in shown(after_two) and "Answered" in shown(after_two)
    assert promises(town) == [("two pages", PromiseState.KEPT), ("the outline", PromiseState.OPEN)]
    town.deliver()
    summaries = [text for text in told(town, "noah") if "kept the promise" in text]
    assert len(summaries) == 1
    assert "two pages" in summaries[0] and "the outline" in summaries[0]


def test_a_step_that_was_promised_is_done_when_the_promise_is_kept(town: Town) -> None:
    """So the next one is offered; its if-then plan comes back with the question."""
    asked = promised(town, "two pages", "the outline", "the first chapter")
    taps(town, asked, "checkin.kept")
    taps(town, asked, "checkin.step.0")
    town.travel(A_WEEK)
    asked = checkins(town, "lena")[-1]
    assert "the outline" in shown(asked)

    after = taps(town, asked, "checkin.kept")

    assert "the first chapter" in shown(after)
    assert "the outline" not in shown(after)


def test_the_first_tap_counts_even_if_no_second_one_follows(town: Town) -> None:
    """The check-in counts as answered when the next one opens; nobody is written to about it."""
    asked = promised(town, "two pages", "the outline")
    taps(town, asked, "checkin.kept")
    town.travel(A_WEEK)

    before, *_ = [row for row in kept(town, CheckinRow) if row.outcome]
    assert (before.state, before.outcome) == (CheckinState.ANSWERED, Outcome.KEPT)
    assert promises(town) == [("two pages", PromiseState.KEPT)]
    assert "kept the promise" not in everything(town, "noah")
    assert "two pages" not in shown(checkins(town, "lena")[-1])


def test_a_promise_that_was_not_kept_is_asked_for_again_when_nothing_was_decided(town: Town) -> None:
    asked = promised(town)
    taps(town, asked, "checkin.not_yet")
    town.travel(A_WEEK)
    assert "two pages" in shown(checkins(town, "lena")[-1])
    assert promises(town) == [("two pages", PromiseState.OPEN)]


def test_who_tapped_once_is_reminded_of_the_second_tap(town: Town) -> None:
    asked = promised(town, "two pages", "the outline")
    taps(town, asked, "checkin.kept")
    town.travel(timedelta(days=1))
    reminded = letters(town, "lena")[-1]
    assert reminded.ts != asked.ts
    taps(town, reminded, "checkin.step.0")
    assert promises(town)[-1] == ("the outline", PromiseState.OPEN)
    town.deliver()
    assert "Answered" in shown(now(town, asked))


def test_what_is_carried_over_says_since_when(town: Town) -> None:
    """The new promise goes on from the old one; the partner reads it as promised."""
    asked = promised(town)
    taps(town, asked, "checkin.partly")
    taps(town, asked, "checkin.carry")
    town.deliver()
    assert "part of the way" in told(town, "noah")[-1]
    assert promises(town) == [("two pages", PromiseState.CARRIED), ("two pages", PromiseState.OPEN)]
    town.travel(A_WEEK)
    asked = checkins(town, "lena")[-1]
    assert "since 9 November" in shown(asked)
    taps(town, asked, "checkin.not_yet")
    taps(town, asked, "checkin.carry")
    town.travel(A_WEEK)
    assert "since 9 November" in shown(checkins(town, "lena")[-1])


def test_a_promise_is_made_smaller_in_one_line_that_starts_from_it(town: Town) -> None:
    asked = promised(town)
    taps(town, asked, "checkin.not_yet")
    taps(town, asked, "checkin.smaller")
    assert typed(town, "lena", "promise") == "two pages"
    sent(town, "lena", {"promise": "half a page"})
    assert promises(town) == [("two pages", PromiseState.SMALLER), ("half a page", PromiseState.OPEN)]
    town.deliver()
    assert "half a page" in shown(now(town, asked))
    assert "half a page" in told(town, "noah")[-1]


def test_a_promise_is_let_go_without_a_word_of_blame_and_another_one_is_made(town: Town) -> None:
    asked = promised(town, "two pages", "the outline")
    taps(town, asked, "checkin.not_yet")
    after = taps(town, asked, "checkin.let_go")
    assert "that is fine" in shown(after)
    taps(town, asked, "checkin.step.0")
    assert promises(town) == [("two pages", PromiseState.DROPPED), ("the outline", PromiseState.OPEN)]


def test_without_an_open_step_the_first_tap_opens_the_form_of_one_line(town: Town) -> None:
    asked = promised(town)
    before = len(town.box.deliveries)
    taps(town, asked, "checkin.kept")
    assert "Noah" in form(town, "lena")
    sent(town, "lena", {"promise": "two more"})
    assert len(interactions(town, before)) == 2
    assert promises(town) == [("two pages", PromiseState.KEPT), ("two more", PromiseState.OPEN)]
    town.deliver()
    assert "two more" in shown(now(town, asked))


def test_in_the_first_week_one_tap_promises_a_step(town: Town) -> None:
    """There is nothing to report yet."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Write a book", "steps": "the outline", "visibility": "private"})
    town.travel_to(NEXT_MONDAY)
    [asked] = checkins(town, "lena")
    assert "stays with you" in shown(asked)
    taps(town, asked, "checkin.step.0")
    assert promises(town) == [("the outline", PromiseState.OPEN)]
    town.deliver()
    assert "the outline" in told(town, "noah")[-1]
    assert "Write a book" not in everything(town, "noah")


def test_the_second_device_reads_what_counts_already(town: Town) -> None:
    """Done in the first message, not yet in the reminder beside it: the first tap stands, and can be changed."""
    asked = promised(town, "two pages", "the outline", "the first chapter")
    town.travel(timedelta(days=1))
    reminded = checkins(town, "lena")[-1]
    assert reminded.ts != asked.ts
    taps(town, asked, "checkin.kept")

    after = taps(town, reminded, "checkin.not_yet")
    assert "Promise kept" in shown(after)
    assert "checkin.open" in str(after.blocks)
    taps(town, asked, "checkin.step.1")
    assert "the first chapter" in shown(taps(town, reminded, "checkin.step.0"))

    assert promises(town) == [("two pages", PromiseState.KEPT), ("the first chapter", PromiseState.OPEN)]


@pytest.mark.parametrize("action", ["checkin.kept", "checkin.later", "checkin.aside"])
def test_whatever_is_tapped_beside_an_answer_shows_the_answer(town: Town, action: str) -> None:
    asked = promised(town)
    town.travel(timedelta(days=1))
    reminded = checkins(town, "lena")[-1]
    taps(town, asked, "checkin.partly")
    taps(town, asked, "checkin.carry")
    assert "Answered" in shown(taps(town, reminded, action))
    assert promises(town) == [("two pages", PromiseState.CARRIED), ("two pages", PromiseState.OPEN)]


def test_a_button_of_three_weeks_ago_leads_to_the_newest_check_in(town: Town) -> None:
    """Whatever is tapped, nothing changes, and one more tap answers the right one."""
    asked = promised(town, "two pages", "the outline")
    town.travel(3 * A_WEEK)
    before = promises(town)
    for action in ("checkin.kept", "checkin.later", "checkin.aside", "checkin.open"):
        town.clicks("lena", asked, action)
        assert "newer check-in" in shown(newest(town, "lena")), action
        assert "checkin.open" in str(newest(town, "lena").blocks)
    assert promises(town) == before


def test_a_step_that_is_gone_by_the_second_tap_is_said_so(town: Town) -> None:
    """Ticked off on the home tab meanwhile."""
    asked = promised(town, "two pages", "the outline")
    after = taps(town, asked, "checkin.kept")
    town.opens_home("lena")
    town.clicks_home("lena", "step.tick.0")
    town.clicks("lena", after, "checkin.step.0")
    assert "done or gone" in shown(newest(town, "lena"))
    assert promises(town) == [("two pages", PromiseState.KEPT)]


def test_after_leaving_a_tap_is_refused_kindly_and_changes_nothing(town: Town) -> None:
    asked = promised(town)
    town.clicks("lena", asked, "checkin.open")
    town.says("lena", "/tandem leave")
    town.clicks("lena", newest(town, "lena"), "leave.confirm")
    town.clicks("lena", asked, "checkin.kept")
    assert "has ended" in shown(newest(town, "lena"))
    said = town.submits("lena", {"outcome": "kept", "promise": "typed all the same"})
    assert "has ended" in str(said.errors)
    assert typed(town, "lena", "promise") == "typed all the same"
    assert promises(town) == [("two pages", PromiseState.OPEN)]


def test_the_whole_form_takes_six_interactions_at_most(town: Town) -> None:
    """Open, outcome, a line, what comes next, one goal, send: everything lands where it belongs."""
    asked = promised(town, "two pages", "the outline")
    before = len(town.box.deliveries)
    town.clicks("lena", asked, "checkin.open")
    fields = {"outcome": "kept", "progress": "it went well", "promise": "two more", "confidence.0": "on_track"}
    sent(town, "lena", fields)
    assert len(interactions(town, before)) == 2
    assert 2 + len(fields) <= 6
    town.deliver()
    assert "it went well" in told(town, "noah")[-1]
    town.says("lena", "/tandem checkin")
    assert typed(town, "lena", "confidence.0") == "on_track"


def test_the_form_carries_over_promises_a_step_and_asks_for_a_hand(town: Town) -> None:
    asked = promised(town, "two pages", "the outline")
    town.clicks("lena", asked, "checkin.open")
    sent(town, "lena", {"outcome": "partly", "then": "carry", "hand": ["hand"]})
    assert promises(town) == [("two pages", PromiseState.CARRIED), ("two pages", PromiseState.OPEN)]
    assert [row.hand_up for row in kept(town, CheckinRow) if row.outcome] == [True]

    town.travel(A_MINUTE)
    town.says("lena", "/tandem checkin")
    assert typed(town, "lena", "then") == "carry"
    view = town.box.modal("lena")
    assert view is not None
    step = view.element("step")[1]["options"][0]["value"]
    sent(town, "lena", {"outcome": "kept", "then": None, "promise": "", "step": step, "hand": []})
    assert promises(town) == [("two pages", PromiseState.KEPT), ("the outline", PromiseState.OPEN)]


def test_the_preview_shows_the_very_words_the_partner_reads(town: Town) -> None:
    """And keeps nothing: neither an answer, nor what was typed lost."""
    asked = promised(town)
    before = promises(town)
    town.clicks("lena", asked, "checkin.open")
    fields = {"outcome": "partly", "progress": "one of them", "promise": "the second one", "reflection": "mine"}
    town.box.fill("lena", fields)
    town.box.click_view("lena", "checkin.preview")
    assert town.tandem.follow_ups.wait()

    previewed = form(town, "lena")
    assert promises(town) == before
    assert typed(town, "lena", "progress") == "one of them"
    sent(town, "lena", {})
    town.deliver()
    for line in told(town, "noah")[-1].splitlines():
        if line not in {"Cheer", "Reply", "I can help"}:
            assert line in previewed, line
    assert "mine" not in told(town, "noah")[-1]


def test_the_preview_says_what_is_still_missing(town: Town) -> None:
    asked = promised(town)
    town.clicks("lena", asked, "checkin.open")
    town.box.fill("lena", {"progress": "a line to keep"})
    town.box.click_view("lena", "checkin.preview")
    assert town.tandem.follow_ups.wait()
    assert "Choose what became of it" in form(town, "lena")
    assert typed(town, "lena", "progress") == "a line to keep"


@pytest.mark.parametrize("delivered", [True, False])
def test_undo_takes_an_answer_back_as_if_it_had_never_been(town: Town, *, delivered: bool) -> None:
    """The partner's copy goes too; a new answer comes to them anew, once, and can be changed."""
    asked = promised(town, "two pages", "the outline")
    taps(town, asked, "checkin.kept")
    taps(town, asked, "checkin.step.0")
    if delivered:
        town.deliver()
        assert "the outline" in everything(town, "noah")

    town.travel(A_MINUTE)
    after = taps(town, asked, "checkin.undo")
    town.deliver()

    assert "checkin.kept" in str(after.blocks)
    assert promises(town) == [("two pages", PromiseState.OPEN)]
    assert "the outline" not in everything(town, "noah")
    taps(town, asked, "checkin.partly")
    taps(town, asked, "checkin.carry")
    town.deliver()
    assert len([one for one in told(town, "noah") if "part of the way" in one]) == 1
    town.travel(A_MINUTE)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"outcome": "partly", "promise": "one page"})
    town.deliver()
    assert "one page" in told(town, "noah")[-1]
    assert errors(town) == {}


def test_after_ten_minutes_an_answer_can_be_changed_but_not_taken_back(town: Town) -> None:
    asked = promised(town)
    taps(town, asked, "checkin.partly")
    taps(town, asked, "checkin.carry")
    town.travel(timedelta(minutes=11))
    town.clicks("lena", now(town, asked), "checkin.undo")
    assert "10 minutes" in shown(newest(town, "lena"))
    assert promises(town)[-1] == ("two pages", PromiseState.OPEN)


def test_the_row_of_weeks_is_shown_to_oneself_alone(town: Town) -> None:
    """Quietly, from the second week on; a week put aside does not end it, a week in silence does."""
    asked = promised(town)
    taps(town, asked, "checkin.partly")
    taps(town, asked, "checkin.carry")
    assert "2 weeks in a row" in shown(now(town, asked))
    town.travel(A_WEEK)
    taps(town, checkins(town, "lena")[-1], "checkin.aside")
    town.travel(A_WEEK)
    asked = checkins(town, "lena")[-1]
    taps(town, asked, "checkin.partly")
    assert "3 weeks in a row" in shown(taps(town, asked, "checkin.carry"))
    town.travel(2 * A_WEEK)
    asked = checkins(town, "lena")[-1]
    taps(town, asked, "checkin.partly")
    assert "in a row" not in shown(taps(town, asked, "checkin.carry"))
    town.deliver()
    assert "in a row" not in everything(town, "noah")
