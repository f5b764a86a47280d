"""Skills: suggested while one types, added where they are missing, one list for the whole company."""

from __future__ import annotations

from demo.town import Town
from tests.scenario.habits import NAMES, live_here, programme, sent, typed
from tests.scenario.people import join
from tests.unit.hostile import HOSTILE

PROFILE = {"wants": "public speaking", "languages": ["en"]}


def offered(town: Town, who: str, text: str, field: str = "offers") -> list[str]:
    """Return what somebody is offered who types into their profile."""
    return [one["text"]["text"] for one in town.box.type_in_select(who, field, field, text)]


def opens_profile(town: Town, who: str) -> None:
    """Let a newcomer agree to the notice, up to the open profile."""
    live_here(town, who)
    town.says(who, "/tandem join")
    town.submits(who, {})


def test_what_one_person_adds_is_suggested_to_the_next(town: Town) -> None:
    """With the typed one to add last, unless it is on the list already; and without anybody's name."""
    programme(town)
    opens_profile(town, "lena")
    assert offered(town, "lena", "spreadsheets") == ["Add “spreadsheets”"]
    sent(town, "lena", {"offers": ["spreadsheets", "negotiation"], **PROFILE})

    opens_profile(town, "noah")
    assert offered(town, "noah", "Spreadsheet") == ["spreadsheets", "Add “Spreadsheet”"]
    assert offered(town, "noah", "SPREADSHEETS", "wants") == ["spreadsheets"]
    assert set(offered(town, "noah", "")) == {"spreadsheets", "negotiation", "public speaking"}
    assert not any(NAMES["lena"].split()[0] in one for one in offered(town, "noah", "Lena")[:-1])


def test_a_chosen_skill_stands_in_the_profile_the_next_time(town: Town) -> None:
    """In the order of choosing; several with commas become several."""
    programme(town)
    opens_profile(town, "lena")
    sent(town, "lena", {"offers": ["writing", "tables, charts"], **PROFILE})

    town.says("lena", "/tandem profile")
    assert typed(town, "lena", "offers") == "writing, tables, charts"
    sent(town, "lena", {"offers": ["charts"]})
    town.says("lena", "/tandem profile")
    assert typed(town, "lena", "offers") == "charts"
    assert typed(town, "lena", "wants") == "public speaking"


def test_two_spellings_are_one_skill(town: Town) -> None:
    """The list keeps the first one."""
    programme(town)
    live_here(town, "lena", "noah")
    join(town, "lena", offers="Public speaking", wants="baking")
    join(town, "noah", offers="PUBLIC speaking, tea", wants="baking")

    town.says("noah", "/tandem profile")
    assert typed(town, "noah", "offers") == "Public speaking, tea"
    assert offered(town, "noah", "public") == ["Public speaking", "Add “public”"]


def test_who_has_not_agreed_to_the_notice_is_suggested_nothing(town: Town) -> None:
    """Also not through a form of somebody else."""
    programme(town, "lena")
    live_here(town, "noah")
    town.says("lena", "/tandem profile")
    view = town.box.modal("lena")
    assert view is not None
    town.says("noah", "/tandem help")
    person = town.box.person("noah")
    asked = {"type": "block_suggestion", "action_id": "offers", "block_id": "offers", "value": "cook"}
    user = {"id": person.id, "team_id": person.team_id}
    answer = town.box.forge("noah", "interactive", {**asked, "user": user, "team": {"id": person.team_id}})
    assert answer.raw == {"options": []}
    assert offered(town, "lena", "cook") == ["cooking", "Add “cook”"]


def test_whatever_is_typed_the_select_answers(town: Town) -> None:
    """Slack takes every answer, and nothing is written."""
    programme(town)
    opens_profile(town, "lena")
    for text in HOSTILE.values():
        assert len(offered(town, "lena", text[:3_000].replace("\ud800", ""))) <= 100
    assert offered(town, "lena", "") == []


def test_in_german_the_words_around_it_are_german(town: Town) -> None:
    programme(town)
    live_here(town, "lena", locale="de-DE")
    town.says("lena", "/tandem mitmachen")
    town.submits("lena", {})
    assert offered(town, "lena", "Schreiben") == ["„Schreiben“ hinzufügen"]
