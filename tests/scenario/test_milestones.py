"""Half-time, the end of a time together, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from demo.town import Town
from sandbox import Message
from tests.scenario.canaries import secret
from tests.scenario.habits import answer, form, letters, local, sent, together, told, typed
from tests.scenario.people import newest, paired, shown

# Both are due on a Monday, which belongs to the check-in, as Tuesday does to its reminder.
HALF = datetime(2026, 12, 16, 13, 30, tzinfo=UTC)
LAST_WEEK = datetime(2027, 1, 20, 13, 30, tzinfo=UTC)
THE_END = datetime(2027, 1, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    """A town in which nothing ends because nobody was heard of: that is told elsewhere."""
    return make_town(rules={"silence_days": []})


def with_button(town: Town, who: str, action: str) -> list[Message]:
    return [one for one in letters(town, who) if action in str(one.blocks)]


def opens(town: Town, who: str, action: str) -> None:
    """Have somebody press the newest button of a kind among the letters they got."""
    assert town.clicks(who, with_button(town, who, action)[-1], action).ok


def looks_back(town: Town, who: str, **fields: object) -> str:
    """Have somebody fill in the form at the end; return what they read then."""
    opens(town, who, "closing.open")
    return sends(town, who, **fields)


def sends(town: Town, who: str, **fields: object) -> str:
    """Have somebody send the open form at the end; return what they read then."""
    result = town.submits(who, fields)
    assert result.ok and not result.errors, result
    said = form(town, who)
    town.box.close_modal(who)
    town.deliver()
    return said


def thanks_for(town: Town, who: str) -> str:
    return f"thanks:{town.box.person(who).id}"


def test_halfway_each_is_asked_once_at_their_own_hour(town: Town) -> None:
    """Nobody before the day, nobody twice, and one tap is an answer."""
    together(town, "lena", "noah")
    town.travel_to(HALF - timedelta(days=1))
    assert with_button(town, "lena", "self_check.open") == []

    town.travel_to(HALF + timedelta(days=2))
    for who in ("lena", "noah"):
        [asked] = with_button(town, who, "self_check.open")
        assert local(asked, "Europe/Berlin") == "Wed 2026-12-16 14:00"
        assert "no agreement yet" in shown(asked)


def test_halfway_one_tap_says_that_the_agreement_still_fits(town: Town) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem agreement")
    town.clicks("lena", newest(town, "lena"), "agreement.edit")
    sent(town, "lena", {"hopes": "learn to say no"})
    town.travel_to(HALF)

    opens(town, "noah", "half_time.right")

    assert "goes on as you agreed" in shown(newest(town, "noah"))


def test_after_the_end_nobody_speaks_of_a_second_half(town: Town) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem agreement")
    town.clicks("lena", newest(town, "lena"), "agreement.edit")
    sent(town, "lena", {"hopes": "learn to say no"})
    town.travel_to(HALF)
    [asked] = with_button(town, "noah", "half_time.right")
    town.travel_to(LAST_WEEK + timedelta(weeks=2))
    town.clicks("noah", asked, "half_time.right")
    assert "goes on as you agreed" not in shown(newest(town, "noah"))
    assert "it has ended" in shown(newest(town, "noah"))


def test_a_short_time_together_has_no_half_time(town: Town) -> None:
    together(town, "lena", "noah", weeks="3")
    town.travel_to(datetime(2026, 11, 16, 9, 0, tzinfo=UTC))
    assert with_button(town, "lena", "self_check.open") == list(with_button(town, "lena", "closing.open")), (
        "the eight skills are asked about at the end alone"
    )


def test_the_eight_skills_are_ones_own_and_grow(town: Town) -> None:
    """At half-time and again at the end, side by side, and nobody else hears a word."""
    together(town, "lena", "noah")
    town.travel_to(HALF)
    before = len(town.box.messages("noah"))
    opens(town, "lena", "self_check.open")
    town.submits("lena", {"empathy": "2", "support": "3"})
    assert "▰▰▱▱▱ a little" in form(town, "lena")
    town.box.close_modal("lena")
    town.deliver()
    assert len(town.box.messages("noah")) == before

    town.travel_to(LAST_WEEK)
    opens(town, "lena", "self_check.open")
    assert typed(town, "lena", "support") is None, "the end is looked at afresh"
    town.submits("lena", {"empathy": "4"})
    assert "▰▰▱▱▱ a little → ▰▰▰▰▱ largely" in form(town, "lena")


def test_nothing_chosen_is_said_at_the_form(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(HALF)
    opens(town, "lena", "self_check.open")
    assert "at least one" in str(town.submits("lena", {}).errors)


def test_a_thank_you_arrives_once_and_can_be_read_again(town: Town) -> None:
    """What was learned stays private unless it is shared; both come to the partner alone."""
    together(town, "lena", "noah")
    town.travel_to(LAST_WEEK)
    mine = secret(town, "learned", "lena")
    given = secret(town, "thanks", "lena", "noah")

    said = looks_back(town, "lena", learned=f"to ask {mine}", **{thanks_for(town, "noah"): f"patience {given}"})

    assert "on its way to Noah" in said
    assert "on the list for the next round" in said
    [arrived] = [one for one in told(town, "noah") if given in one]
    assert "A thank-you from Lena" in arrived
    town.travel_to(THE_END + timedelta(days=120))
    assert given in answer(town, "noah", "/tandem thanks")
    assert "No thank-yous yet" in answer(town, "lena", "/tandem danke")


def test_what_was_learned_is_shared_changed_and_taken_back(town: Town) -> None:
    """The form opens with what stands, and the partner reads what is true now."""
    together(town, "lena", "noah")
    town.travel_to(LAST_WEEK)
    looks_back(town, "lena", learned="to ask first", visibility="shared")
    assert any("to ask first" in one for one in told(town, "noah"))

    opens(town, "lena", "closing.open")
    assert typed(town, "lena", "learned") == "to ask first"
    sent(town, "lena", {"learned": "to listen first"})
    town.deliver()
    assert [one for one in told(town, "noah") if "to listen first" in one]
    assert not [one for one in told(town, "noah") if "to ask first" in one]

    looks_back(town, "lena", visibility="private")
    assert not [one for one in told(town, "noah") if "to listen first" in one]


def test_a_thank_you_is_changed_and_taken_back_where_it_stands(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(LAST_WEEK)
    field = thanks_for(town, "noah")
    looks_back(town, "lena", **{field: "your patience"})
    looks_back(town, "lena", **{field: "your jokes"})
    assert next(one for one in told(town, "noah") if "thank-you from" in one).count("your jokes") == 1

    looks_back(town, "lena", **{field: ""})
    assert not [one for one in told(town, "noah") if "thank-you from" in one]
    assert "No thank-yous yet" in answer(town, "noah", "/tandem thanks")


def test_goals_come_along_or_are_let_go(town: Town) -> None:
    together(town, "lena", "noah")
    for title in ("speak up", "paint a wall"):
        town.says("lena", "/tandem goal")
        sent(town, "lena", {"title": title, "visibility": "shared"})
    town.travel_to(LAST_WEEK)
    opens(town, "lena", "closing.open")
    first = typed(town, "lena", "goals").split(", ")[0]
    sent(town, "lena", {"goals": [first]})

    kept = answer(town, "lena", "/tandem goals")
    assert "speak up" in kept
    assert "paint a wall" not in kept
    town.travel_to(THE_END)
    assert "speak up" in answer(town, "lena", "/tandem goals")
    assert "Noah" not in answer(town, "lena", "/tandem goals"), "nobody reads it until it is shared anew"


def test_if_both_want_to_they_go_on_together(town: Town) -> None:
    """Same partner, same conversation, a new last day, and the agreement is asked about again."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem agreement")
    town.clicks("lena", newest(town, "lena"), "agreement.edit")
    sent(town, "lena", {"hopes": "learn to say no"})
    town.travel_to(LAST_WEEK)
    assert "nobody learns who wished for what" in looks_back(town, "lena", next="renew")
    assert not any("Everybody wants to go on" in one for one in told(town, "noah"))

    assert "19 April 2027" in looks_back(town, "noah", next="renew")

    for who in ("lena", "noah"):
        [went_on] = [one for one in told(town, who) if "Everybody wants to go on" in one]
        assert "19 April 2027" in went_on
    opens(town, "noah", "agreement.edit")
    assert typed(town, "noah", "until") == "2027-04-19"
    assert typed(town, "noah", "hopes") == "learn to say no"
    town.box.close_modal("noah")
    town.travel_to(THE_END)
    assert not any("planned end" in one for one in told(town, "lena"))
    assert "19 April" in answer(town, "lena", "/tandem partner")


