"""A made-up company for the matching benchmarks: the same seed and size give the same people.

Nothing here is fitted to the matcher. Skills: 200, asked for and offered with a long tail (the weight of the skill of
rank r is 1 / (r + 10)); everybody offers 3 to 6 and wants 2 to 5 that they do not offer. Goals: 12, everybody has one
to three. Departments: one for about 60 people, 8 at least, sizes with a long tail; each has five levels (40, 30, 17, 9
and 4 per cent), and teams of 8 people with a manager among them, mixed at the border of two departments. Zones: Berlin
45 %, London 15, New York 15, Bengaluru 10, San Francisco 10, Singapore 5; working hours of 8 or 9 hours that begin
between 7 and 10. Languages: everybody speaks English but 6 % in Berlin, who speak German only; in Berlin most speak
both; French, Spanish, Hindi and Mandarin now and then. 45 % work remotely, the others at the site of their zone. Three
questions on working style with answers 1 to 5, the middle likelier. 1 % exclude somebody, 1 % compete with somebody,
3 % wish for somebody, 10 % would be third. Three earlier rounds, 10, 22 and 34 weeks ago, each a random pairing of 80 %
of the people.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.matching.people import History, Person, Population

SKILLS, GOALS = 200, 12
ZONES = ("Berlin", "London", "New York", "Bengaluru", "San Francisco", "Singapore")
OFFSETS = (60, 0, -300, 330, -480, 480)  # minutes
SHARES = (0.45, 0.15, 0.15, 0.10, 0.10, 0.05)
WEEKS_AGO = (10.0, 22.0, 34.0)


def company(size: int, seed: int) -> Population:
    """Return `size` people with their history."""
    draw = np.random.default_rng([seed, size])
    return Population.of(_people(size, draw), History.of(_meetings(size, draw)))


def identity(number: int) -> str:
    return f"p{number:06d}"


def _people(size: int, draw: np.random.Generator) -> Iterator[Person]:
    weight = 1 / (np.arange(SKILLS) + 10)
    departments = max(8, size // 60)
    crowd = 1 / (np.arange(departments) + 5)
    department = draw.choice(departments, size, p=crowd / crowd.sum())
    manager = _managers(department, draw)
    zone = draw.choice(len(ZONES), size, p=SHARES)
    level = draw.choice(5, size, p=(0.40, 0.30, 0.17, 0.09, 0.04)) + 1
    style = draw.choice(5, (size, 3), p=(0.1, 0.2, 0.4, 0.2, 0.1)) + 1
    begin, hours = draw.integers(14, 21, size) * 30, draw.integers(8, 10, size) * 60
    chance, other = draw.random((size, 10)), draw.integers(0, size, (size, 3))
    for one in range(size):
        # The smallest times of an exponential race are a draw without replacement.
        skills = draw.permutation(np.argpartition(draw.exponential(size=SKILLS) / weight, 11)[:11])
        offers, wants = int(draw.integers(3, 7)), int(draw.integers(2, 6))
        goals = draw.choice(GOALS, draw.integers(1, 4), replace=False)
        start = int(begin[one] - OFFSETS[zone[one]]) % 1440
        yield Person(
            identity(one),
            offers=_named("skill", skills[:offers]),
            wants=_named("skill", skills[offers : offers + wants]),
            goals=_named("goal", goals),
            languages=_languages(int(zone[one]), chance[one]),
            department=f"department {department[one]}",
            manager="" if manager[one] == one else identity(int(manager[one])),
            level=int(level[one]),
            work=(start, (start + int(hours[one])) % 1440),
            site="remote" if chance[one, 0] < 0.45 else ZONES[zone[one]],
            style=tuple(int(answer) for answer in style[one]),
            exclude=_perhaps(chance[one, 1] < 0.01, one, int(other[one, 0])),
            competes_with=_perhaps(chance[one, 2] < 0.01, one, int(other[one, 1])),
            wishes=_perhaps(chance[one, 3] < 0.03, one, int(other[one, 2])),
            volunteer_third=bool(chance[one, 4] < 0.1),
        )


def _named(kind: str, numbers: NDArray[np.intp]) -> frozenset[str]:
    return frozenset(f"{kind} {number}" for number in numbers)


def _managers(department: NDArray[np.intp], draw: np.random.Generator) -> NDArray[np.intp]:
    """Return everybody's manager: one of eight neighbours in the department, oneself for the managers."""
    shuffled = draw.permutation(len(department))
    order = shuffled[np.argsort(department[shuffled], kind="stable")]
    manager = np.empty(len(order), dtype=np.intp)
    for begin in range(0, len(order), 8):
        team = order[begin : begin + 8]
        manager[team] = team[0]
    return manager


def _languages(zone: int, chance: NDArray[np.float64]) -> frozenset[str]:
    if zone == 0 and chance[5] < 0.06:
        return frozenset({"de"})
    spoken = {"en"} | ({"de"} if zone == 0 and chance[6] < 0.8 else set())
    rare = {"fr": 0.10, "es": 0.12, "hi": 0.8 if zone == 3 else 0.02, "zh": 0.7 if zone == 5 else 0.02}
    return frozenset(spoken | {name for place, (name, share) in enumerate(rare.items()) if _hit(chance, place, share)})


def _hit(chance: NDArray[np.float64], place: int, share: float) -> bool:
    return bool((chance[7] * 10 ** (place + 1)) % 1 < share)  # one throw has digits enough for four


def _perhaps(wanted: np.bool_, one: int, other: int) -> frozenset[str]:
    return frozenset({identity(other)}) if wanted and other != one else frozenset()


def _meetings(size: int, draw: np.random.Generator) -> Iterator[tuple[str, str, float]]:
    for weeks in WEEKS_AGO:
        mixed = draw.permutation(size)[: int(size * 0.8)]
        for one, other in zip(mixed[0::2], mixed[1::2], strict=False):
            yield identity(int(one)), identity(int(other)), weeks
