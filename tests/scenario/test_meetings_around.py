"""Around a meeting: reminders, what became of it, what is to follow up, and what was heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from demo.town import Town
from sandbox import Message
from tests.scenario.canaries import secret
from tests.scenario.habits import (
    OWNER,
    answer,
    everything,
    form,
    letters,
    live_here,
    local,
    sent,
    together,
    told,
    typed,
)
from tests.scenario.people import shown
from tests.scenario.test_meetings import agree, card, does, suggests

EVENING = datetime(2026, 11, 6, 17, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
A_DAY = timedelta(days=1)


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    """A town in which nothing ends because nobody was heard of: that is told elsewhere."""
    return make_town(rules={"silence_days": []})


def with_words(town: Town, who: str, words: str) -> list[Message]:
    return [one for one in letters(town, who) if words in shown(one)]


def over(town: Town, one: str = "lena", other: str = "noah", **fields: str) -> None:
    """Have two people agree on Friday at two, and the day pass."""
    agree(town, one, other, **fields)
    town.travel_to(EVENING)


def says(town: Town, who: str, said: str) -> str:
    """Have somebody say what became of the meeting; return what then stands there."""
    asked = card(town, who, f"meeting.{said}")
    town.clicks(who, asked, f"meeting.{said}")
    town.deliver()
    return next(shown(one) for one in letters(town, who) if one.ts == asked.ts)


def notes_for(town: Town, who: str, text: str, **fields: str) -> None:
    """Have somebody write a follow-up down."""
    does(town, who, "follow_up.new")
    sent(town, who, {"follow_up": text, **fields})
    town.deliver()


def test_both_are_reminded_the_day_before_and_a_quarter_of_an_hour_before(town: Town) -> None:
    together(town, "lena", "noah")
    agree(town, "lena", "noah", topic="the talk")
    town.travel_to(EVENING)
    for who, partner in (("lena", "Noah"), ("noah", "Lena")):
        [before] = with_words(town, who, f"Your next meeting with {partner}")
        [soon] = with_words(town, who, f"You meet {partner} at 14:00")
        assert local(before, BERLIN) == "Thu 2026-11-05 09:00"
        assert local(soon, BERLIN) == "Fri 2026-11-06 13:45"
        assert "About: the talk" in shown(soon)
        assert all(word in shown(soon) for word in ("Goal", "Reality", "Options", "Way forward"))


def test_a_monday_is_announced_on_friday_and_what_is_agreed_on_the_day_is_not_announced_twice(town: Town) -> None:
    together(town, "lena", "noah")
    agree(town, "lena", "noah", day="2026-11-09", time="10:00")
    agree(town, "lena", "noah", day="2026-11-02", time="18:00")
    town.travel_to(EVENING)
    [before] = with_words(town, "noah", "Your next meeting with")
    assert local(before, BERLIN) == "Fri 2026-11-06 09:00"
    [soon] = with_words(town, "noah", "at 18:00")
    assert local(soon, BERLIN) == "Mon 2026-11-02 17:45", "after work, as they have agreed"


def test_a_meeting_that_is_moved_or_called_off_is_not_announced(town: Town) -> None:
    together(town, "lena", "noah")
    agree(town, "lena", "noah")
    does(town, "noah", "meeting.another")
    sent(town, "noah", {"day": "2026-11-10", "time": "10:30"})
    town.deliver()
    does(town, "lena", "meeting.accept")
    agree(town, "lena", "noah", day="2026-11-05", time="16:00")
    does(town, "lena", "meeting.call_off")
    town.travel_to(datetime(2026, 11, 10, 12, 0, tzinfo=UTC))
    reminded = with_words(town, "lena", "You meet Noah at 10:30")
    assert [local(one, BERLIN) for one in reminded] == ["Tue 2026-11-10 10:15"]


def test_nobody_is_reminded_during_a_break_or_after_it_has_begun(town: Town) -> None:
    together(town, "lena", "noah")
    agree(town, "lena", "noah")
    answer(town, "noah", "/tandem pause until 2026-11-09")
    town.travel_to(datetime(2026, 11, 6, 12, 30, tzinfo=UTC))
    town.clock.move_to(datetime(2026, 11, 6, 13, 20, tzinfo=UTC))
    town.deliver()
    assert with_words(town, "noah", "Your next meeting with") == []
    assert with_words(town, "noah", "at 14:00") == with_words(town, "lena", "at 14:00") == []


def test_a_programme_can_do_without_reminders(make_town: Callable[..., Town]) -> None:
    town = make_town(rules={"meeting_reminder_day_before": False, "meeting_reminder_minutes": 0})
    together(town, "lena", "noah")
    over(town)
    assert with_words(town, "lena", "Your next meeting") == with_words(town, "lena", "at 14:00") == []
    assert len(with_words(town, "lena", "Did you meet")) == 1


def test_afterwards_each_is_asked_once_and_the_first_answer_counts(town: Town) -> None:
    together(town, "lena", "noah")
    over(town)
    [asked] = with_words(town, "noah", "Did you meet Lena on Friday, 6 November?")
    assert local(asked, BERLIN) == "Fri 2026-11-06 14:45"
    assert "something to follow up" in says(town, "lena", "met")
    assert "shall we look for a time" in says(town, "noah", "not_met")
    before = everything(town, OWNER)
    town.travel(timedelta(days=7))
    assert len(with_words(town, "noah", "Did you meet")) == 0, "it has turned into the answer"
    assert everything(town, OWNER) == before


def test_what_ends_after_work_is_asked_about_the_next_morning(town: Town) -> None:
    together(town, "lena", "noah")
    agree(town, "lena", "noah", time="18:00")
    town.travel_to(datetime(2026, 11, 9, 12, 0, tzinfo=UTC))
    [asked] = with_words(town, "lena", "Did you meet")
    assert local(asked, BERLIN) == "Mon 2026-11-09 09:00"


def test_a_follow_up_for_a_partner_is_told_and_can_be_ticked(town: Town) -> None:
    together(town, "lena", "noah")
    over(town)
    says(town, "lena", "met")
    words = f"send the book {secret(town, 'follow-up', 'lena', 'noah')}"
    notes_for(town, "lena", words, doer=town.box.person("noah").id, by="2026-11-13")
    town.travel_to(datetime(2026, 11, 9, 9, 0, tzinfo=UTC))
    assert "Lena wrote down for you" in shown(card(town, "noah", "follow_up.back"))
    assert "By Friday, 13 November" in shown(card(town, "noah", "follow_up.back"))
    does(town, "noah", "follow_up.done")
    assert len(with_words(town, "noah", "Done: *send the book")) == 1


def test_a_follow_up_can_be_handed_back_and_noted_during_the_meeting(town: Town) -> None:
    together(town, "lena", "noah")
    agree(town, "lena", "noah")
    town.travel_to(datetime(2026, 11, 6, 12, 50, tzinfo=UTC))
    notes_for(town, "lena", "book a room", doer=town.box.person("noah").id)
    does(town, "noah", "follow_up.back")
    assert "came back to you" in told(town, "lena")[-1]
    does(town, "lena", "follow_up.done")
    assert "Done: *book a room*" in told(town, "lena")[-1]


def test_follow_ups_come_up_in_the_weekly_question_and_are_ticked_there(town: Town) -> None:
    """What was given away meanwhile cannot be ticked from there any more, and what stands around it stays."""
    together(town, "lena", "noah")
    over(town)
    says(town, "lena", "met")
    for text in ("book a room", "send the book"):
        notes_for(town, "lena", text, doer=town.box.person("noah").id)
    town.travel_to(datetime(2026, 11, 9, 9, 0, tzinfo=UTC))
    asked = next(one for one in reversed(letters(town, "noah")) if "follow_up.tick" in str(one.blocks))
    assert "weekly minute" in shown(asked)
    first, second = (block["accessory"]["value"] for block in asked.blocks if "accessory" in block)
    town.clicks("noah", card(town, "noah", "follow_up.back"), "follow_up.back")
    for value in (first, second):
        town.clicks("noah", asked, "follow_up.tick", value)
    said = [shown(one) for one in town.box.messages("noah")[-2:]]
    assert sorted(("Done:" in one, "not yours any more" in one) for one in said) == [(False, True), (True, False)]


def test_the_bad_day_of_a_follow_up_is_said_and_the_words_stay(town: Town) -> None:
    together(town, "lena", "noah")
    over(town)
    says(town, "lena", "met")
    does(town, "lena", "follow_up.new")
    result = town.submits("lena", {"follow_up": "book a room", "by": "2026-11-01"})
    assert "has passed" in str(result.errors["by"])
    assert typed(town, "lena", "follow_up") == "book a room"


@pytest.mark.parametrize("understood", [True, False])
def test_what_was_heard_is_confirmed_or_put_right(town: Town, *, understood: bool) -> None:
    """Sealed, and for the two of them alone."""
    together(town, "lena", "noah")
    over(town)
    says(town, "lena", "met")
    does(town, "lena", "heard.new")
    heard = f"he fears the stage {secret(town, 'heard', 'lena', 'noah')}"
    sent(town, "lena", {"heard": heard})
    town.travel_to(datetime(2026, 11, 9, 9, 0, tzinfo=UTC))
    assert "Is that what you meant?" in shown(card(town, "noah", "heard.yes"))
    if understood:
        does(town, "noah", "heard.yes")
        assert "that is what they meant" in told(town, "lena")[-1]
        return
    does(town, "noah", "heard.correct")
    sent(town, "noah", {"correction": f"rather the questions {secret(town, 'correction', 'lena', 'noah')}"})
    town.deliver()
    assert "Noah meant: *“rather the questions" in told(town, "lena")[-1]


def test_of_three_one_says_whom_they_heard(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    suggests(town, "lena")
    for who in ("noah", "ida"):
        does(town, who, "meeting.accept")
    town.travel_to(EVENING)
    says(town, "lena", "met")
    does(town, "lena", "heard.new")
    assert "Whom did you hear?" in form(town, "lena")
    words = f"she is tired {secret(town, 'heard', 'lena', 'ida')}"
    sent(town, "lena", {"speaker": town.box.person("ida").id, "heard": words})
    town.travel_to(datetime(2026, 11, 9, 9, 0, tzinfo=UTC))
    assert "she is tired" in shown(card(town, "ida", "heard.yes"))


def test_a_third_postponement_asks_both_whether_the_rhythm_fits(town: Town) -> None:
    together(town, "lena", "noah")
    for number, day in enumerate(("2026-11-04", "2026-11-05", "2026-11-06")):
        agree(town, "lena", "noah", day=day, time="10:00")
        town.travel_to(datetime.fromisoformat(f"{day}T10:00:00+00:00"))
        assert "new time" in says(town, "lena", "moved")
        asked = [with_words(town, who, "Does the rhythm you have agreed on still fit") for who in ("lena", "noah")]
        assert [len(one) for one in asked] == [number // 2] * 2
    assert "agreement.show" in str(letters(town, "noah")[-1].blocks)


def test_a_month_without_a_meeting_is_told_to_the_pair_alone(town: Town) -> None:
    together(town, "lena", "noah")
    before = everything(town, OWNER)
    town.travel_to(datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    assert with_words(town, "lena", "have not met for a while") == []
    town.travel_to(datetime(2026, 12, 3, 9, 0, tzinfo=UTC))
    for who in ("lena", "noah"):
        [asked] = with_words(town, who, "have not met for a while")
        assert local(asked, BERLIN) == "Wed 2026-12-02 09:00"
    assert everything(town, OWNER) == before


def test_whoever_meets_is_asked_a_month_after_that(town: Town) -> None:
    together(town, "lena", "noah")
    over(town)
    town.travel_to(datetime(2026, 12, 5, 12, 0, tzinfo=UTC))
    assert with_words(town, "lena", "have not met for a while") == []
    town.travel_to(datetime(2026, 12, 9, 12, 0, tzinfo=UTC))
    assert len(with_words(town, "lena", "have not met for a while")) == 1


def test_german_people_are_reminded_and_asked_in_german(town: Town) -> None:
    together(town, "lena", "noah")
    live_here(town, "lise", locale="de-DE")
    town.says("lena", "/tandem language de")
    over(town)
    [soon] = with_words(town, "lena", "Um 14:00 Uhr triffst du Noah")
    assert "Wo stehst du" in shown(soon)
    assert "Hast du Noah am Freitag, 6. November getroffen?" in told(town, "lena")[-1]
    assert "Ist etwas zu tun" in says(town, "lena", "met")
