"""A match that people are asked about before it goes live: yes, no, and silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from demo.town import ROOM, Town
from sandbox import Message
from sandbox.channels import Kind
from tests.scenario.habits import NAMES, OWNER, answer, letters, live_here, programme, told
from tests.scenario.people import join, match, newest, shown

THURSDAY = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)
FRIDAY = THURSDAY + timedelta(days=1)


def asked(town: Town, *people: str, **fields: str) -> None:
    """Have people joined, and asked about the matches of one round."""
    programme(town, *people, ask_first="yes", **fields)
    match(town, owner=OWNER)


def question(town: Town, who: str) -> Message:
    """Return the message in which somebody is asked about a match."""
    return next(one for one in letters(town, who) if "offer.accept" in str(one.blocks))


def says(town: Town, who: str, choice: str) -> str:
    town.clicks(who, question(town, who), f"offer.{choice}")
    town.deliver()
    return told(town, who)[-1]


def introductions(town: Town, who: str) -> list[Message]:
    return [one for one in town.box.messages(who) if one.channel.kind is Kind.MPIM]


def test_each_is_asked_alone_with_name_and_reasons_and_nobody_is_introduced(town: Town) -> None:
    programme(town, ask_first="yes")
    live_here(town, "lena", "noah")
    join(town, "lena", offers="writing", wants="public speaking")
    join(town, "noah", offers="public speaking", wants="writing")
    match(town, owner=OWNER)

    text = shown(question(town, "lena"))
    assert "I have a match for you in *Growing together*: Noah Berg" in text
    assert "Lena Falk wants public speaking, Noah Berg offers it" in text
    assert "Thursday, 5 November" in text
    assert "Lena" in shown(question(town, "noah"))
    assert introductions(town, "lena") == []
    assert "Your answer is waiting" in answer(town, "lena", "/tandem partner")
    assert "Your answer is waiting" in shown(town.opens_home("lena"))
    assert "asked first" in "\n".join(shown(one) for one in town.box.channel_messages(ROOM))


def test_when_both_say_yes_they_are_introduced_once(town: Town) -> None:
    asked(town, "lena", "noah")
    assert "As soon as everybody has answered" in says(town, "lena", "accept")
    assert "You said yes to a match" in answer(town, "lena", "/tandem partner")
    assert introductions(town, "lena") == []
    says(town, "noah", "accept")

    [hello] = introductions(town, "lena")
    assert all(NAMES[who] in hello.text for who in ("lena", "noah"))
    assert all("It is a match" in told(town, who)[-1] for who in ("lena", "noah"))
    town.travel_to(FRIDAY)
    assert len(introductions(town, "lena")) == 1
    assert "offer.accept" not in str([one.blocks for one in letters(town, "lena")])


def test_three_working_days_of_silence_are_a_yes(town: Town) -> None:
    """Until then nothing happens; nobody has to click."""
    asked(town, "lena", "noah")
    says(town, "lena", "accept")
    town.travel_to(THURSDAY - timedelta(hours=1))
    assert introductions(town, "noah") == []
    town.travel_to(THURSDAY + timedelta(minutes=5))
    assert len(introductions(town, "noah")) == 1


def test_silence_over_a_weekend_lasts_until_work_begins_again(town: Town) -> None:
    """Asked on Thursday, introduced on Monday morning, not on Sunday."""
    town.travel_to(THURSDAY)
    asked(town, "lena", "noah")
    town.travel_to(THURSDAY + timedelta(days=3, hours=3))
    assert introductions(town, "noah") == []
    town.travel_to(THURSDAY + timedelta(days=4, minutes=5))
    assert len(introductions(town, "noah")) == 1


def test_one_no_ends_the_match_for_all_and_the_others_do_not_learn_whose(town: Town) -> None:
    """All three of a trio read the same, and wait with priority."""
    asked(town, "lena", "noah", "ida")
    says(town, "noah", "accept")
    says(town, "lena", "decline")

    endings = {who: told(town, who)[-1] for who in ("noah", "ida")}
    assert endings["noah"] == endings["ida"]
    assert "did not come about" in endings["noah"]
    assert "come first" in endings["noah"]
    for who in ("noah", "ida"):
        assert "Lena" not in "\n".join(told(town, who)[1:])
        assert "offer.accept" not in str([one.blocks for one in letters(town, who)])
    town.travel_to(FRIDAY)
    assert all(introductions(town, who) == [] for who in ("lena", "noah", "ida"))


def test_people_of_a_match_that_came_to_nothing_come_first_and_not_together(town: Town) -> None:
    """The next round finds each of them somebody else, though the two had more to give each other."""
    programme(town, ask_first="yes")
    live_here(town, "lena", "noah", "ida", "omar")
    join(town, "lena", offers="writing", wants="speaking")
    join(town, "noah", offers="speaking", wants="writing")
    match(town, owner=OWNER)
    says(town, "lena", "decline")
    for who in ("ida", "omar"):
        join(town, who)
    town.says(OWNER, "/tandem-admin match", ROOM)
    preview = shown(newest(town, OWNER))
    assert "2 matches for 4 people" in preview
    assert "Lena Falk + Noah Berg" not in preview
    assert "Noah Berg + Lena Falk" not in preview


@pytest.mark.parametrize("how", ["leave", "pause"])
def test_leaving_or_a_break_meanwhile_is_a_no(town: Town, how: str) -> None:
    """The other reads that it did not come about, not why."""
    asked(town, "lena", "noah")
    if how == "leave":
        said = town.says("lena", "/tandem leave")
        assert said.message is not None
        town.clicks("lena", said.message, "leave.confirm")
    else:
        answer(town, "lena", "/tandem pause 2 weeks")
    town.deliver()

    assert "did not come about" in told(town, "noah")[-1]
    assert "Lena" not in told(town, "noah")[-1]
    town.travel_to(FRIDAY)
    assert introductions(town, "noah") == []


def test_who_is_asked_about_one_match_is_in_no_other_meanwhile(town: Town) -> None:
    asked(town, "lena", "noah")
    live_here(town, "ida", "omar")
    join(town, "ida")
    join(town, "omar")
    town.says(OWNER, "/tandem-admin match", ROOM)
    preview = shown(newest(town, OWNER))
    assert "1 match for 2 people" in preview
    assert "Lena" not in preview


def test_a_decided_match_takes_no_more_answers(town: Town) -> None:
    """Clicked before the news of the end came: one sentence, and nothing changes."""
    asked(town, "lena", "noah")
    town.clicks("lena", question(town, "lena"), "offer.decline")
    town.clicks("noah", question(town, "noah"), "offer.accept")
    assert "it has ended" in shown(newest(town, "noah"))
    town.deliver()
    assert introductions(town, "noah") == []


def test_saying_yes_twice_is_saying_it_once(town: Town) -> None:
    asked(town, "lena", "noah")
    says(town, "lena", "accept")
    [click] = [one for one in town.box.deliveries if "offer.accept" in str(one.payload.get("actions"))]
    town.box.replay(click, times=3)
    town.deliver()
    assert introductions(town, "lena") == []


def test_german_people_are_asked_in_german(town: Town) -> None:
    programme(town, ask_first="yes")
    live_here(town, "lena", "noah", locale="de-DE")
    join(town, "lena")
    join(town, "noah")
    match(town, owner=OWNER)
    assert "Ich habe einen Vorschlag für dich" in shown(question(town, "lena"))
    assert "kommst du zuerst dran" in says(town, "lena", "decline")
    assert "nicht zustande gekommen" in told(town, "noah")[-1]


def test_without_the_setting_nobody_is_asked(town: Town) -> None:
    """It is off unless an owner switches it on."""
    programme(town, "lena", "noah")
    match(town, owner=OWNER)
    assert len(introductions(town, "lena")) == 1
    assert "offer.accept" not in str([one.blocks for one in letters(town, "lena")])
