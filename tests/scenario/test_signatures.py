"""An agreement nobody has signed after a week: a kind reminder, once; and an older one that still counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.town import Town
from sandbox import Message
from tests.scenario.habits import OWNER, answer, everything, form, letters, live_here, programme, sent, together, told
from tests.scenario.people import join, match, newest, shown

A_WEEK_ON = datetime(2026, 11, 11, 13, 5, tzinfo=UTC)  # Monday has its check-in, Tuesday its reminder


def reminders(town: Town, who: str) -> list[Message]:
    """Return the messages that remind somebody of their agreement."""
    words = ("talked about what you expect", "It waits for you")
    return [one for one in letters(town, who) if any(text in shown(one) for text in words)]


def writes(town: Town, who: str, **fields: str) -> None:
    town.says(who, "/tandem agreement")
    town.clicks(who, newest(town, who), "agreement.edit")
    sent(town, who, {"hopes": "learn to say no", **fields})
    town.deliver()


def signs(town: Town, who: str) -> None:
    asked = next(one for one in reversed(town.box.messages(who)) if "agreement.sign" in str(one.blocks))
    town.clicks(who, asked, "agreement.sign")
    town.deliver()


def test_both_are_reminded_after_a_week_and_can_begin_at_once(town: Town) -> None:
    """Once, and never again."""
    together(town, "lena", "noah")
    town.travel_to(A_WEEK_ON - timedelta(hours=1))
    assert reminders(town, "lena") == []
    town.travel_to(A_WEEK_ON)

    for who, partner in (("lena", "Noah"), ("noah", "Lena")):
        [reminder] = reminders(town, who)
        assert f"Have you and {partner} talked about what you expect of each other?" in shown(reminder)
    town.clicks("lena", reminders(town, "lena")[0], "agreement.edit")
    assert "What does each of us hope for?" in form(town, "lena")
    town.travel(timedelta(weeks=2))
    assert [len(reminders(town, who)) for who in ("lena", "noah")] == [1, 1]


def test_only_who_has_not_signed_is_reminded(town: Town) -> None:
    """One tap shows what waits; not a word of it stands in the reminder itself."""
    together(town, "lena", "noah")
    writes(town, "lena", meetings="by the river")
    town.travel_to(A_WEEK_ON)
    assert reminders(town, "lena") == []
    [reminder] = reminders(town, "noah")
    assert "Lena wrote down what you expect of each other. It waits for you." in shown(reminder)
    assert "river" not in shown(reminder)
    town.clicks("noah", reminder, "agreement.show")
    assert "by the river" in shown(newest(town, "noah"))


def test_nobody_is_reminded_of_what_counts_already(town: Town) -> None:
    together(town, "lena", "noah")
    writes(town, "lena")
    signs(town, "noah")
    writes(town, "noah", meetings="by the river")
    town.travel_to(A_WEEK_ON)
    assert [reminders(town, who) for who in ("lena", "noah")] == [[], []]


def test_who_is_on_a_break_is_reminded_after_it(town: Town) -> None:
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem pause until 2026-11-12")
    town.travel_to(A_WEEK_ON + timedelta(days=1))
    assert reminders(town, "lena") == [], "on the first day back she is asked how it fits"
    town.travel_to(A_WEEK_ON + timedelta(days=2))
    assert len(reminders(town, "lena")) == 1


def test_owners_hear_nothing_of_it(town: Town) -> None:
    together(town, "lena", "noah")
    before = everything(town, OWNER)
    town.travel_to(A_WEEK_ON + timedelta(weeks=2))
    assert everything(town, OWNER) == before


def test_the_version_that_counts_can_be_read_until_the_next_is_signed(town: Town) -> None:
    """Also when a third has been suggested meanwhile."""
    together(town, "lena", "noah")
    writes(town, "lena", meetings="by the river")
    signs(town, "noah")
    for place in ("in the park", "at the station"):
        writes(town, "noah", meetings=place)

    for who in ("lena", "noah"):
        said = answer(town, who, "/tandem agreement")
        assert "at the station" in said
        assert "Until then version 1 counts." in said
        town.clicks(who, newest(town, who), "agreement.older")
        assert "by the river" in shown(newest(town, who))
        assert "It counts." in shown(newest(town, who))
    signs(town, "lena")
    assert "Until then" not in answer(town, "noah", "/tandem agreement")


def test_a_reminder_of_an_ended_pairing_says_so(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(A_WEEK_ON)
    [reminder] = reminders(town, "noah")
    said = town.says("lena", "/tandem partner").message
    assert said is not None
    town.clicks("lena", said, "partner.unfit")
    town.clicks("noah", reminder, "agreement.edit")
    assert "no partner yet" in shown(newest(town, "noah"))


def test_german_people_read_it_in_german(town: Town) -> None:
    programme(town)
    live_here(town, "lena", "noah", locale="de-DE")
    for who in ("lena", "noah"):
        join(town, who)
    match(town, owner=OWNER)
    town.travel_to(A_WEEK_ON)
    assert any("was ihr voneinander erwartet?" in text for text in told(town, "lena"))
    writes(town, "lena")
    signs(town, "noah")
    writes(town, "noah", meetings="am Fluss")
    assert "Bis dahin gilt Fassung 1." in answer(town, "lena", "/tandem agreement")
