"""The last check-in of a time together: it asks how it went, and for no promise that nobody would ask about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from demo.town import Town
from sandbox import Message
from tests.scenario.habits import answer, checkins, everything, form, letters, sent, together, told, typed
from tests.scenario.people import join, match, move_in, newest, set_up, shown

FIRST = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
THE_LAST = FIRST + timedelta(weeks=1)
CLOSE = "looking back on your time together comes next"


def at_the_end(town: Town, promise: str = "two pages") -> Message:
    """Have Lena and Noah two weeks together, and Lena asked for the last time; return the message that asks."""
    together(town, "lena", "noah", weeks="2")
    town.travel_to(FIRST)
    if promise:
        town.says("lena", "/tandem checkin")
        sent(town, "lena", {"promise": promise})
    town.travel_to(THE_LAST)
    return checkins(town, "lena")[-1]


def now(town: Town, message: Message) -> str:
    return shown(next(one for one in letters(town, "lena") if one.ts == message.ts))


def test_the_last_one_says_what_comes_next_and_asks_for_nothing_beyond(town: Town) -> None:
    asked = shown(at_the_end(town))
    assert "Last time you promised Noah: *“two pages”*" in asked
    assert asked.count(CLOSE) == 1
    assert "What will you promise" not in asked


@pytest.mark.parametrize(
    ("tap", "read"),
    [
        ("checkin.kept", "Lena kept the promise: *two pages*"),
        ("checkin.partly", "Lena got part of the way: *two pages*"),
        ("checkin.not_yet", "Lena is not there yet: *two pages*"),
    ],
)
def test_one_tap_is_the_whole_answer(town: Town, tap: str, read: str) -> None:
    """The message turns into the answer, the partner reads what became of the promise and of no other."""
    asked = at_the_end(town)

    town.clicks("lena", asked, tap)
    town.deliver()

    assert "Answered, thank you." in now(town, asked) and "Looking back" in now(town, asked)
    [summary] = [text for text in told(town, "noah") if read in text]
    assert "promises: *" not in summary


def test_the_form_of_the_last_one_asks_how_it_went_and_nothing_more(town: Town) -> None:
    """A line and an outcome are enough; the thanks speak of no promise, and nobody is asked what to do with the old."""
    asked = at_the_end(town)
    town.clicks("lena", asked, "checkin.open")
    shows = form(town, "lena")
    assert CLOSE in shows
    assert "What do you promise" not in shows and "what would you like to do with it" not in shows

    result = town.submits("lena", {"outcome": "not_yet", "progress": "the talk was moved"})

    assert result.ok and not result.errors
    thanks = form(town, "lena")
    assert "Not yet is an answer too." in thanks and "this week?" not in thanks
    assert "until your time together ends" in thanks
    town.deliver()
    assert "Lena writes: the talk was moved" in everything(town, "noah")


def test_the_last_one_can_be_changed_and_taken_back(town: Town) -> None:
    """Changed it is told anew; taken back it asks again, still for nothing beyond."""
    asked = at_the_end(town)
    town.clicks("lena", asked, "checkin.kept")
    town.says("lena", "/tandem checkin")
    assert "You are changing your last answer" not in form(town, "lena")
    sent(town, "lena", {"outcome": "partly", "progress": "one page"})
    town.deliver()
    assert "part of the way" in everything(town, "noah") and "kept the promise" not in everything(town, "noah")

    town.clicks("lena", asked, "checkin.undo")
    town.deliver()

    assert CLOSE in now(town, asked)
    assert "part of the way" not in everything(town, "noah")


def test_who_promised_nothing_before_the_last_one_says_in_a_line_how_it_went(town: Town) -> None:
    asked = at_the_end(town, promise="")
    assert "How did the week go?" in shown(asked)
    town.clicks("lena", asked, "checkin.open")

    sent(town, "lena", {"progress": "we talked for an hour"})
    town.deliver()

    assert "Lena writes: we talked for an hour" in everything(town, "noah")
    assert "Looking back on your time together comes next." in now(town, asked)


def test_the_last_one_put_aside_promises_no_other(town: Town) -> None:
    asked = at_the_end(town, promise="")

    town.clicks("lena", asked, "checkin.aside")
    town.deliver()

    assert "ask you again" not in now(town, asked)
    assert "leaves this week out. Looking back" in everything(town, "noah")


def test_what_shows_promises_does_without_one_after_the_last_check_in(town: Town) -> None:
    """Home, the ledger, the weeks and the reminder's day: nothing is missing, and nothing is announced."""
    asked = at_the_end(town)
    town.clicks("lena", asked, "checkin.partly")
    town.deliver()

    assert "two pages" in answer(town, "lena", "/tandem promises")
    assert "two pages" in answer(town, "noah", "/tandem promises")
    home = town.opens_home("noah")
    assert home is not None and "two pages" not in shown(home)
    asked_so_far = len(checkins(town, "lena"))
    town.travel(timedelta(days=1))
    assert len(checkins(town, "lena")) == asked_so_far


