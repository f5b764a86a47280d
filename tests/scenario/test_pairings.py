"""Two or three people who work together: who they are to each other, and how it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.town import Town
from tests.scenario.habits import answer, checkins, letters, programme, sent, together, told
from tests.scenario.people import join, match, newest, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


def test_one_can_always_look_up_who_the_partner_is_and_what_they_offer(town: Town) -> None:
    """What a partner hopes for is not shown."""
    programme(town)
    town.box.add_person("lena", name="Lena Falk", locale="en-GB")
    town.box.add_person("noah", name="Noah Berg", locale="en-GB")
    join(town, "lena", offers="fencing", wants="chess", hope="a secret of mine")
    join(town, "noah", offers="chess", wants="fencing")
    match(town, owner="otto")

    said = answer(town, "noah", "/tandem partner")
    assert "Lena Falk" in said
    assert "fencing" in said
    assert "25 January" in said
    assert "secret" not in said


def test_all_three_of_a_trio_read_the_two_others(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    said = answer(town, "lena", "/tandem partner")
    assert "Noah Berg" in said
    assert "Ida Holm" in said
    assert "Lena" not in said


def test_after_one_of_three_left_the_others_are_not_sent_to_where_all_three_read(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    assert "group message" in answer(town, "lena", "/tandem partner")
    answer(town, "ida", "/tandem leave")
    town.clicks("ida", newest(town, "ida"), "leave.confirm")
    said = answer(town, "lena", "/tandem partner")
    assert "Noah Berg" in said
    assert "group message" not in said


def test_a_promise_of_one_of_three_is_told_to_both_others(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "write two pages"})
    town.deliver()
    for who in ("noah", "ida"):
        assert "write two pages" in told(town, who)[-1]
    assert sum("write two pages" in text for text in told(town, "lena")) == 1


def test_a_pairing_ends_on_its_last_day_with_a_kind_word_and_no_more_check_ins(town: Town) -> None:
    """Both are on the list again, and told so once."""
    together(town, "lena", "noah", weeks="2")
    town.travel_to(NEXT_MONDAY + timedelta(days=10))

    for who, partner in (("lena", "Noah"), ("noah", "Lena")):
        ends = [text for text in told(town, who) if "planned end" in text]
        assert len(ends) == 1
        assert partner in ends[0]
        assert len([one for one in letters(town, who) if "weekly minute" in one.text]) == 2
    town.travel(timedelta(weeks=3))
    assert len([one for one in letters(town, "lena") if "weekly minute" in one.text]) == 2
    assert "no partner yet" in answer(town, "lena", "/tandem partner")


def test_after_the_end_an_open_check_in_can_no_longer_be_answered(town: Town) -> None:
    """A partner of the past reads nothing new."""
    together(town, "lena", "noah", weeks="1")
    town.travel_to(NEXT_MONDAY)
    asked = checkins(town, "lena")[-1]
    town.travel(timedelta(days=3))
    before = len(told(town, "noah"))
    town.clicks("lena", asked, "checkin.open")
    assert "has ended" in shown(town.box.messages("lena")[-1])
    assert town.box.modal("lena") is None
    town.deliver()
    assert len(told(town, "noah")) == before
