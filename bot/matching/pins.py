"""What an owner has decided: pins become matches as far as the rules allow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from bot.matching.facing import Facing
from bot.matching.judge import judge_of, scored
from bot.matching.matches import Match
from bot.matching.people import Decisions, Population, Track
from bot.matching.policy import Policy
from bot.matching.rules import RELAXES, Rule

SIZES = range(2, 7)


class PinsContradict(ValueError):
    """Pins that cannot all be kept, whatever the rules say. `complaints` name each of them."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__("; ".join(complaints))
        self.complaints = tuple(complaints)


@dataclass(frozen=True, slots=True)
class Pins:
    """Pinned people as matches; `refused` pins break a rule that is never relaxed, and their people go on waiting."""

    matches: tuple[Match, ...]
    refused: tuple[frozenset[str], ...]

    @property
    def people(self) -> frozenset[str]:
        return frozenset(member for match in self.matches for member in match.members)


def settle_pins(population: Population, policy: Policy, track: Track) -> Pins:
    """Return the pins of a population. Raises PinsContradict."""
    complaints = list(_contradictions(population, track))
    if complaints:
        raise PinsContradict(complaints)
    matches, refused = [], []
    for pin in sorted(population.decisions.pins, key=sorted):
        match = _match(population, pin, policy, track)
        if match:
            matches.append(match)
        else:
            refused.append(pin)
    return Pins(tuple(matches), tuple(refused))


def _contradictions(population: Population, track: Track) -> Iterator[str]:
    pins, known = population.decisions.pins, {person.id: person for person in population.people}
    for person, times in sorted(Counter(person for pin in pins for person in pin).items()):
        if person not in known:
            yield f"{person} is pinned, but not in the round"
        elif known[person].away or not known[person].capacity:
            yield f"{person} is pinned, but takes nobody now"
        if times > 1:
            yield f"{person} is pinned {times} times"
    for pin in sorted(pins, key=sorted):
        names = ", ".join(sorted(pin))
        if len(pin) not in SIZES or (track is not Track.PEER and len(pin) != SIZES[0]):
            yield f"{names}: a match of this size cannot be pinned"
        if any(pair <= pin for pair in population.decisions.forbidden):
            yield f"{names}: pinned and forbidden"


def _match(population: Population, pin: frozenset[str], policy: Policy, track: Track) -> Match | None:
    import numpy as np

    inside = tuple(person for person in population.people if person.id in pin)
    group = replace(population, people=inside, decisions=Decisions())
    judge = judge_of(group, policy, seed=0, track=track)
    orders = [tuple(range(len(inside)))] if track is Track.PEER else list(permutations(range(len(inside))))
    relaxable = sum(rule.bit for rule in (*RELAXES.values(), Rule.MET_BEFORE))
    for order in orders:
        first, second = np.array(list(combinations(order, 2)), dtype=np.int32).T
        broken = judge.rulebook.broken(Facing(judge.columns, first, second))
        if not (broken & ~np.uint16(relaxable)).any():
            return scored(judge, group, [order], pinned=True)[0]
    return None
