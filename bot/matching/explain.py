"""Why a match is a good one, as data: the sentences are made where the language is known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.matching.policy import Policy
from bot.matching.score import TermKind
from bot.matching.solve import Match


class Quality(StrEnum):
    STRONG = "strong"
    GOOD = "good"
    STRETCH = "stretch"


class ReasonKind(StrEnum):
    SKILL = "skill"  # the giver offers what the receiver wants
    HOURS = "hours"  # all members have working time in common
    LANGUAGES = "languages"  # all members share more languages than they need


FROM_OFFERS_AND_WANTS = frozenset({ReasonKind.SKILL})
"""All that an owner may read; the members themselves may read every kind."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. A skill has giver, receiver and skill; hours have shared minutes and languages a number as `amount`.

    In a trio the amount is that of the two who share least.
    """

    kind: ReasonKind
    points: int
    giver: str = ""
    receiver: str = ""
    skill: str = ""
    amount: int = 0


def reasons(match: Match, kinds: Collection[ReasonKind] = tuple(ReasonKind), most: int = 3) -> tuple[Reason, ...]:
    """Return at most `most` reasons of the given kinds, in the order in which to say them.

    Each next one is the weightiest that names a new receiver, or something shared; only then somebody is named again.
    So in a pair both directions come before a second skill in one. Empty if nothing speaks for the match but that it
    is allowed.
    """
    left, chosen = sorted(_all(match), key=_weightiest), list[Reason]()
    left = [reason for reason in left if reason.kind in kinds]
    while left and len(chosen) < most:
        named = {reason.receiver for reason in chosen}
        chosen.append(min(left, key=lambda reason: reason.receiver in named))
        left.remove(chosen[-1])
    return tuple(chosen)


def quality(match: Match, policy: Policy) -> Quality:
    """Return the word for a match, from the average fit of its pairs and the thresholds of the policy.

    How long somebody waited makes no match better.
    """
    fit = sum(each.fit for each in match.scores)
    if fit >= policy.strong_from * len(match.scores):
        return Quality.STRONG
    return Quality.GOOD if fit >= policy.good_from * len(match.scores) else Quality.STRETCH


def _all(match: Match) -> list[Reason]:
    skills = [
        Reason(ReasonKind.SKILL, term.points, term.giver, term.receiver, term.skill)
        for each in match.scores
        for term in each.terms
        if term.kind is TermKind.SKILL
    ]
    return [*skills, *_shared(match, TermKind.HOURS), *_shared(match, TermKind.LANGUAGES)]


def _shared(match: Match, kind: TermKind) -> list[Reason]:
    terms = [term for each in match.scores for term in each.terms if term.kind is kind]
    if len(terms) < len(match.scores):
        return []
    least = min(terms, key=lambda term: term.amount)
    return [Reason(ReasonKind(kind), least.points, amount=least.amount)]


def _weightiest(reason: Reason) -> tuple[int, ReasonKind, str, str, str]:
    return (-reason.points, reason.kind, reason.giver, reason.receiver, reason.skill)
