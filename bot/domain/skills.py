"""The company's own list of skills: what it may offer to somebody who is typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz

from bot.domain.profiles import read_skills, skill_key
from bot.domain.refusals import N_, Refused

MOST_SHOWN = 30  # few enough to read, far below the hundred that Slack takes
ALIKE = 75  # of 100, in rapidfuzz's weighted ratio: slips of the pen, plurals and parts of a name are above
NOTHING: Mapping[str, str] = MappingProxyType({})
LONGEST_TYPED = 150  # characters of which anything is read


class SkillGone(Refused):
    text = N_("This skill is not on the list any more. Run `/tandem-admin skills` to see the list as it is now.")


class SameSkill(Refused):
    text = N_("These two are the same skill already. Choose another one.")
    field = "into"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A skill to choose; ``new`` ones are not on the list yet."""

    name: str
    new: bool = False


def suggestions(typed: str, known: Sequence[str], merged: Mapping[str, str] = NOTHING) -> tuple[Suggestion, ...]:
    """Return what to offer for ``typed``, likeliest first; what nobody has named yet comes last, as new.

    ``known`` are the skills of the list, in the order in which to show them before anything is typed; ``merged`` are
    older names with the skill that stands for them now, which is offered instead. Several skills typed at once, with
    commas between them, are offered as they are. Never raises, whatever is typed.
    """
    parts = _parts(typed)
    if not parts:
        return tuple(Suggestion(name) for name in known[:MOST_SHOWN]) if not typed.strip() else ()
    keys = {skill_key(name) for name in (*known, *merged)}
    new = [part for part in parts if skill_key(part) not in keys]
    if len(parts) > 1:
        together = ", ".join(parts)
        return (Suggestion(together, new=bool(new)),) if len(together) <= LONGEST_TYPED else ()
    found = dict.fromkeys(merged.get(name, name) for name in like(parts[0], (*known, *merged)))
    return (*map(Suggestion, found), *(Suggestion(part, new=True) for part in new))


def like(typed: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return which of ``known`` somebody may mean by ``typed``, likeliest first: the same, the beginning, nearly it."""
    key = skill_key(typed)
    found = [(_distance(key, skill_key(name)), name) for name in known]
    return tuple(name for far, name in sorted(found) if far <= 100 - ALIKE)[:MOST_SHOWN]


def _distance(typed: str, key: str) -> float:
    """Return how far a skill is from what was typed: -2 is the same, -1 has a word that begins so, others 0 to 100."""
    if typed == key:
        return -2
    if key.startswith(typed) or f" {typed}" in key:
        return -1
    return 100 - fuzz.WRatio(typed, key)


def _parts(typed: str) -> tuple[str, ...]:
    try:
        return read_skills(typed[:LONGEST_TYPED])
    except Refused:
        return ()
