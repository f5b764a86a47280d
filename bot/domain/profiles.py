"""A profile: what somebody offers, wants and hopes for, which languages they speak, when they work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import wording
from bot.domain.cadence import WorkingHours
from bot.domain.refusals import N_, Refused, at_field

MOST_SKILLS = 8
SKILL = 60  # characters
SPOKEN = ("de", "en", "fr", "es", "pt", "it", "nl", "pl", "tr", "uk", "hi", "zh")  # ISO 639-1, in menu order
_SEPARATOR = re.compile(r"[,;\n]")


class NoSkills(Refused):
    text = N_("Name at least one thing. Two or three make a good match likelier.")


class TooManySkills(Refused):
    text = N_("Up to {limit} fit here; you named {count}. Keep the ones that matter most.")


class SkillTooLong(Refused):
    text = N_("“{skill}…” is long for one skill. Use up to {limit} characters, and a comma between two.")


class LanguageMissing(Refused):
    text = N_("Choose at least one language you are at ease in.")
    field = "languages"


class HoursUpsideDown(Refused):
    text = N_("Your day ends before it starts. Choose a later end.")
    field = "work_end"


@dataclass(frozen=True, slots=True)
class Profile:
    """Skills as typed, in order; languages as ISO 639-1 codes; hours in local minutes of the day."""

    offers: tuple[str, ...]
    wants: tuple[str, ...]
    hope: str | None
    languages: tuple[str, ...]
    hours: WorkingHours


def read_skills(text: str) -> tuple[str, ...]:
    """Return the skills in ``text`` (comma, semicolon or line between), cleaned, without repeats, in order.

    Raises NoSkills, TooManySkills or SkillTooLong.
    """
    named = [wording.clean(" ".join(part.split())) for part in _SEPARATOR.split(text[: wording.TEXT])]
    first_spelling: dict[str, str] = {}
    for name in filter(None, named):
        first_spelling.setdefault(skill_key(name), name)
    skills = tuple(first_spelling.values())
    if not skills:
        raise NoSkills
    if len(skills) > MOST_SKILLS:
        raise TooManySkills(limit=MOST_SKILLS, count=len(skills))
    for skill in skills:
        if len(skill) > SKILL:
            raise SkillTooLong(skill=skill[:20], limit=SKILL)
    return skills


def read_minute(text: str) -> int:
    """Return a minute of the day; -1, which no profile accepts, for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else -1  # noqa: PLR2004  four digits


def skill_key(skill: str) -> str:
    """Return the form in which two spellings of one skill are equal: case and inner white space do not matter."""
    return " ".join(skill.casefold().split())


def kept_profile(profile: Profile) -> Profile:
    """Return ``profile`` as kept. Raises LanguageMissing, HoursUpsideDown or TextTooLong."""
    if not profile.languages or not set(profile.languages) <= set(SPOKEN):
        raise LanguageMissing
    if not 0 <= profile.hours.start < profile.hours.end <= 24 * 60:
        raise HoursUpsideDown
    with at_field("hope"):
        hope = wording.optional(profile.hope)
    return Profile(profile.offers, profile.wants, hope, _in_order(profile.languages), profile.hours)


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    chosen = set(codes)
    return tuple(code for code in SPOKEN if code in chosen)
