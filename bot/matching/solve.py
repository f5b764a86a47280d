"""One matching run: who is in it, the best matches, and why somebody has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.matching.candidates import Watch
from bot.matching.circles import best_circles
from bot.matching.facing import Facing
from bot.matching.groups import Groups, best_groups
from bot.matching.judge import Judge, judge_of, scored
from bot.matching.matches import Match, Solution, Unmatched, WhyAlone
from bot.matching.people import Format, Person, Population, Track
from bot.matching.pins import settle_pins
from bot.matching.policy import Policy
from bot.matching.rules import Rule
from bot.matching.tracks import best_mentors


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of matches are made. Circles are of equals."""

    format: Format = Format.PAIR
    track: Track = Track.PEER
    proof: bool = False
    """Whether pairs of many people come with a bound on what they can be worth; of few they always do."""


def nobody_watches(share: float) -> None:
    """Take no notice of the progress."""


def solve(
    population: Population, policy: Policy, seed: int, wish: Wish | None = None, watch: Watch = nobody_watches
) -> Solution:
    """Return the best matches; groups.py, circles.py and tracks.py say what is best and how far that is certain.

    The order of the people makes no difference. The seed decides between solutions of the same worth, and how
    the search goes where there is more than can be looked at. Same people, policy and seed, same solution. Raises
    PinsContradict.
    """
    wish = wish or Wish()
    pins = settle_pins(population, policy, wish.track)
    waiting = [person for person in population.people if person.id not in pins.people and _why_out(person) is None]
    field = replace(population, people=tuple(waiting))
    judge = judge_of(field, policy, seed, wish.track)
    groups = _groups(judge, field, policy, wish, watch)
    matches = [*scored(judge, field, groups.together), *pins.matches]
    return Solution(
        tuple(sorted(matches, key=lambda match: match.members)),
        tuple(sorted(_unmatched(population, judge, field, matches), key=lambda one: one.id)),
        bound=None if groups.bound is None else groups.bound + sum(match.worth for match in pins.matches),
        optimal=groups.optimal,
        floor=groups.floor,
        refused_pins=pins.refused,
    )


def _groups(judge: Judge, field: Population, policy: Policy, wish: Wish, watch: Watch) -> Groups:
    if wish.track is not Track.PEER:
        return best_mentors(judge, policy, [person.capacity for person in field.people], watch)
    if wish.format is Format.CIRCLE:
        return best_circles(judge, policy, watch)
    turns = [(int(not one.volunteer_third), one.thirds) for one in field.people]
    return best_groups(judge, policy, turns, watch, prove=wish.proof)


def _why_out(person: Person) -> WhyAlone | None:
    if person.away:
        return WhyAlone.AWAY
    return None if person.capacity else WhyAlone.NO_CAPACITY


def _unmatched(
    population: Population, judge: Judge, field: Population, matches: Iterable[Match]
) -> Iterable[Unmatched]:
    seated = {member for match in matches for member in match.members}
    place = {person.id: index for index, person in enumerate(field.people)}
    for person in population.people:
        if person.id in seated:
            continue
        why = _why_out(person)
        yield Unmatched(person.id, why or _why(judge, place[person.id]))


def _why(judge: Judge, person: int) -> WhyAlone:
    """Return why somebody who was in the round has nobody."""
    import numpy as np

    if judge.size < 2:  # noqa: PLR2004  somebody and somebody else
        return WhyAlone.NOBODY_ELSE
    others = np.delete(np.arange(judge.size, dtype=np.int32), person)
    me = np.full(len(others), person, dtype=np.int32)
    directed, ignored = judge.scorer.track is not Track.PEER, ~np.uint16(Rule.MET_BEFORE.bit)
    broken = judge.rulebook.broken(Facing(judge.columns, others, me)) & ignored
    if (broken == 0).any():
        return WhyAlone.NOBODY_LEFT
    giving = judge.rulebook.broken(Facing(judge.columns, me, others)) & ignored
    if directed and (giving == 0).any():
        return WhyAlone.NOT_NEEDED
    language, gap = Rule.NO_SHARED_LANGUAGE.bit, Rule.MET_RECENTLY.bit
    if ((broken & language) > 0).all():
        return WhyAlone.NO_SHARED_LANGUAGE
    return WhyAlone.MET_EVERYONE if ((broken & (language | gap)) > 0).all() else WhyAlone.NOBODY_ALLOWED
