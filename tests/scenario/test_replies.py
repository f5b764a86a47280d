"""What partners say to a check-in: a line or an offer to help, for its author alone, who may answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.db.checkins import CheckinRow
from bot.domain.checkins import CheckinState
from bot.domain.messages import MessageKind
from bot.domain.replies import LineGone
from bot.usecases.replies import undo_reply
from demo.town import Town
from sandbox import Message
from tests.scenario.canaries import secret
from tests.scenario.habits import everything, form, letters, local, sent, together, told, typed
from tests.scenario.people import newest, paired, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def reports(town: Town, who: str, promise: str = "two pages") -> None:
    """Let somebody answer the check-in of the first Monday, so that the partners read it."""
    town.travel_to(NEXT_MONDAY)
    town.says(who, "/tandem checkin")
    sent(town, who, {"promise": promise})
    town.deliver()


def summary_of(town: Town, who: str) -> Message:
    return next(one for one in reversed(letters(town, who)) if "checkin.reply" in str(one.blocks))


def replies(town: Town, who: str, text: str) -> None:
    assert town.clicks(who, summary_of(town, who), "checkin.reply").ok
    sent(town, who, {"text": text})
    town.deliver()


def answers(town: Town, who: str, text: str) -> None:
    assert town.clicks(who, letters(town, who)[-1], "reply.answer").ok
    sent(town, who, {"text": text})
    town.deliver()


def takes_back(town: Town, who: str) -> None:
    """Press Undo in the window that says a line is on its way."""
    assert town.box.click_view(who, "reply.undo").ok
    assert town.tandem.follow_ups.wait()


def leaves(town: Town, who: str) -> None:
    town.says(who, "/tandem leave")
    assert town.clicks(who, newest(town, who), "leave.confirm").ok
    town.deliver()


def test_a_line_reaches_the_author_once_and_can_be_answered(town: Town) -> None:
    """There and back again, by buttons; each line comes once, however often its form was sent."""
    together(town, "lena", "noah")
    reports(town, "lena")
    line, back = (f"{word} {secret(town, 'reply', 'lena', 'noah')}" for word in ("try mornings", "good idea"))

    replies(town, "noah", line)
    assert "Noah writes about your check-in" in told(town, "lena")[-1]
    assert sum(line in text for text in told(town, "lena")) == 1
    [submission] = [
        one for one in town.box.deliveries if one.payload.get("type") == "view_submission" and line in str(one.payload)
    ]
    town.box.replay(submission, times=2)
    town.deliver()
    assert sum(line in text for text in told(town, "lena")) == 1

    answers(town, "lena", back)
    assert "Lena answers you" in told(town, "noah")[-1]
    assert back in told(town, "noah")[-1]
    answers(town, "noah", "see you on Friday")
    assert "see you on Friday" in told(town, "lena")[-1]


def test_the_form_quotes_what_it_is_about_and_says_who_reads_it(town: Town) -> None:
    together(town, "lena", "noah")
    reports(town, "lena")

    town.clicks("noah", summary_of(town, "noah"), "checkin.reply")
    assert "Lena promises: two pages" in form(town, "noah")
    assert "Only Lena Falk reads this" in form(town, "noah")
    sent(town, "noah", {"text": "try mornings"})
    town.deliver()
    town.clicks("lena", letters(town, "lena")[-1], "reply.answer")
    assert "Noah wrote: try mornings" in form(town, "lena")


def test_of_three_only_the_author_reads_it(town: Town) -> None:
    """The third has the same summary and reads neither the line nor its answer."""
    together(town, "lena", "noah", "ida")
    reports(town, "lena")
    line, back = secret(town, "reply", "lena", "noah"), secret(town, "reply", "lena", "noah")

    replies(town, "noah", line)
    answers(town, "lena", back)

    assert line in everything(town, "lena")
    assert back in everything(town, "noah")
    assert not {line, back} & set(everything(town, "ida").split())
    assert "checkin.help" in str(summary_of(town, "ida").blocks)


def test_a_line_can_be_taken_back_from_whoever_has_it_already(town: Town) -> None:
    """It is gone for its reader; a second device reads so, and another line can be written."""
    together(town, "lena", "noah")
    reports(town, "lena")
    line = f"try mornings {secret(town, 'reply', 'lena', 'noah')}"
    town.clicks("noah", summary_of(town, "noah"), "checkin.reply")
    assert town.submits("noah", {"text": line}).ok
    town.deliver()
    assert line in everything(town, "lena")

    takes_back(town, "noah")
    town.deliver()

    assert "It is gone, for Lena too." in form(town, "noah")
    assert line not in everything(town, "lena")
    [*_, tap] = [one for one in town.box.deliveries if "reply.undo" in str(one.payload.get("actions"))]
    database = town.tandem.database
    with database.transaction(database.workspaces()[0][0]) as tx:
        noah = tx.people.actor(town.box.person("noah").id)
        with pytest.raises(LineGone):
            undo_reply(tx, noah, UUID(tap.payload["actions"][0]["value"]))
    town.box.close_modal("noah")
    replies(town, "noah", "or evenings")
    assert "or evenings" in told(town, "lena")[-1]


def _replies_at_nine_in_berlin(town: Town) -> None:
    """Mira begins a reply to what Tess in Toronto answered the day before, hours before Tess's day begins."""
    paired(town, "mira", "tess")
    town.travel_to(NEXT_MONDAY + timedelta(hours=7))
    town.says("tess", "/tandem checkin")
    sent(town, "tess", {"promise": "two pages"})
    town.travel_to(NEXT_MONDAY + timedelta(days=1))
    town.clicks("mira", summary_of(town, "mira"), "checkin.reply")


