"""How I work, and who with: said at leisure, used by the matching, shown to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.config import Settings
from demo.town import ROOM, Town
from sandbox import Message
from tests.scenario.habits import OWNER, answer, checkins, everything, form, live_here, programme, sent, told, typed
from tests.scenario.people import join, match, newest, shown

MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


@pytest.fixture
def company(town: Town) -> Iterator[Town]:
    """A town whose configuration names sites, levels and fields of the Slack profile."""
    with configured(
        town,
        sites={"places": ["Berlin: DE-BE", "Lisbon: PT", "Lyon"]},
        profile_fields={"department": "Xf1", "manager": "Xf2", "level": "Xf3", "levels": ["Junior", "Senior"]},
    ):
        yield town


@contextmanager
def configured(town: Town, **sections: Any) -> Iterator[None]:
    """Start the bot again with more settings."""
    town.stop_bot()
    town.settings = Settings(**town.settings.model_dump() | sections)
    town.start_bot()
    yield


def opens(town: Town, who: str, what: str) -> str:
    """Let somebody open a part of their profile from the home tab; return what they read."""
    town.opens_home(who)
    town.clicks_home(who, f"{what}.edit")
    return form(town, who)


def preview(town: Town) -> Message:
    town.says(OWNER, "/tandem-admin match", ROOM)
    return newest(town, OWNER)


def test_how_one_works_is_kept_as_chosen(company: Town) -> None:
    """And stands in the form the next time."""
    town = company
    programme(town, "lena")
    opens(town, "lena", "working")
    said = {"plan": "2", "gentle": "5", "site": "Lyon", "department": "Sales", "level": "2", "third": "yes"}
    sent(town, "lena", {**said, "capacity": "3"})

    opens(town, "lena", "working")

    assert {name: typed(town, "lena", name) for name in said} == said
    assert typed(town, "lena", "capacity") == "3"
    assert not typed(town, "lena", "talk")


def test_the_profile_leads_to_the_rest_of_it(town: Town) -> None:
    """The windows lie on top of each other; closing one shows the profile again."""
    programme(town, "lena")
    town.says("lena", "/tandem profile")
    town.box.click_view("lena", "working.edit")
    assert town.tandem.follow_ups.wait()
    assert "My department" in form(town, "lena")
    town.box.close_modal("lena")
    town.box.click_view("lena", "wishes.edit")
    assert town.tandem.follow_ups.wait()
    assert "For you alone" in form(town, "lena")


def test_what_slack_says_is_filled_in_and_a_correction_stays(company: Town) -> None:
    town = company
    programme(town, "lena", "noah")
    boss = town.box.person("noah").id
    town.box.change_person("lena", fields={"Xf1": "Care", "Xf2": boss, "Xf3": "senior", "Xf9": "her shoe size"})

    text = opens(town, "lena", "working")
    assert typed(town, "lena", "department") == "Care"
    assert typed(town, "lena", "level") == "2"
    assert typed(town, "lena", "manager") == boss
    assert "shoe" not in text
    sent(town, "lena", {"department": "", "level": "1", "manager": None})

    opens(town, "lena", "working")
    assert not typed(town, "lena", "department")
    assert typed(town, "lena", "level") == "1"
    assert not typed(town, "lena", "manager")


def test_slack_is_asked_for_whoever_never_opens_the_form(company: Town) -> None:
    """Once, and never over what somebody said; a silent Slack is left alone for a while."""
    town = company
    programme(town, "lena", "noah", "ida")
    boss = town.box.person("noah").id
    for who in ("lena", "ida"):
        town.box.change_person(who, fields={"Xf1": "Care", "Xf2": boss, "Xf3": "senior"})
    opens(town, "ida", "working")
    sent(town, "ida", {"department": "Sales", "manager": None})
    profiles = town.tandem.sender.profiles

    town.box.faults.add(method="users.profile.get", kind="500_before")
    assert profiles.fill_profiles() == 0
    town.travel(timedelta(minutes=16))
    assert [profiles.fill_profiles() for _ in range(2)] == [2, 0]

    for who, department, manager in (("lena", "Care", boss), ("ida", "Sales", None)):
        opens(town, who, "working")
        assert (typed(town, who, "department"), typed(town, who, "manager") or None) == (department, manager)
        town.box.close_modal(who)


def test_a_slack_profile_that_says_nonsense_fills_in_nothing(company: Town) -> None:
    """The form opens all the same."""
    town = company
    programme(town, "lena")
    town.box.change_person("lena", fields={"Xf1": "x" * 300, "Xf2": "the boss", "Xf3": "wizard"})
    opens(town, "lena", "working")
    assert len(typed(town, "lena", "department")) == 60
    assert not typed(town, "lena", "manager")
    assert not typed(town, "lena", "level")


def test_a_site_brings_its_public_holidays(company: Town) -> None:
    """The eighth of March 2027 is a holiday in Berlin alone."""
    town = company
    town.travel_to(datetime(2027, 2, 8, 10, 0, tzinfo=UTC))
    programme(town)
    live_here(town, "lena", "noah")
    for who, site in (("lena", "Berlin"), ("noah", "Lyon")):
        join(town, who)
        town.box.close_modal(who)
        opens(town, who, "working")
        sent(town, who, {"site": site})
    match(town, owner=OWNER)
    town.travel_to(datetime(2027, 3, 8, 20, 0, tzinfo=UTC))
    today = (town.now - timedelta(hours=24)).timestamp()
    assert not [one for one in checkins(town, "lena") if float(one.ts) > today]
    assert [one for one in checkins(town, "noah") if float(one.ts) > today]


def test_nobody_is_matched_with_their_own_manager(town: Town) -> None:
    programme(town, "lena", "noah")
    opens(town, "lena", "working")
    sent(town, "lena", {"manager": town.box.person("noah").id})
    assert "no allowed match" in shown(preview(town))


@pytest.mark.parametrize("kind", ["avoided", "competing"])
def test_whom_one_avoids_or_competes_with_is_no_partner(town: Town, kind: str) -> None:
    """Also seen from the other side; the owner and the other one learn no more than that nothing fits."""
    programme(town, "lena", "noah")
    opens(town, "lena", "wishes")
    sent(town, "lena", {kind: [town.box.person("noah").id]})

    assert "no allowed match" in shown(preview(town))

    live_here(town, "ida", "omar")
    join(town, "ida")
    join(town, "omar")
    match(town, owner=OWNER)
    assert "Noah" not in answer(town, "lena", "/tandem partner")
    private = ("avoid", "compete", "rather not")
    assert not any(word in everything(town, OWNER) + "".join(told(town, "noah")) for word in private)


def test_a_wish_decides_between_equals_and_is_never_a_reason(town: Town) -> None:
    """Of three who fit alike Lena gets whom she wished for, and nobody reads why."""
    programme(town, "noah", "ida", "omar", "lena")
    opens(town, "lena", "wishes")
    sent(town, "lena", {"wished": [town.box.person("omar").id]})
    seen = shown(preview(town))
    assert "wish" not in seen.lower().replace("no offer meets a wish here", "")
    town.clicks(OWNER, newest(town, OWNER), "round.approve")
    town.deliver()
    assert "Omar" in answer(town, "lena", "/tandem partner")
    assert "wished" not in "".join(told(town, "omar"))


def test_whoever_says_so_is_third(town: Town) -> None:
    """Of five, Pia is in the three, however often the owner shuffles."""
    programme(town, "noah", "ida", "omar", "lena", "pia")
    opens(town, "pia", "working")
    sent(town, "pia", {"third": "yes"})
    for _ in range(5):
        [hers] = [line for line in shown(preview(town)).splitlines() if "Pia Wolf" in line]
        assert hers.count(" + ") == 2


def test_wishes_are_read_by_their_author_alone(town: Town) -> None:
    """They stand in the form again, in the order of choosing; oneself is nobody."""
    programme(town, "lena", "noah", "ida")
    me, noah, ida = (town.box.person(one).id for one in ("lena", "noah", "ida"))
    opens(town, "lena", "wishes")
    sent(town, "lena", {"avoided": [ida], "wished": [noah, me]})
    opens(town, "lena", "wishes")
    view = town.box.modal("lena")
    assert view is not None
    assert view.state["wished"]["wished"]["selected_users"] == [noah]
    assert view.state["avoided"]["avoided"]["selected_users"] == [ida]
    assert "For you alone" in form(town, "lena")
    opens(town, "noah", "wishes")
    assert ida not in str(view_of(town, "noah"))


def view_of(town: Town, who: str) -> Any:
    view = town.box.modal(who)
    return view.state if view else None


def test_who_is_wished_for_and_avoided_is_asked_about(town: Town) -> None:
    programme(town, "lena", "noah")
    noah = town.box.person("noah").id
    opens(town, "lena", "wishes")
    assert list(town.submits("lena", {"avoided": [noah], "wished": [noah]}).errors) == ["wished"]
    sent(town, "lena", {"wished": []})


def test_in_german_it_is_all_german(town: Town) -> None:
    programme(town)
    live_here(town, "lena", locale="de-DE")
    join(town, "lena")
    assert "So arbeite ich" in form(town, "lena")
    town.box.close_modal("lena")
    assert "Meine Führungskraft" in opens(town, "lena", "working")
    town.box.close_modal("lena")
    assert "Nur für dich" in opens(town, "lena", "wishes")
