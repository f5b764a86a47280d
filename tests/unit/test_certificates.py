"""Certificates: what they say, and a page that holds every name."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.certificates import Span, whole
from bot.domain.people import Language
from bot.locales import load_texts
from bot.slack.attachments import certificates
from bot.slack.attachments.bars import font
from bot.slack.attachments.certificates import LEAST, NAME, ROOM, certificate, drawable, fitted
from bot.usecases.certificates import Certificate

TERM = Span(date(2026, 11, 2), date(2027, 1, 25))
LONGEST = "Annegret-Charlotte von Hohenlohe-Waldenburg-Schillingsfürst zu Württembergische"


def of(name: str, programme: str = "Gemeinsam wachsen") -> Certificate:
    return Certificate(name, programme, TERM, 12, date(2027, 1, 26))


@pytest.mark.parametrize(("last", "weeks"), [(date(2026, 11, 2), 1), (date(2026, 11, 9), 1), (date(2027, 1, 25), 12)])
def test_weeks_are_counted_with_the_one_that_has_begun(last: date, weeks: int) -> None:
    assert Span(date(2026, 11, 2), last).weeks == weeks


def test_several_times_together_are_one_from_to_and_the_sum_of_their_weeks() -> None:
    """The weeks between two partners are not counted."""
    later = Span(date(2027, 3, 1), date(2027, 3, 29))
    assert whole([later, TERM]) == (Span(TERM.first, later.last), 16)


@pytest.mark.parametrize("language", list(Language))
def test_it_is_a_pdf_of_one_page_and_the_same_each_time(language: Language) -> None:
    words = load_texts().for_(language)
    made = certificate(of("Jürgen Größe"), words)
    assert made.content.startswith(b"%PDF-")
    assert made.content.count(b"/Type /Page\n") == 1
    assert made.content == certificate(of("Jürgen Größe"), words).content
    assert "Jürgen Größe" in str(made.words_for_it)
    assert "12" in str(made.words_for_it)


@pytest.mark.parametrize("text", [LONGEST, "W" * 80, "a " * 40, "x"])
def test_every_name_fits_between_the_margins(text: str) -> None:
    """Smaller first, then on several lines, and nothing of it is lost."""
    size, rows = fitted(text, NAME)
    assert LEAST <= size <= NAME
    assert all(font(size).getlength(row) <= ROOM for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("name", "drawn"),
    [("Mira Vogel", "Mira Vogel"), ("Łukasz Żółć", "Łukasz Żółć"), ("Mira 🦊 Vogel", "Mira Vogel"), ("Ольга", "Ольга")],
)
def test_what_the_type_has_no_picture_of_is_left_out(name: str, drawn: str) -> None:
    assert drawable(name) == drawn


@pytest.mark.parametrize("name", ["محمد علي", "田中", "Mira 田中", "🦊"])
def test_a_name_in_other_letters_gets_a_line_to_write_it_on(name: str) -> None:
    """Boxes instead of letters, or half a name, would be worse."""
    assert drawable(name) is None
    made = certificate(of(name), load_texts().for_(Language.EN))
    assert "a line to write it on" in made.comment


def test_a_programme_in_other_letters_leaves_its_place_empty() -> None:
    assert certificates.certificate(of("Mira", "田中"), load_texts().for_(Language.EN)).content.startswith(b"%PDF-")
