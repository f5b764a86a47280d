"""The home tab: this week, partner, promises, goals, notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.town import Town
from tests.scenario.habits import OWNER, answer, form, live_here, programme, sent, together
from tests.scenario.people import shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


def home(town: Town, who: str) -> str:
    view = town.opens_home(who)
    assert view is not None
    return shown(view)


def test_who_has_not_joined_is_welcomed_and_can_join_from_there(town: Town) -> None:
    programme(town)
    live_here(town, "lena")
    assert "Growing together" in home(town, "lena")
    town.clicks_home("lena", "join.start")
    assert "What is stored" in form(town, "lena")


def test_where_there_is_no_programme_the_welcome_has_no_button(town: Town) -> None:
    live_here(town, "lena")
    view = town.opens_home("lena")
    assert "join.start" not in str(view)


def test_who_waits_reads_that_they_are_on_the_list(town: Town) -> None:
    programme(town, "lena")
    seen = home(town, "lena")
    assert "next round" in seen
    assert "No goal yet" in seen


def test_the_week_the_partner_the_promises_the_goals_and_the_notes_are_all_there(town: Town) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Speak up", "steps": "one\ntwo"})
    answer(town, "lena", "/tandem note the outline stands")
    town.travel_to(NEXT_MONDAY)
    assert "checkin.open" in str(town.opens_home("lena"))

    for who in ("lena", "noah"):
        town.says(who, "/tandem checkin")
        sent(town, who, {"promise": f"promise of {who}"})
    seen = home(town, "lena")
    assert "16 November" in seen
    assert f"<@{town.box.person('noah').id}>" in seen
    assert "promise of lena" in seen
    assert "promise of noah" in seen
    assert "0 of 2 steps" in seen
    assert "the outline stands" in seen
    assert "2 November: 1 note" in seen
    assert "a quiet week" not in seen, "before the first note there was nothing to be quiet about"


def test_the_check_in_is_answered_from_home_and_the_tab_follows(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.opens_home("lena")
    town.clicks_home("lena", "checkin.open")
    sent(town, "lena", {"promise": "two pages"})
    now = town.box.home("lena")
    assert now is not None
    assert "two pages" in shown(now)
    assert "checkin.open" not in str(now)


def test_what_is_done_elsewhere_shows_on_a_tab_that_is_open(town: Town) -> None:
    """For ten minutes after it was opened; later it is drawn when it is opened again."""
    programme(town, "lena")
    home(town, "lena")
    answer(town, "lena", "/tandem note fresh")
    assert "fresh" in shown(town.box.home("lena"))
    town.travel(timedelta(minutes=11))
    answer(town, "lena", "/tandem note later")
    assert "later" not in shown(town.box.home("lena"))
    assert "later" in home(town, "lena")


def published(town: Town, who: str) -> int:
    user = town.box.person(who).id
    return len([call for call in town.box.calls if call.method == "views.publish" and user in str(call.args)])


def test_what_a_partner_does_shows_on_a_tab_that_is_open(town: Town) -> None:
    """Noah's promise reaches Lena's tab while she looks at it, and not once she has long gone."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    home(town, "lena")
    town.says("noah", "/tandem checkin")
    sent(town, "noah", {"promise": "call the customer"})
    assert town.tandem.follow_ups.wait()
    assert "call the customer" in shown(town.box.home("lena"))

    town.travel(timedelta(minutes=11))
    town.says("noah", "/tandem checkin")
    sent(town, "noah", {"promise": "visit the customer"})
    assert town.tandem.follow_ups.wait()
    assert "visit the customer" not in shown(town.box.home("lena"))


def test_a_tab_is_published_again_only_when_it_changed(town: Town) -> None:
    programme(town, "lena")
    home(town, "lena")
    before = published(town, "lena")
    answer(town, "lena", "/tandem help")
    assert published(town, "lena") == before
    answer(town, "lena", "/tandem note fresh")
    assert published(town, "lena") == before + 1


def test_whoever_runs_a_programme_has_a_card_for_it_and_nobody_else(town: Town) -> None:
    programme(town, "lena")
    assert "You help to run" in home(town, OWNER)
    assert "You help to run" not in home(town, "lena")


def test_a_break_shows_with_the_way_back(town: Town) -> None:
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem pause 2 weeks")
    assert "break until" in home(town, "lena")
    town.clicks_home("lena", "pause.end")
    assert "break until" not in shown(town.box.home("lena"))


def test_buttons_of_the_home_tab_open_their_forms_and_answers(town: Town) -> None:
    together(town, "lena", "noah")
    for button in ("note.new", "goal.new", "profile.edit", "pause.new", "privacy.show", "help.show", "partner.show"):
        home(town, "lena")
        town.clicks_home("lena", button)
        assert form(town, "lena"), button
        town.box.close_modal("lena")


def test_a_partner_who_is_on_a_break_is_shown_so(town: Town) -> None:
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem pause until 20 November")
    assert "20 November" in answer(town, "noah", "/tandem partner")


def test_after_leaving_the_tab_welcomes_again(town: Town) -> None:
    together(town, "lena", "noah")
    asked = town.says("lena", "/tandem leave")
    assert asked.message is not None
    town.clicks("lena", asked.message, "leave.confirm")
    assert "join.start" in str(town.opens_home("lena"))


def test_opening_another_tab_of_the_app_draws_nothing(town: Town) -> None:
    programme(town, "lena")
    before = len([call for call in town.box.calls if call.method == "views.publish"])
    town.box.open_home("lena", tab="messages")
    assert town.tandem.follow_ups.wait()
    assert len([call for call in town.box.calls if call.method == "views.publish"]) == before
