"""A private look at eight skills of a peer mentor, at half-time and again at the end.

The eight are what makes student peer mentors good for each other in the literature that Terrion and Leonard reviewed
("A taxonomy of the characteristics of student peer mentors in higher education", Mentoring & Tutoring 15(2), 2007,
149-164): what serves the psychosocial side of mentoring.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.refusals import N_, Refused

LEVELS = ("1", "2", "3", "4", "5")  # from "not yet" to "fully"; people read words, never these


class Skill(StrEnum):
    COMMUNICATION = "communication"
    SUPPORT = "support"
    TRUSTWORTHINESS = "trustworthiness"
    INTERDEPENDENCE = "interdependence"
    EMPATHY = "empathy"
    RAPPORT = "rapport"  # getting on with the other
    ENTHUSIASM = "enthusiasm"
    FLEXIBILITY = "flexibility"


class Moment(StrEnum):
    HALF_TIME = "half_time"
    CLOSE = "close"


class SkillsMissing(Refused):
    text = N_("Choose a word for at least one of the eight, then save.")


Levels = Mapping[Skill, int]


def read_levels(chosen: Mapping[str, str]) -> dict[Skill, int]:
    """Return the levels (1-5) somebody chose, by skill; what a form does not offer is left out.

    Raises SkillsMissing when nothing is left.
    """
    levels = {skill: int(chosen[skill]) for skill in Skill if chosen.get(skill) in LEVELS}
    if not levels:
        raise SkillsMissing
    return levels


def as_kept(levels: Levels) -> str:
    """Return levels as they are stored: one digit a skill, always eight, so that the length tells nothing."""
    return "".join(str(levels.get(skill, 0)) for skill in Skill)


def as_read(kept: str) -> dict[Skill, int]:
    """Return the levels behind what ``as_kept`` made."""
    return {skill: int(digit) for skill, digit in zip(Skill, kept, strict=True) if digit in LEVELS}