def test_a_line_taken_back_before_its_readers_day_begins_is_never_sent(town: Town) -> None:
    """Mira takes it back within minutes; Tess in Toronto gets to read nothing."""
    _replies_at_nine_in_berlin(town)
    assert town.submits("mira", {"text": "only one"}).ok
    town.travel(timedelta(minutes=9))

    takes_back(town, "mira")
    town.travel_to(NEXT_MONDAY + timedelta(days=1, hours=9))

    assert not any("only one" in str(call.args) and call.method == "chat.postMessage" for call in town.box.calls)
    assert "only one" not in everything(town, "tess")


def test_after_some_minutes_a_line_stands(town: Town) -> None:
    """The old button says so and what is still possible."""
    together(town, "lena", "noah")
    reports(town, "lena")
    town.clicks("noah", summary_of(town, "noah"), "checkin.reply")
    assert town.submits("noah", {"text": "try mornings"}).ok
    town.travel(timedelta(minutes=11))

    takes_back(town, "noah")
    town.deliver()

    assert "10 minutes, and they are over" in everything(town, "noah") + form(town, "noah")
    assert "try mornings" in everything(town, "lena")


def test_help_is_offered_once_with_a_way_to_each_other(town: Town) -> None:
    """The author reads who could help with what; the button turns into a word and two taps are one."""
    together(town, "lena", "noah")
    reports(town, "lena")
    offered = summary_of(town, "noah")

    town.clicks("noah", offered, "checkin.help")
    [tap] = [one for one in town.box.deliveries if "checkin.help" in str(one.payload.get("actions"))]
    town.box.replay(tap, times=2)
    town.deliver()

    [letter] = [text for text in told(town, "lena") if "could help you" in text]
    assert "two pages" in letter
    assert f"<@{town.box.person('noah').id}>" in letter
    assert "You offered Lena your help" in shown(summary_of(town, "noah"))
    assert "checkin.help" not in str(summary_of(town, "noah").blocks)
    answers(town, "lena", "gladly, tomorrow?")
    assert "gladly, tomorrow?" in told(town, "noah")[-1]


def test_after_an_undo_the_next_answer_is_helped_with_and_cheered_anew(town: Town) -> None:
    """The offer goes with the answer it was for; each click on the new one counts, once."""
    together(town, "lena", "noah")
    reports(town, "lena")
    for way in ("checkin.help", "checkin.cheer"):
        town.clicks("noah", summary_of(town, "noah"), way)
    town.deliver()
    town.clicks("lena", next(one for one in letters(town, "lena") if "checkin.undo" in str(one.blocks)), "checkin.undo")
    town.deliver()
    assert "could help you" not in everything(town, "lena")

    reports(town, "lena", "one page")
    assert "You offered" not in shown(summary_of(town, "noah")) and "You cheered" not in shown(summary_of(town, "noah"))
    for way in ("checkin.help", "checkin.cheer"):
        town.clicks("noah", summary_of(town, "noah"), way)
        [*_, tap] = [one for one in town.box.deliveries if way in str(one.payload.get("actions"))]
        town.box.replay(tap, times=2)
    town.travel(A_MINUTE)

    [offer] = [text for text in told(town, "lena") if "could help you" in text]
    assert "one page" in offer
    assert len([text for text in told(town, "lena") if "cheering you on" in text]) == 2
    assert "You cheered for Lena. You offered Lena your help." in shown(summary_of(town, "noah"))


