"""How well two people go together, as named terms that add up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.matching.people import Candidate, History, shared_minutes
from bot.matching.policy import Policy


class TermKind(StrEnum):
    SKILL = "skill"
    BOTH_WAYS = "both_ways"
    HOURS = "hours"
    LANGUAGES = "languages"
    MET_BEFORE = "met_before"
    WAITING = "waiting"


class Term(NamedTuple):
    """One part of a score; never zero points.

    For a skill, `giver` offers it and `receiver` wants it; for waiting, `receiver` is who waited. `amount` is what was
    counted: shared minutes, shared languages, rounds waited, whole weeks since the last meeting; for a skill its rank,
    from 1.
    """

    kind: TermKind
    points: int
    giver: str = ""
    receiver: str = ""
    skill: str = ""
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """What a pair is worth in the solution: `total` is exactly the sum of the terms."""

    terms: tuple[Term, ...]

    @property
    def total(self) -> int:
        return sum(term.points for term in self.terms)

    @property
    def fit(self) -> int:
        """How well the two fit: the total without the priority of who waited."""
        return sum(term.points for term in self.terms if term.kind is not TermKind.WAITING)


def score(a: Candidate, b: Candidate, policy: Policy, history: History) -> Score:
    """Return the score of a pair. Rules are not asked here: also a forbidden pair has a score.

    The order of the two makes no difference to the points.
    """
    forth, back = _skills(a, b, policy), _skills(b, a, policy)
    terms = [*forth, *back]
    if forth and back:
        terms.append(Term(TermKind.BOTH_WAYS, policy.both_ways_points))
    terms += (_hours(a, b, policy), _languages(a, b, policy), _met_before(a, b, policy, history))
    terms += (_waiting(a, policy), _waiting(b, policy))
    return Score(tuple(term for term in terms if term.points))


def _skills(giver: Candidate, receiver: Candidate, policy: Policy) -> list[Term]:
    hits = sorted(giver.offers & receiver.wants)
    ranked = enumerate(zip(hits, policy.skill_points, strict=False), start=1)
    return [Term(TermKind.SKILL, points, giver.id, receiver.id, skill, rank) for rank, (skill, points) in ranked]


def _hours(a: Candidate, b: Candidate, policy: Policy) -> Term:
    minutes = shared_minutes(a.work, b.work)
    points = policy.hours_points * min(minutes, policy.full_overlap_minutes) // policy.full_overlap_minutes
    return Term(TermKind.HOURS, points, amount=minutes)


def _languages(a: Candidate, b: Candidate, policy: Policy) -> Term:
    shared = len(a.languages & b.languages)
    extra = min(max(shared - 1, 0), policy.extra_languages)
    return Term(TermKind.LANGUAGES, policy.language_points * extra, amount=shared)


def _met_before(a: Candidate, b: Candidate, policy: Policy, history: History) -> Term:
    weeks = history.weeks_since(a.id, b.id)
    if weeks is None or weeks >= policy.memory_weeks:
        return Term(TermKind.MET_BEFORE, 0)
    fading = policy.memory_weeks - policy.min_gap_weeks
    share = min(1.0, (policy.memory_weeks - weeks) / fading) if fading else 1.0
    return Term(TermKind.MET_BEFORE, -round(policy.repeat_points * share), amount=int(weeks))


def _waiting(person: Candidate, policy: Policy) -> Term:
    rounds = min(max(person.waited_rounds, 0), policy.waiting_rounds)
    return Term(TermKind.WAITING, policy.waiting_points * rounds, receiver=person.id, amount=person.waited_rounds)
