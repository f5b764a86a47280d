"""Why a match is a good one, as data: the sentences are made where the language is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.matching.matches import Match, Score
from bot.matching.people import Person, Track, shared_minutes
from bot.matching.policy import Policy
from bot.matching.score import TermKind


class Quality(StrEnum):
    STRONG = "strong"
    GOOD = "good"
    STRETCH = "stretch"


class ReasonKind(StrEnum):
    SKILL = "skill"  # the giver offers what the receiver wants
    GOAL = "goal"  # all members have it
    LEVEL = "level"  # all are close, or as far apart as the track wishes
    STYLE = "style"  # all like to work in much the same way
    DEPARTMENT = "department"  # nobody shares a department
    HOURS = "hours"  # all members have working time in common
    LANGUAGES = "languages"  # all members share more languages than they need
    SITE = "site"  # all at one site, or all remote


FROM_OFFERS_AND_WANTS = frozenset({ReasonKind.SKILL})
"""All that an owner may read; the members themselves may read every kind."""

_SHARED = {
    ReasonKind.GOAL: TermKind.GOALS,
    ReasonKind.LEVEL: TermKind.LEVEL,
    ReasonKind.STYLE: TermKind.STYLE,
    ReasonKind.DEPARTMENT: TermKind.DEPARTMENT,
    ReasonKind.HOURS: TermKind.HOURS,
    ReasonKind.LANGUAGES: TermKind.LANGUAGES,
    ReasonKind.SITE: TermKind.SITE,
}
_WELL = 0.5
"""From this share of its points on, being alike in level or style is worth saying."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. A skill has giver, receiver and skill; a goal stands in `skill`.

    Hours have shared minutes and languages a number as `amount`. In a trio or circle
    the amount is that of the two who share least.
    """

    kind: ReasonKind
    points: int
    giver: str = ""
    receiver: str = ""
    skill: str = ""
    amount: int = 0


def reasons(
    match: Match,
    people: Mapping[str, Person],
    policy: Policy,
    kinds: Collection[ReasonKind] = tuple(ReasonKind),
    most: int = 3,
) -> tuple[Reason, ...]:
    """Return at most `most` reasons of the given kinds, in the order in which to say them; `people` by their id.

    Each next one is the weightiest that names a new receiver, or something shared; only then somebody is named again.
    So in a pair both directions come before a second skill in one. Empty if nothing speaks for the match but that it
    is allowed. Wishes are private and never a reason.
    """
    found = [*_skills(match, people, policy), *_together(match, people, policy)]
    left, chosen = sorted((one for one in found if one.kind in kinds), key=_weightiest), list[Reason]()
    while left and len(chosen) < most:
        named = {reason.receiver for reason in chosen}
        chosen.append(min(left, key=lambda reason: reason.receiver in named))
        left.remove(chosen[-1])
    return tuple(chosen)


def quality(match: Match, policy: Policy) -> Quality:
    """Return the word for a match, from the average fit of its pairs and from who can get something they want.

    How long somebody waited makes no match better, nor does a wish: the word is for owners too, and wishes are private.
    """
    fit = match.fit - sum(each.of(TermKind.WISH) for each in match.scores) / len(match.scores)
    served = {receiver for a, b, each in match.pairs() for receiver in _served(a, b, each)}
    expected = match.members[1:] if match.track is not Track.PEER else match.members
    if fit >= policy.strong_from and served.issuperset(expected):
        return Quality.STRONG
    return Quality.GOOD if fit >= policy.good_from and served else Quality.STRETCH


def _served(a: str, b: str, score: Score) -> Iterator[str]:
    if score.of(TermKind.GIVES) > 0:
        yield b
    if score.of(TermKind.RECEIVES) > 0:
        yield a


def _skills(match: Match, people: Mapping[str, Person], policy: Policy) -> Iterator[Reason]:
    for a, b, _ in match.pairs():
        directions = [(a, b), (b, a)] if match.track is Track.PEER else [(a, b)]
        for giver, receiver in directions:
            hits = sorted(people[giver].offers & people[receiver].wants)
            for skill, points in zip(hits, policy.skill_points, strict=False):
                if points:
                    yield Reason(ReasonKind.SKILL, points, giver, receiver, skill)


def _together(match: Match, people: Mapping[str, Person], policy: Policy) -> Iterator[Reason]:
    members = [people[member] for member in match.members]
    enough = {ReasonKind.LEVEL: policy.level_points * _WELL, ReasonKind.STYLE: policy.style_points * _WELL}
    for kind, term in _SHARED.items():
        least = min(each.of(term) for each in match.scores)
        if least > 0 and least >= enough.get(kind, 0):
            goals = sorted(frozenset.intersection(*(member.goals for member in members)))
            if kind is not ReasonKind.GOAL or goals:
                yield Reason(
                    kind, least, skill=goals[0] if kind is ReasonKind.GOAL else "", amount=_amount(kind, members)
                )


def _amount(kind: ReasonKind, members: list[Person]) -> int:
    pairs = [(a, b) for index, a in enumerate(members) for b in members[index + 1 :]]
    if kind is ReasonKind.LANGUAGES:
        return min(len(a.languages & b.languages) for a, b in pairs)
    if kind is ReasonKind.HOURS:
        return min(shared_minutes(a.work, b.work) for a, b in pairs if a.work and b.work)
    return 0


def _weightiest(reason: Reason) -> tuple[int, ReasonKind, str, str, str]:
    return (-reason.points, reason.kind, reason.giver, reason.receiver, reason.skill)
