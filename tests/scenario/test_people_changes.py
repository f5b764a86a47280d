"""What Slack tells about people: gone, renamed, moved; and what that changes at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.town import ROOM, Town
from tests.scenario.habits import OWNER, answer, checkins, everything, live_here, programme, together, told
from tests.scenario.people import match, newest, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


def test_when_somebody_is_deactivated_the_pairing_ends_kindly_and_nothing_more_is_sent_to_them(town: Town) -> None:
    together(town, "lena", "noah")
    before = len(town.box.messages("lena"))
    town.box.change_person("lena", deleted=True)
    town.deliver()
    assert "Lena has left the programme" in told(town, "noah")[-1]
    assert "first in the next round" in told(town, "noah")[-1]

    town.travel_to(NEXT_MONDAY + timedelta(days=2))
    assert len(town.box.messages("lena")) == before
    assert checkins(town, "noah") == []


def test_what_was_on_its_way_to_somebody_deactivated_is_let_go(town: Town) -> None:
    """Even a note that was shared with them a moment before."""
    together(town, "lena", "noah")
    town.says("noah", "/tandem goal")
    town.submits("noah", {"title": "Speak up"})
    answer(town, "noah", "/tandem note a word for Lena")
    town.box.change_person("lena", deleted=True)
    town.travel(timedelta(days=1))
    assert "a word for Lena" not in everything(town, "lena")


def test_of_three_the_two_who_stay_go_on(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    town.box.change_person("lena", deleted=True)
    town.deliver()
    for who in ("noah", "ida"):
        assert "go on together" in told(town, who)[-1]


def test_a_deactivated_person_can_do_nothing_any_more(town: Town) -> None:
    together(town, "lena", "noah")
    town.box.change_person("lena", deleted=True)
    assert "for members of this workspace" in answer(town, "lena", "/tandem notes")


def test_who_is_deactivated_before_a_round_is_approved_is_not_introduced(town: Town) -> None:
    programme(town, "lena", "noah", "ida")
    town.says(OWNER, "/tandem-admin match", ROOM)
    seen = newest(town, OWNER)
    town.box.change_person("ida", deleted=True)
    town.clicks(OWNER, seen, "round.approve")
    assert "nothing went live" in shown(newest(town, OWNER))
    match(town, owner=OWNER)
    assert "Noah" in answer(town, "lena", "/tandem partner")


def test_the_same_event_delivered_again_is_told_once(town: Town) -> None:
    together(town, "lena", "noah")
    town.box.change_person("lena", deleted=True)
    [event] = [one for one in town.box.deliveries if one.payload.get("event", {}).get("type") == "user_change"]
    town.box.replay(event, times=3)
    town.deliver()
    assert sum("has left the programme" in text for text in told(town, "noah")) == 1


def test_a_new_name_is_used_from_then_on(town: Town) -> None:
    together(town, "lena", "noah")
    town.box.change_person("lena", name="Lena Maria Sommer")
    assert "Lena Maria Sommer" in answer(town, "noah", "/tandem partner")


def test_who_is_back_can_join_again(town: Town) -> None:
    together(town, "lena", "noah")
    town.box.change_person("lena", deleted=True)
    town.box.change_person("lena", deleted=False)
    said = town.says("lena", "/tandem notes")
    assert "join.start" in str(said.blocks)


def test_people_the_bot_does_not_know_are_not_written_down_when_they_change(town: Town) -> None:
    """A stranger's profile is none of its business."""
    programme(town)
    live_here(town, "lena")
    town.box.change_person("lena", title="Head of Fun")
    database = town.tandem.database
    with database.reading(database.workspace(town.box.team_id)) as tx:
        assert tx.people.by_slack_id(town.box.person("lena").id) is None


def test_guests_bots_and_people_of_other_companies_are_refused(town: Town) -> None:
    programme(town)
    live_here(town, "gast", guest=True)
    live_here(town, "extern", external=True)
    for who in ("gast", "extern"):
        assert "for members of this workspace" in answer(town, who, "/tandem join")
        assert town.box.modal(who) is None
