from __future__ import annotations

import pytest

from bot.domain.notes import (
    MAX_LENGTH,
    NoteEmpty,
    NoteTooLong,
    NothingToFind,
    has,
    kept_search,
    kept_text,
    looked_for,
)
from bot.domain.refusals import Refused
from tests.unit.hostile import HOSTILE


def test_a_note_is_kept_trimmed_with_its_paragraphs() -> None:
    assert kept_text("  first\r\n\r\nsecond\0 ") == "first\n\nsecond"


@pytest.mark.parametrize("text", ["", " \n\t", "\0", "\u202e"])
def test_an_empty_note_is_not_kept(text: str) -> None:
    with pytest.raises(NoteEmpty):
        kept_text(text)


def test_a_note_over_the_limit_is_told_both_numbers() -> None:
    """The sentence says how long it may be and how long it is."""
    assert kept_text("x" * MAX_LENGTH) == "x" * MAX_LENGTH
    with pytest.raises(NoteTooLong) as told:
        kept_text("x" * (MAX_LENGTH + 1))
    assert told.value.values == {"limit": MAX_LENGTH, "length": MAX_LENGTH + 1}
    assert told.value.field == "text"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_notes_are_kept_clean_or_refused(text: str) -> None:
    """S24."""
    try:
        kept = kept_text(text)
    except Refused:
        return
    assert len(kept) <= MAX_LENGTH
    assert "\0" not in kept


def test_a_search_finds_every_word_in_any_order_and_case() -> None:
    assert has("Die Gliederung STEHT endlich", "steht gliederung")
    assert not has("Die Gliederung steht", "gliederung fehlt")
    assert has("STRASSE", "straße")


def test_an_empty_search_is_refused_and_a_long_one_cut() -> None:
    with pytest.raises(NothingToFind):
        kept_search(" \u200b\n")
    assert kept_search("wort " * 1_000) == ("wort " * 20).strip()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("search outline", "outline"),
        ("Suche die Gliederung", "die Gliederung"),
        ("suchen  zwei Seiten", "zwei Seiten"),
        ("outline search", "outline search"),
        ("searching", "searching"),
        ("search", ""),
        (" suche ", ""),
    ],
)
def test_the_word_search_in_front_is_no_part_of_what_is_looked_for(said: str, wanted: str) -> None:
    assert looked_for(said) == wanted
