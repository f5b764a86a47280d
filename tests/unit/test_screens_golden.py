"""Every screen in both languages reads exactly as somebody approved it: one file per screen and language.

After a change of wording: ``UPDATE_GOLDEN=1 pytest tests/unit/test_screens_golden.py``, then read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.locales import Language, Texts, load_texts
from bot.slack.samples import samples
from bot.slack.samples.content import longest, ordinary
from bot.slack.samples.sample import Sample
from tests.unit.screens_found import all_screens
from tests.unit.screens_reading import reading

GOLDEN = Path(__file__).parents[1] / "golden"
UPDATING = bool(os.environ.get("UPDATE_GOLDEN"))


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


def sheet(name: str, language: Language, texts: Texts) -> str:
    """Return all ordinary samples of one screen as one text."""
    words = texts.for_(language)
    mine = [one for one in samples(ordinary(language), words) if one.name == name]
    return "\n".join(f"{_title(one)}\n\n{reading(one.drawn(words)).rstrip()}\n" for one in mine)


def _title(sample: Sample) -> str:
    return f"###### {sample.name}: {sample.case}" if sample.case else f"###### {sample.name}"


def golden_file(name: str, language: Language) -> Path:
    return GOLDEN / language.value / f"{name}.txt"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", sorted(all_screens()))
def test_a_screen_reads_as_it_was_approved(name: str, language: Language, texts: Texts) -> None:
    """The wording, the order of blocks and every button are those of the golden file."""
    drawn, file = sheet(name, language, texts), golden_file(name, language)
    if UPDATING:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(drawn, encoding="utf-8")
    assert file.is_file(), f"{file.name} is missing: run with UPDATE_GOLDEN=1 and read it"
    assert drawn == file.read_text(encoding="utf-8")


def test_no_golden_file_outlives_its_screen() -> None:
    """A file whose screen is gone would be read by reviewers as if it were still shown."""
    wanted = {golden_file(name, language) for name in all_screens() for language in Language}
    stale = sorted(set(GOLDEN.rglob("*.txt")) - wanted)
    if UPDATING:
        for file in stale:
            file.unlink()
    assert [str(file.relative_to(GOLDEN)) for file in GOLDEN.rglob("*.txt") if file not in wanted] == []


@pytest.mark.parametrize("language", list(Language))
def test_every_screen_has_a_sample(language: Language, texts: Texts) -> None:
    """A new function that returns something to look at fails here until somebody writes down what it looks like."""
    words = texts.for_(language)
    for content in (ordinary(language), longest(language)):
        assert {one.name for one in samples(content, words)} == set(all_screens())


def test_the_search_for_screens_finds_them_all() -> None:
    """Were the screens to move, the other tests here would pass for nothing."""
    assert len(all_screens()) >= 55
