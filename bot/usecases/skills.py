"""The company's own list of skills: suggest from it, look at it, tidy it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from bot.db.skills import SkillRow, SkillSide
from bot.db.transaction import Transaction
from bot.domain import skills
from bot.domain.access import Action, NotEnrolled, decide
from bot.domain.people import Actor
from bot.domain.skills import SameSkill, SkillGone, Suggestion
from bot.usecases.programmes import owned_programme


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill of the list, with how many people active in the programme offer and want it. Nobody's name."""

    id: UUID
    name: str
    offers: int = 0
    wants: int = 0


@dataclass(frozen=True, slots=True)
class Merge:
    """``one`` is to stand as ``into`` from now on; ``places`` is in how many profile entries of the company."""

    one: Skill
    into: Skill
    places: int


def suggest_skills(tx: Transaction, actor: Actor, typed: str) -> tuple[Suggestion, ...]:
    """Return skills that colleagues have named, and the typed one to add; nobody's name is among them.

    Raises NotWelcome, or NotEnrolled for who has not agreed to the data notice.
    """
    decide(actor, Action.JOIN)
    if not tx.enrolments.takes_part(actor.person):
        raise NotEnrolled
    return skills.suggestions(typed, tx.skills.names(), tx.skills.merged())


def list_skills(tx: Transaction, actor: Actor, room: str) -> tuple[Skill, ...]:
    """Return the skills people of the programme run from ``room`` name, most named first. Raises NotAnOwner."""
    programme = owned_programme(tx, actor, room, Action.READ_STATUS)
    counts = {(skill, side): count for skill, side, count in tx.enrolments.skills_in(programme.id)}
    rows = tx.skills.all_of({skill for skill, _ in counts})
    found = [
        Skill(row.id, row.name, counts.get((row.id, SkillSide.OFFER), 0), counts.get((row.id, SkillSide.WANT), 0))
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (-one.offers - one.wants, one.name.casefold())))


def read_skill(tx: Transaction, actor: Actor, room: str, skill: UUID) -> Skill:
    """Return a skill that is to be merged into another one. Raises NotAnOwner or SkillGone."""
    owned_programme(tx, actor, room, Action.EDIT_PROGRAMME)
    return _skill(_on_the_list(tx, skill))


def suggest_targets(tx: Transaction, actor: Actor, room: str, skill: UUID, typed: str) -> tuple[Skill, ...]:
    """Return what ``skill`` could be merged into, likeliest first. Raises NotAnOwner."""
    owned_programme(tx, actor, room, Action.EDIT_PROGRAMME)
    others = {row.name: _skill(row) for row in tx.skills.listed() if row.id != skill}
    found = skills.like(typed, tuple(others)) if typed.strip() else tuple(others)
    return tuple(others[name] for name in found[: skills.MOST_SHOWN])


def plan_merge(tx: Transaction, actor: Actor, room: str, skill: UUID, into: UUID) -> Merge:
    """Return what merging would do. Raises NotAnOwner, SkillGone or SameSkill."""
    owned_programme(tx, actor, room, Action.EDIT_PROGRAMME)
    return _merge(tx, *_both(tx, skill, into))


def merge_skills(tx: Transaction, actor: Actor, room: str, skill: UUID, into: UUID) -> Merge:
    """Merge ``skill`` into another one: every profile follows, and so does who types it later. Raises as above."""
    owned_programme(tx, actor, room, Action.EDIT_PROGRAMME)
    tx.skills.hold()
    both = _both(tx, skill, into)
    done = _merge(tx, *both)
    tx.skills.merge(*both)
    tx.audit.record(actor.person, "merge_skills", skill)
    return done


def _both(tx: Transaction, skill: UUID, into: UUID) -> tuple[SkillRow, SkillRow]:
    if skill == into:
        raise SameSkill
    return _on_the_list(tx, skill), _on_the_list(tx, into)


def _on_the_list(tx: Transaction, skill: UUID) -> SkillRow:
    row = tx.skills.find(skill)
    if row is None:
        raise SkillGone
    return row


def _merge(tx: Transaction, one: SkillRow, into: SkillRow) -> Merge:
    return Merge(_skill(one), _skill(into), tx.skills.places(one.id))


def _skill(row: SkillRow) -> Skill:
    return Skill(row.id, row.name)
