from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import WorkingHours
from bot.domain.profiles import (
    MOST_SKILLS,
    SKILL,
    SPOKEN,
    HoursUpsideDown,
    LanguageMissing,
    NoSkills,
    Profile,
    SkillTooLong,
    TooManySkills,
    kept_profile,
    read_minute,
    read_skills,
    skill_key,
)
from bot.domain.refusals import Refused
from bot.domain.wording import TEXT, TextTooLong
from tests.unit.hostile import HOSTILE


def profile(**changes: Any) -> Profile:
    facts: dict[str, Any] = {
        "offers": ("a",),
        "wants": ("b",),
        "hope": None,
        "languages": ("en",),
        "hours": WorkingHours(),
        **changes,
    }
    return Profile(**facts)


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("writing", ("writing",)),
        ("writing, speaking", ("writing", "speaking")),
        ("writing; speaking\nlistening", ("writing", "speaking", "listening")),
        (" , writing,,;\n", ("writing",)),
        ("Public  speaking", ("Public speaking",)),
        ("Writing, writing, WRITING", ("Writing",)),
        ("Straße, STRASSE", ("Straße",)),
        ("b, a, b", ("b", "a")),
        ("C++, C#", ("C++", "C#")),
        ("wri\0ting", ("writing",)),
        (", ".join(f"skill {n}" for n in range(MOST_SKILLS)), tuple(f"skill {n}" for n in range(MOST_SKILLS))),
        ("x" * SKILL, ("x" * SKILL,)),
    ],
)
def test_skills_are_read_as_people_list_them(text: str, skills: tuple[str, ...]) -> None:
    """Commas, semicolons or lines; the first spelling stays, in the order named."""
    assert read_skills(text) == skills


@pytest.mark.parametrize("text", ["", " ", ",,;\n", "\0", "\u202e, \ufeff"])
def test_no_skill_at_all_is_asked_for_again(text: str) -> None:
    with pytest.raises(NoSkills):
        read_skills(text)


def test_too_many_skills_are_counted_in_the_refusal() -> None:
    """So that one knows how many to leave out; repeats do not count."""
    with pytest.raises(TooManySkills) as told:
        read_skills(",".join(f"s{n},S{n}" for n in range(MOST_SKILLS + 3)))

    assert told.value.values == {"limit": MOST_SKILLS, "count": MOST_SKILLS + 3}


def test_a_long_skill_is_named_by_its_beginning() -> None:
    """A sentence is not a skill."""
    with pytest.raises(SkillTooLong) as told:
        read_skills("writing, " + "y" * (SKILL + 1))

    assert told.value.values == {"skill": "y" * 20, "limit": SKILL}


@given(text=st.text(max_size=200))
def test_any_text_is_skills_or_a_refusal(text: str) -> None:
    """One to eight, each within its length, no two the same."""
    try:
        skills = read_skills(text)
    except Refused:
        return
    assert 1 <= len(skills) <= MOST_SKILLS
    assert all(1 <= len(skill) <= SKILL for skill in skills)
    assert len({skill_key(skill) for skill in skills}) == len(skills)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_skills_or_a_refusal(text: str) -> None:
    """S24."""
    try:
        skills = read_skills(text)
    except Refused:
        return
    assert all("\0" not in skill and len(skill) <= SKILL for skill in skills)


def test_the_key_fits_its_column() -> None:
    """Some letters grow when their case is folded; the longest skill still fits 200 characters."""
    assert len(skill_key("ŉ" * SKILL)) <= 200
    assert len(skill_key("ΐ" * SKILL)) <= 200


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("0", 0),
        ("540", 540),
        ("9999", 9999),
        *[(text, -1) for text in ("10000", "", "-5", "9:00", "²", "१", " 5", "1e3")],
    ],
)
def test_a_minute_of_the_day_is_digits_only(text: str, minute: int) -> None:
    """Menus send digits; everything else is a forged form."""
    assert read_minute(text) == minute


@pytest.mark.parametrize("languages", [(), ("xx",), ("en", "xx"), ("EN",), ("",)])
def test_a_language_of_the_list_is_needed(languages: tuple[str, ...]) -> None:
    """None, or one nobody offered, is refused at its field."""
    with pytest.raises(LanguageMissing):
        kept_profile(profile(languages=languages))


def test_languages_are_kept_once_in_the_order_of_the_menu() -> None:
    assert kept_profile(profile(languages=("fr", "de", "fr", "en"))).languages == ("de", "en", "fr")
    assert kept_profile(profile(languages=tuple(reversed(SPOKEN)))).languages == SPOKEN


@pytest.mark.parametrize("hours", [(600, 600), (700, 600), (-1, 600), (0, 1441), (9999, 9999), (-1, -1)])
def test_a_day_that_ends_before_it_starts_is_refused(hours: tuple[int, int]) -> None:
    with pytest.raises(HoursUpsideDown):
        kept_profile(profile(hours=WorkingHours(*hours)))


def test_a_day_may_be_the_whole_day() -> None:
    assert kept_profile(profile(hours=WorkingHours(0, 1440))).hours == WorkingHours(0, 1440)


def test_a_hope_is_cleaned_or_none() -> None:
    """Blank is none; too long is told."""
    assert kept_profile(profile(hope=" to grow\0 ")).hope == "to grow"
    assert kept_profile(profile(hope="  ")).hope is None
    with pytest.raises(TextTooLong):
        kept_profile(profile(hope="x" * (TEXT + 1)))