def test_the_last_one_is_reminded_of_without_asking_for_a_promise(town: Town) -> None:
    """On the last day of a longer time the reminder finds the pairing over; a week that ends later gets it."""
    town.clock.move_to(datetime(2026, 11, 4, 8, 0, tzinfo=UTC))
    together(town, "lena", "noah", weeks="1")
    town.travel_to(FIRST + timedelta(days=1))
    reminder = shown(checkins(town, "lena")[-1])
    assert "One line about how it went is enough" in reminder
    assert "to promise" not in reminder


def test_in_german_the_last_one_sounds_like_this(town: Town) -> None:
    move_in(town, "olga", "mira", "jonas")
    set_up(town, weeks="1")
    for who in ("mira", "jonas"):
        join(town, who)
    match(town)
    town.travel_to(FIRST)

    asked = shown(checkins(town, "mira")[-1])

    assert "Das ist dein letzter Wochen-Check-in mit Jonas" in asked
    assert "als Nächstes schaut ihr auf eure gemeinsame Zeit zurück" in asked
    assert "Was sagst du" not in asked


def looks_back(town: Town, who: str) -> None:
    """Have somebody wish to go on together."""
    asked = next(one for one in reversed(letters(town, who)) if "closing.open" in str(one.blocks))
    town.clicks(who, asked, "closing.open")
    sent(town, who, {"next": "renew"})
    town.deliver()


def test_after_they_renewed_change_opens_the_check_in_it_stands_under(town: Town) -> None:
    """It still asks for no promise, and tells the partner anew; one that was answered before it says where to go."""
    last = at_the_end(town)
    first = next(one for one in letters(town, "lena") if "“two pages”" in shown(one) and "checkin.open" in str(one))
    town.clicks("lena", last, "checkin.kept")
    for who in ("lena", "noah"):
        looks_back(town, who)
    assert "Looking back" not in shown(newest(town, "lena"))

    town.clicks("lena", last, "checkin.open")
    assert "You promised: “two pages”" in form(town, "lena") and "What do you promise" not in form(town, "lena")
    assert typed(town, "lena", "outcome") == "kept"
    town.travel(timedelta(minutes=1))
    sent(town, "lena", {"progress": "in print"})
    town.deliver()

    assert "Lena writes: in print" in everything(town, "noah")
    assert "Looking back" not in now(town, last)
    town.clicks("lena", first, "checkin.open")
    assert "A newer check-in has taken this one's place" in shown(newest(town, "lena"))


def test_what_was_answered_before_they_renewed_is_not_open_in_the_new_term(town: Town) -> None:
    """From the next check-in on, Change points to that one, which asks for a promise again."""
    last = at_the_end(town)
    town.clicks("lena", last, "checkin.kept")
    for who in ("lena", "noah"):
        looks_back(town, who)
    town.travel_to(THE_LAST + timedelta(weeks=1))
    assert "What will you promise Noah" in shown(checkins(town, "lena")[-1])

    town.clicks("lena", last, "checkin.open")

    assert town.box.modal("lena") is None
    refused = newest(town, "lena")
    assert "Answer that one instead" in shown(refused)
    town.clicks("lena", refused, "checkin.open")
    assert "What do you promise to do by Monday, 30 November" in form(town, "lena")
