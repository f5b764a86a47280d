"""Skills: suggested while one types, added where they are missing, one list for the whole company."""

from __future__ import annotations

import sqlalchemy as sa

from bot.db.tables import metadata
from demo.town import ROOM, Town
from sandbox import Message
from tests.scenario.habits import NAMES, OWNER, answer, form, live_here, programme, sent, typed
from tests.scenario.people import join, newest, shown
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


def merges(town: Town, one: str, into: str) -> str:
    """Have the owner merge two skills; return everything they read on the way."""
    listed = town.says(OWNER, "/tandem-admin skills", ROOM)
    assert listed.message is not None
    [button] = [row["accessory"] for row in listed.blocks if f"*{one}*" in str(row.get("text"))]
    town.clicks(OWNER, listed.message, "skills.merge", button["value"])
    asked = form(town, OWNER)
    town.submits(OWNER, {"into": into})
    sure = form(town, OWNER)
    town.submits(OWNER, {})
    done = form(town, OWNER)
    town.box.close_modal(OWNER)
    return f"{asked}\n{sure}\n{done}"


def test_owners_see_what_is_offered_and_wanted_in_counts(town: Town) -> None:
    """Most named first, paged, and nobody's name. Who has left does not count."""
    programme(town)
    live_here(town, "lena", "noah", "ida")
    join(town, "lena", offers="writing, tables", wants="baking")
    join(town, "noah", offers="writing", wants="tables")
    join(town, "ida", offers="writing", wants="tables")
    town.clicks("ida", newest_of(town, "ida", "/tandem leave"), "leave.confirm")

    text = answer(town, OWNER, "/tandem-admin skills", ROOM)

    assert "*tables* · offered by 1 · wanted by 1" in text
    assert "*writing* · offered by 2 · wanted by 0" in text
    assert "*baking* · offered by 0 · wanted by 1" in text
    assert text.index("*tables*") < text.index("*baking*")
    assert not any(name.split()[0] in text for name in NAMES.values())


def newest_of(town: Town, who: str, line: str) -> Message:
    said = town.says(who, line)
    assert said.message is not None
    return said.message


def test_a_long_list_is_paged(town: Town) -> None:
    programme(town)
    live_here(town, "lena", "noah")
    join(town, "lena", offers="a1, a2, a3, a4, a5, a6, a7, a8", wants="b1, b2, b3, b4, b5, b6, b7, b8")
    join(town, "noah", offers="a1", wants="b1")
    town.says(OWNER, "/tandem-admin skills", ROOM)
    first = newest(town, OWNER)
    assert "Page 1 of 2" in shown(first)
    assert "*b8*" not in shown(first)
    town.clicks(OWNER, first, "skills.page.next")
    assert "*b8*" in shown(newest(town, OWNER))


def test_merging_two_names_for_one_thing_changes_every_profile(town: Town) -> None:
    """Who named both keeps one, who types the old name later gets the new one, and the matching sees one skill."""
    programme(town)
    live_here(town, "lena", "noah", "ida")
    join(town, "lena", offers="presenting, public speaking", wants="writing")
    join(town, "noah", offers="writing", wants="presenting")
    before = audited(town)

    text = merges(town, "presenting", "public speaking")

    assert "2 profile entries follow" in text
    assert audited(town) == before + 1
    town.says("lena", "/tandem profile")
    assert typed(town, "lena", "offers") == "public speaking"
    town.says("noah", "/tandem profile")
    assert typed(town, "noah", "wants") == "public speaking"
    assert offered(town, "noah", "presenting", "wants") == ["public speaking"]
    town.box.close_modal("noah")
    join(town, "ida", offers="Presenting, tea", wants="tea")
    town.says("ida", "/tandem profile")
    assert typed(town, "ida", "offers") == "public speaking, tea"
    town.says(OWNER, "/tandem-admin match", ROOM)
    assert "Noah Berg wants public speaking, Lena Falk offers it" in shown(newest(town, OWNER))


def test_a_skill_that_was_merged_meanwhile_cannot_be_merged_again(town: Town) -> None:
    """Two owners tidy at once: the second is told."""
    programme(town)
    live_here(town, "lena")
    join(town, "lena", offers="tables, charts", wants="graphs")
    town.says(OWNER, "/tandem-admin skills", ROOM)
    listed = newest(town, OWNER)
    [button] = [row["accessory"] for row in listed.blocks if "*charts*" in str(row.get("text"))]
    merges(town, "charts", "graphs")
    town.clicks(OWNER, listed, "skills.merge", button["value"])
    assert "not on the list any more" in shown(newest(town, OWNER))


def audited(town: Town) -> int:
    table = metadata.tables["audit"]
    with town.tandem.database.engine.connect() as connection:
        query = sa.select(sa.func.count()).where(table.c.action == "merge_skills")
        return connection.scalar(query) or 0
