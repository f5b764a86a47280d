from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wording import LINE, TEXT, TextMissing, TextTooLong, clean, kept, kept_line, optional
from tests.unit.hostile import HOSTILE

anything = st.text(st.characters(), max_size=300)  # surrogates and unassigned characters included


@given(text=anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """And what is clean can be stored: valid UTF-8, normalised, nothing invisible that lies."""
    once = clean(text)

    assert clean(once) == once
    assert once.encode().decode() == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    for character in once:
        assert character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}


def test_nothing_is_lost_of_what_people_write() -> None:
    """Umlauts, emoji families, accents, other scripts, tabs and paragraphs stay."""
    text = "Größe 👩\u200d👩\u200d👧\n\n\tنص עברית 漢字 é — “quoted” ½"

    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a  ", "a"),
        ("a\0b", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("e\u0301", "é"),
        ("\u202egnorw", "gnorw"),
        ("a\u200eb\ufeff", "ab"),
        ("\ud800a", "a"),
        ("\x1b[31mred", "[31mred"),
        ("\u2066hidden\u2069", "hidden"),
    ],
)
def test_what_lies_or_cannot_be_stored_is_dropped(text: str, expected: str) -> None:
    """Controls, bidi overrides, lone surrogates; line ends of other systems become one kind."""
    assert clean(text) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\0\0", "\u202e\u2066", "\ud800"])
def test_a_text_with_nothing_in_it_is_missing(text: str) -> None:
    """Also when it only looks as if there were something."""
    with pytest.raises(TextMissing):
        kept(text)
    assert optional(text) is None


@pytest.mark.parametrize(("length", "fits"), [(1, True), (TEXT, True), (TEXT + 1, False), (4 * TEXT + 1, False)])
def test_the_limit_is_exact_and_told_with_the_length(length: int, *, fits: bool) -> None:
    """So that one knows how much to shorten."""
    if fits:
        assert kept("x" * length) == "x" * length
        return
    with pytest.raises(TextTooLong) as told:
        kept("x" * length)
    assert told.value.values == {"limit": TEXT, "length": length}


def test_white_space_around_a_text_does_not_count() -> None:
    """A pasted text that fits is not refused for its margins."""
    assert kept(" " * 500 + "x" * TEXT + "\n" * 500) == "x" * TEXT


def test_a_line_is_one_line() -> None:
    """Breaks and runs of white space become single spaces."""
    assert kept_line(" a \n\n b\tc ") == "a b c"
    with pytest.raises(TextTooLong):
        kept_line("x" * (LINE + 1))


@given(text=anything, limit=st.integers(1, 60))
def test_what_is_kept_is_within_the_limit(text: str, limit: int) -> None:
    """Whatever comes in."""
    for keep in (kept, kept_line):
        try:
            result = keep(text, limit)
        except (TextMissing, TextTooLong):
            continue
        assert 1 <= len(result) <= limit


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_kept_clean_or_refused(text: str) -> None:
    """S24: no parser dies of a text."""
    for keep in (kept, kept_line, optional):
        try:
            result = keep(text)
        except (TextMissing, TextTooLong):
            continue
        assert result is None or (len(result) <= TEXT and "\0" not in result)