def test_what_was_written_at_the_end_can_be_changed_after_they_renewed(town: Town) -> None:
    """The button opens the page it stands under, in its window and in the letter; the new term's stays empty."""
    together(town, "lena", "noah")
    town.travel_to(LAST_WEEK)
    asked = with_button(town, "lena", "closing.open")[-1]
    looks_back(town, "noah", next="renew")
    opens(town, "lena", "closing.open")
    assert town.submits("lena", {"next": "renew", "learned": "to say no"}).ok

    assert town.box.click_view("lena", "closing.open").ok
    assert town.tandem.follow_ups.wait()
    assert typed(town, "lena", "learned") == "to say no"
    assert "What comes next for you?" not in form(town, "lena")
    assert "19 April 2027" in sends(town, "lena", learned="to say no, kindly")
    town.clicks("lena", asked, "closing.open")
    assert typed(town, "lena", "learned") == "to say no, kindly"
    town.box.close_modal("lena")

    assert "19 April" in answer(town, "lena", "/tandem partner")
    town.travel_to(datetime(2027, 4, 14, 12, 30, tzinfo=UTC))
    opens(town, "lena", "closing.open")
    assert typed(town, "lena", "learned") is None


def test_a_renewed_pairing_has_a_half_time_and_an_end_of_its_own(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(LAST_WEEK)
    for who in ("lena", "noah"):
        looks_back(town, who, next="renew", learned="a first time")
    town.travel_to(datetime(2027, 4, 14, 12, 30, tzinfo=UTC))
    assert len(with_button(town, "lena", "closing.open")) == 2
    halves = [one for one in with_button(town, "lena", "self_check.open") if "Half of your time" in shown(one)]
    assert len(halves) == 2

    opens(town, "lena", "closing.open")
    assert typed(town, "lena", "learned") is None, "a new term begins with an empty page"


def test_if_only_one_wants_to_nobody_is_told_who(town: Town) -> None:
    """Both read the same kind end; whoever wished to go on reads why it did not come about, without a name."""
    together(town, "lena", "noah")
    town.travel_to(LAST_WEEK)
    looks_back(town, "lena", next="renew")
    looks_back(town, "noah", next="new_partner")
    town.travel_to(THE_END)

    [lena] = [one for one in told(town, "lena") if "planned end" in one]
    [noah] = [one for one in told(town, "noah") if "planned end" in one]
    assert "did not come together" in lena
    assert "says nothing about you" in lena
    assert "did not come together" not in noah
    assert "on the list" in lena and "on the list" in noah


def test_of_three_all_have_to_want_it(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    town.travel_to(LAST_WEEK)
    for who in ("lena", "noah"):
        looks_back(town, who, next="renew")
    assert not any("Everybody wants to go on" in one for one in told(town, "lena"))
    looks_back(town, "ida", next="renew")
    assert all(any("Everybody wants to go on" in one for one in told(town, who)) for who in ("lena", "noah", "ida"))


def test_a_break_and_a_leave_begin_after_the_last_day(town: Town) -> None:
    """Until then everything runs, and a change of mind is one form away."""
    together(town, "lena", "noah")
    town.travel_to(LAST_WEEK)
    looks_back(town, "lena", next="pause", back_on="2027-03-01")
    looks_back(town, "noah", next="leave")
    assert "Noah Berg" in answer(town, "lena", "/tandem partner")
    town.travel_to(THE_END)

    assert any("Enjoy your break" in one for one in told(town, "lena"))
    assert any("left the programme, as you wished" in one for one in told(town, "noah"))
    assert "break until" in shown(town.opens_home("lena"))
    assert "not in the programme" in answer(town, "noah", "/tandem profile")


def test_a_break_without_a_day_is_asked_for_at_its_field(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(LAST_WEEK)
    opens(town, "lena", "closing.open")
    result = town.submits("lena", {"learned": "a lot", "next": "pause"})
    assert "back_on" in result.errors
    assert typed(town, "lena", "learned") == "a lot"


def test_late_answers_count_for_two_weeks_and_lose_no_text(town: Town) -> None:
    """A yes of both after the last day brings them together again; later the form stays, with every word in it."""
    together(town, "lena", "noah")
    town.travel_to(LAST_WEEK)
    looks_back(town, "lena", next="renew")
    town.travel_to(THE_END + timedelta(days=3))
    assert "19 April" not in answer(town, "noah", "/tandem thanks")

    assert "23 April 2027" in looks_back(town, "noah", next="renew")
    assert "Lena Falk" in answer(town, "noah", "/tandem partner")


def test_after_two_weeks_the_form_says_so_kindly(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(THE_END)
    opens(town, "lena", "closing.open")
    town.travel_to(THE_END + timedelta(days=15))
    result = town.submits("lena", {"learned": "too late, and still mine"})
    assert "more than 14 days ago" in str(result.errors)
    assert typed(town, "lena", "learned") == "too late, and still mine"


def test_a_check_in_sent_after_the_end_is_refused_with_its_text_kept(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(datetime(2027, 1, 25, 9, 0, tzinfo=UTC))
    town.says("lena", "/tandem checkin")
    town.travel_to(THE_END)
    result = town.submits("lena", {"progress": "one more page"})
    assert "has ended" in str(result.errors)
    assert typed(town, "lena", "progress") == "one more page"


def test_an_earlier_last_day_moves_the_question(town: Town) -> None:
    """An agreement that ends in December is spoken of in the week before its own end, and in January no more."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem agreement")
    town.clicks("lena", newest(town, "lena"), "agreement.edit")
    sent(town, "lena", {"hopes": "a quick one", "until": "2026-12-15"})
    town.deliver()
    opens(town, "noah", "agreement.sign")
    town.travel_to(datetime(2027, 1, 20, 9, 0, tzinfo=UTC))

    [asked] = [one for one in with_button(town, "noah", "closing.open") if "ends on" in shown(one)]
    assert local(asked, "Europe/Berlin") == "Wed 2026-12-09 14:00"


@pytest.mark.parametrize("who", ["lena", "noah"])
def test_the_certificate_comes_as_a_file_for_oneself(town: Town, who: str) -> None:
    """Not before the end; then by a button or a command, into one's own conversation."""
    together(town, "lena", "noah")
    assert "25 January" in answer(town, who, "/tandem certificate")
    town.travel_to(THE_END)
    before = len(town.box.messages("lena")) + len(town.box.messages("noah"))

    opens(town, who, "certificate.get")

    assert town.tandem.follow_ups.wait()
    assert "Here is your certificate" in newest(town, who).text
    assert len(town.box.messages("lena")) + len(town.box.messages("noah")) == before + 1
    town.says(who, "/tandem bescheinigung")
    assert town.tandem.follow_ups.wait()
    assert len(town.box.messages("lena")) + len(town.box.messages("noah")) == before + 2


def test_it_is_spoken_in_each_readers_language(town: Town) -> None:
    paired(town, "mira", "jonas")
    town.travel_to(HALF)
    assert any("Die Hälfte deiner Zeit" in one for one in told(town, "mira"))
    town.travel_to(LAST_WEEK)
    looks_back(town, "mira", next="renew", **{thanks_for(town, "jonas"): "deine Ruhe"})
    assert any("Ein Dankeschön von Mira" in one for one in told(town, "jonas"))
    looks_back(town, "jonas", next="renew")
    assert any("Alle möchten weitermachen" in one for one in told(town, "mira"))
