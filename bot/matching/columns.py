"""A population as arrays: one place per person, in the order of their ids."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.people import MINUTES_OF_A_DAY, Person, Population

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bits = NDArray[np.uint64]
    """Sets of things: shape (words, people), one bit per thing."""
    Ints = NDArray[np.int32]
    Places = NDArray[np.int32]
    """People by their place in the columns."""

WORD = 64
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of everybody. `UNKNOWN` stands where a department, site, manager or level is not known."""

    offers: Bits
    wants: Bits
    goals: Bits
    languages: Bits
    speaks: NDArray[np.bool_]
    """Whether any language is known."""
    department: Ints
    site: Ints
    manager: Ints
    """The place of the own manager, if they are in the round."""
    level: Ints
    style: NDArray[np.int8]
    """Shape (3, people); 0 is unknown."""
    start: NDArray[np.int16]
    length: NDArray[np.int16]
    """The working window in minutes of the day, UTC; `UNKNOWN` long if not known."""
    waited: Ints
    role: NDArray[np.int8]
    """1 gives, 2 takes, 3 both."""

    def __len__(self) -> int:
        return len(self.level)


def columns_of(population: Population) -> Columns:
    """Return the columns of a population, people in its order."""
    import numpy as np

    people = population.people
    place = {person.id: index for index, person in enumerate(people)}
    windows = [_window(person) for person in people]
    return Columns(
        *_skills(people),
        goals=_bits([person.goals for person in people]),
        languages=_bits([person.languages for person in people]),
        speaks=np.array([bool(person.languages) for person in people], dtype=bool),
        department=_codes(person.department for person in people),
        site=_codes(person.site for person in people),
        manager=_ints(place.get(person.manager, UNKNOWN) if person.manager else UNKNOWN for person in people),
        level=_ints(UNKNOWN if person.level is None else person.level for person in people),
        style=np.array([person.style or (0, 0, 0) for person in people], dtype=np.int8).reshape(-1, 3).T.copy(),
        start=np.array([start for start, _ in windows], dtype=np.int16),
        length=np.array([length for _, length in windows], dtype=np.int16),
        waited=_ints(max(person.waited_rounds, 0) for person in people),
        role=np.array([_SIDES[person.role] for person in people], dtype=np.int8),
    )


_SIDES = {"mentor": 1, "mentee": 2, "both": 3}


def _skills(people: Sequence[Person]) -> tuple[Bits, Bits]:
    """Return offers and wants; a skill that nobody offers or nobody wants can never meet and gets no bit."""
    offered = {skill for person in people for skill in person.offers}
    wanted = {skill for person in people for skill in person.wants}
    number = {skill: index for index, skill in enumerate(sorted(offered & wanted))}
    offers = _bits([person.offers & number.keys() for person in people], number)
    return offers, _bits([person.wants & number.keys() for person in people], number)


def _bits(sets: Sequence[Iterable[str]], number: dict[str, int] | None = None) -> Bits:
    import numpy as np

    if number is None:
        number = {thing: index for index, thing in enumerate(sorted({thing for things in sets for thing in things}))}
    owner = np.array([index for index, things in enumerate(sets) for _ in things], dtype=np.int64)
    thing = np.array([number[each] for things in sets for each in things], dtype=np.int64)
    bits = np.zeros((max(1, -(-len(number) // WORD)), len(sets)), dtype=np.uint64)
    np.bitwise_or.at(bits, (thing // WORD, owner), np.uint64(1) << (thing % WORD).astype(np.uint64))
    return bits


def _codes(names: Iterable[str]) -> Ints:
    listed = list(names)
    code = {name: index for index, name in enumerate(sorted({name for name in listed if name}))}
    return _ints(code.get(name, UNKNOWN) for name in listed)


def _ints(numbers: Iterable[int]) -> Ints:
    import numpy as np

    return np.fromiter(numbers, dtype=np.int32)


def _window(person: Person) -> tuple[int, int]:
    if person.work is None:
        return 0, UNKNOWN
    start, end = person.work
    return start, end - start if end >= start else end - start + MINUTES_OF_A_DAY


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each number once, ascending. Sorting millions of them takes a fraction of NumPy's own way by hashing."""
    import numpy as np

    ordered = np.sort(numbers)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def dice(population: Population, seed: int) -> NDArray[np.uint64]:
    """Return a number for everybody that depends on their id and the seed alone."""
    import numpy as np

    key = str(seed).encode()[:64]
    thrown = b"".join(
        hashlib.blake2b(person.id.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest()
        for person in population.people
    )
    return np.frombuffer(thrown, dtype="<u8").astype(np.uint64)


def chance(dice: NDArray[np.uint64], first: Places, second: Places) -> NDArray[np.float64]:
    """Return a number from 0 to below 1 for each pair, the same whoever is named first."""
    import numpy as np

    mixed = dice[first] + dice[second]
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # the finish of splitmix64
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray((mixed >> np.uint64(11)) * 2.0**-53, dtype=np.float64)
