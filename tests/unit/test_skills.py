from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.profiles import MOST_SKILLS, SKILL, read_skills
from bot.domain.skills import LONGEST_TYPED, MOST_SHOWN, Suggestion, like, suggestions
from tests.unit.hostile import HOSTILE

KNOWN = ("public speaking", "spreadsheets", "negotiation", "leading a team", "Schreiben", "C++", "C#")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("spreadsheet", "spreadsheets"),
        ("Spread sheets", "spreadsheets"),
        ("spredsheets", "spreadsheets"),
        ("PUBLIC SPEAKING", "public speaking"),
        ("public speakng", "public speaking"),
        ("speaking in public", "public speaking"),
        ("negotiations", "negotiation"),
        ("team", "leading a team"),
        ("schreibn", "Schreiben"),
        ("neg", "negotiation"),
        ("c", "C#"),
    ],
)
def test_what_is_on_the_list_already_comes_first(typed: str, meant: str) -> None:
    """However it is cased, put in the plural, misspelled or only begun."""
    assert like(typed, KNOWN)[0] == meant


@pytest.mark.parametrize("typed", ["juggling", "accounting", "xyz"])
def test_what_is_like_nothing_on_the_list_is_offered_as_new_alone(typed: str) -> None:
    assert suggestions(typed, KNOWN) == (Suggestion(typed, new=True),)


def test_a_new_spelling_can_be_added_but_comes_last() -> None:
    """Plurals are sometimes meant."""
    assert suggestions("spreadsheet", KNOWN) == (Suggestion("spreadsheets"), Suggestion("spreadsheet", new=True))


@pytest.mark.parametrize("typed", ["spreadsheets", "SpreadSheets", "  spreadsheets "])
def test_what_is_on_the_list_is_not_offered_as_new(typed: str) -> None:
    assert suggestions(typed, KNOWN) == (Suggestion("spreadsheets"),)


def test_before_anything_is_typed_the_list_is_shown_in_its_order() -> None:
    assert suggestions("", KNOWN) == tuple(map(Suggestion, KNOWN))
    assert len(suggestions("", [f"skill {n}" for n in range(500)])) == MOST_SHOWN


def test_an_older_name_offers_what_stands_for_it_now() -> None:
    """Once, and not as new."""
    merged = {"presenting": "public speaking", "presentations": "public speaking"}
    assert suggestions("Presenting", KNOWN, merged) == (Suggestion("public speaking"),)
    assert suggestions("", KNOWN, merged) == tuple(map(Suggestion, KNOWN))


def test_several_skills_with_commas_are_offered_as_they_are() -> None:
    """As new, unless every one of them is known."""
    assert suggestions("tables, writing", KNOWN) == (Suggestion("tables, writing", new=True),)
    assert suggestions("spreadsheets ,negotiation", KNOWN) == (Suggestion("spreadsheets, negotiation"),)


@pytest.mark.parametrize("typed", [",", " ; ", "\0", "x" * (SKILL + 1), ",".join("abcdefghi")])
def test_what_is_no_skill_is_not_offered(typed: str) -> None:
    """Neither nothing, nor a sentence, nor more than fit."""
    assert suggestions(typed, KNOWN) == ()


@given(typed=st.text(max_size=400), known=st.lists(st.text(min_size=1, max_size=SKILL), max_size=50))
def test_whatever_is_typed_every_new_suggestion_can_be_kept(typed: str, known: list[str]) -> None:
    """One to eight skills of a proper length, few enough to show."""
    offered = suggestions(typed, known)
    assert len(offered) <= MOST_SHOWN + 1
    for one in (one for one in offered if one.new):
        assert 1 <= len(read_skills(one.name)) <= MOST_SKILLS
        assert len(one.name) <= LONGEST_TYPED


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_offers_nothing_that_lies(typed: str) -> None:
    """S24."""
    assert all("\0" not in one.name and "\u202e" not in one.name for one in suggestions(typed, KNOWN))