def test_who_could_use_a_hand_is_offered_help_first(town: Town) -> None:
    """It stands on top of the summary, and the way to help comes before all others."""
    together(town, "lena", "noah")
    reports(town, "lena")
    [(workspace, _)] = town.tandem.database.workspaces()
    with town.tandem.database.transaction(workspace) as tx:
        tx.change(sa.update(CheckinRow).values(hand_up=True))
        [row] = tx.all(sa.select(CheckinRow).where(CheckinRow.hand_up, CheckinRow.state == CheckinState.ANSWERED))
        tx.outbox.revise(MessageKind.CHECKIN_SUMMARY, row.id, "hand")
    town.deliver()

    asked = summary_of(town, "noah")
    assert shown(asked).startswith("*Lena could use a hand.*")
    assert [one["action_id"] for one in asked.blocks[-1]["elements"]] == [
        "checkin.help",
        "checkin.cheer",
        "checkin.reply",
    ]


def test_it_waits_for_the_working_hours_of_whoever_reads_it(town: Town) -> None:
    """Mira replies at nine in Berlin; Tess in Toronto reads it at nine of her own day."""
    _replies_at_nine_in_berlin(town)
    sent(town, "mira", {"text": "only one"})
    town.travel_to(NEXT_MONDAY + timedelta(days=1, hours=7))

    [letter] = [one for one in letters(town, "tess") if "only one" in shown(one)]
    assert local(letter, "America/Toronto") == "Tue 2026-11-10 09:00"


def test_an_empty_line_is_said_at_its_field(town: Town) -> None:
    together(town, "lena", "noah")
    reports(town, "lena")
    town.clicks("noah", summary_of(town, "noah"), "checkin.reply")

    assert list(town.submits("noah", {"text": " \u200b "}).errors) == ["text"]
    assert "writes about" not in everything(town, "lena")


def test_who_is_gone_is_written_to_by_nobody_and_no_text_is_lost(town: Town) -> None:
    """A form opened before the end of the time together keeps the line to copy."""
    together(town, "lena", "noah")
    reports(town, "lena")
    summary = summary_of(town, "noah")
    town.clicks("noah", summary, "checkin.reply")
    leaves(town, "lena")

    result = town.submits("noah", {"text": "try mornings"})
    assert "not together any more" in str(result.errors["text"])
    assert typed(town, "noah", "text") == "try mornings"
    town.box.close_modal("noah")
    town.clicks("noah", summary, "checkin.help")
    assert "not together any more" in shown(newest(town, "noah"))
    assert "try mornings" not in everything(town, "lena")


def test_a_line_on_its_way_when_they_part_is_not_told(town: Town) -> None:
    """Written on Friday evening, due on Monday; on Saturday its writer leaves."""
    together(town, "lena", "noah")
    reports(town, "lena")
    town.travel_to(datetime(2026, 11, 13, 19, 0, tzinfo=UTC))
    town.clicks("noah", summary_of(town, "noah"), "checkin.reply")
    sent(town, "noah", {"text": "try mornings"})
    leaves(town, "noah")
    town.travel_to(datetime(2026, 11, 16, 12, 0, tzinfo=UTC))

    assert "try mornings" not in everything(town, "lena")


def test_it_is_spoken_in_each_readers_language(town: Town) -> None:
    paired(town, "mira", "jonas")
    reports(town, "mira", "zwei Seiten")

    town.clicks("jonas", summary_of(town, "jonas"), "checkin.help")
    town.deliver()
    assert "Jonas könnte dir dabei helfen: *zwei Seiten*" in told(town, "mira")[-1]
    replies(town, "jonas", "probier es morgens")
    assert "Jonas schreibt zu deinem Check-in" in told(town, "mira")[-1]
    answers(town, "mira", "gute Idee")
    assert "Mira antwortet dir" in told(town, "jonas")[-1]
