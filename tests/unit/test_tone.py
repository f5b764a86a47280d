"""What a machine can hear of the tone that docs/texts.md asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parents[2] / "bot" / "locales"
SCREENS = Path(__file__).parents[2] / "bot" / "slack" / "screens"
EMOJI = re.compile(r":[a-z_]+:|[\U0001F300-\U0001FAFF]")
GUILT = {
    "en": re.compile(
        r"\b(you (failed|forgot|missed|neglected)|should have|overdue|at last|finally|why didn't)\b", re.IGNORECASE
    ),
    "de": re.compile(
        r"\b(du hast (vergessen|versäumt)|hättest du .*(sollen|müssen)|überfällig|endlich|leider|du musst)\b",
        re.IGNORECASE,
    ),
}
JARGON = {
    "en": re.compile(r"\b(KPI|stakeholder|leverage|synerg|onboarding|submit|invalid|commitment)\w*", re.IGNORECASE),
    "de": re.compile(
        r"\b(KPI|Stakeholder|Onboarding|ungültig|Commitment|Accountability|Benachrichtigung)\w*", re.IGNORECASE
    ),
}

SEVERAL = {"names", "partners", "missing", "signed"}  # what holds a list of people, of one or more
_SEVERAL = r"\{(?:" + "|".join(sorted(SEVERAL)) + r")\}"
_OF_ONE = (
    "antwortet|bekommt|darf|erfährt|fragt|geht|hat|hört|ist|kann|kommt|liest|macht|mag|möchte|muss|nimmt|sagt|schlägt|"
    "schreibt|sieht|soll|teilt|war|weiß|will|wird|wurde"
)
_NO_SUBJECT = "".join(rf"(?<!\b{word} )" for word in ("an", "bei", "für", "mit", "von", "zu", "um"))
SAID_OF_ONE = re.compile(rf"{_NO_SUBJECT}{_SEVERAL} (?:{_OF_ONE})\b|\b(?:{_OF_ONE}) {_SEVERAL}")


def texts(language: str) -> Iterator[str]:
    with (LOCALES / language / "LC_MESSAGES" / "tandem.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                yield from (message.string,) if isinstance(message.string, str) else message.string or ()


@pytest.mark.parametrize("language", ["en", "de"])
def test_nobody_is_shouted_at(language: str) -> None:
    """At most one exclamation mark and one emoji in a text, and no word in capitals."""
    loud = [text for text in texts(language) if text.count("!") > 1 or len(EMOJI.findall(text)) > 1]
    assert loud == []
    shouted = [text for text in texts(language) if re.search(r"\b(?!GROW|CSV|HTTP|UTC|QR|PDF)[A-ZÄÖÜ]{4,}\b", text)]
    assert shouted == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_nobody_is_blamed(language: str) -> None:
    assert [text for text in texts(language) if GUILT[language].search(text)] == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_nobody_needs_a_glossary(language: str) -> None:
    assert [text for text in texts(language) if JARGON[language].search(text)] == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_sentences_can_be_said_in_one_breath(language: str) -> None:
    """None is longer than 45 words."""
    sentences = (one for text in texts(language) for one in re.split(r"(?<=[.!?:])\s|\n", text))
    assert [one for one in sentences if len(one.split()) > 45] == []


def test_german_quotes_are_german() -> None:
    """Opened below, closed above."""
    assert [text for text in texts("de") if "”" in text or text.count("„") != text.count("“")] == []


@pytest.mark.parametrize(("language", "text"), [("en", "You forgot your promise"), ("de", "Das ist leider überfällig")])
def test_blame_would_be_heard(language: str, text: str) -> None:
    assert GUILT[language].search(text)


def test_what_is_said_of_several_is_not_said_of_one() -> None:
    """In German the verb gives a single person away: “Jonas und Olga weiß” is nobody's language."""
    assert [text for text in texts("de") if SAID_OF_ONE.search(text)] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Eine Zeile genügt, und {names} weiß, wo du stehst.", True),
        ("Deine Zusage gilt, und genau das liest {partners}.", True),
        ("Die Hälfte deiner Zeit mit {names} ist vorbei.", False),
        ("Ich sage {names}, dass du sie auslässt.", False),
    ],
)
def test_a_verb_for_one_would_be_heard(text: str, *, wrong: bool) -> None:
    assert bool(SAID_OF_ONE.search(text)) is wrong


def test_people_are_listed_only_where_the_verb_is_heard() -> None:
    """A field that a screen fills with a list of people is one of those looked at above."""
    screens = "\n".join(path.read_text(encoding="utf-8") for path in SCREENS.rglob("*.py"))
    filled = set(re.findall(r"(\w+)=by_first_name\(", screens))
    assert filled
    assert filled <= SEVERAL
