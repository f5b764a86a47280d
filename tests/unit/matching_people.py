"""People for the matching tests: short to write, and drawn at random."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from bot.matching.facing import Facing
from bot.matching.judge import Judge, judge_of
from bot.matching.matches import Solution
from bot.matching.people import History, Person, Population, Track
from bot.matching.policy import Policy

SKILLS = ["law", "maths", "music", "sql"]
NEVER_RELAXED = Policy(relax=(), new_first=False)


def person(name: str, offers: str = "", wants: str = "", **more: Any) -> Person:
    given_ = {"languages": frozenset({"en"}), "work": (480, 1020), **more}
    return Person(name, frozenset(offers.split()), frozenset(wants.split()), **given_)


def crowd(size: int) -> list[Person]:
    """Return people who all differ a little and may all meet."""

    def some(number: int, step: int) -> frozenset[str]:
        return frozenset(skill for place, skill in enumerate("abcdefg") if (number * step + place) % 4 == 0)

    return [
        Person(f"p{number:03d}", some(number, 3), some(number, 5), department=f"d{number % 5}", level=number % 4)
        for number in range(size)
    ]


@st.composite
def populations(draw: st.DrawFn, least: int = 0, most: int = 8) -> Population:
    """Draw a few people with all the rules among them."""
    names = [f"p{number}" for number in range(draw(st.integers(least, most)))]
    some = st.frozensets(st.sampled_from(SKILLS), max_size=3)
    rare = st.frozensets(st.sampled_from(names), max_size=1) if names else st.just(frozenset[str]())
    seldom = st.one_of(st.just(frozenset[str]()), st.just(frozenset[str]()), rare)
    people = [
        Person(
            name,
            draw(some),
            draw(some),
            goals=draw(some),
            languages=frozenset(draw(st.sampled_from([{"en"}, {"en"}, {"de", "en"}, {"de"}, set[str]()]))),
            department=draw(st.sampled_from(["", "it", "hr"])),
            manager=draw(st.sampled_from(["", "", *names])),
            level=draw(st.sampled_from([None, 1, 2, 5])),
            work=draw(st.sampled_from([None, (540, 1020), (1200, 240), (0, 480)])),
            style=draw(st.sampled_from([None, (1, 2, 3), (5, 5, 5)])),
            exclude=draw(seldom),
            competes_with=draw(seldom),
            wishes=draw(seldom),
            volunteer_third=draw(st.booleans()),
            waited_rounds=draw(st.integers(0, 1)),
            away=draw(st.integers(0, 9)) == 0,
        )
        for name in names
    ]
    weeks = st.sampled_from([None, None, None, 2, 20, 60])
    met = [(a, b, draw(weeks)) for a, b in combinations(names, 2)]
    return Population.of(people, History.of((a, b, ago) for a, b, ago in met if ago is not None))


def pair(judge: Judge, one: int, other: int) -> Facing:
    import numpy as np

    return Facing(judge.columns, np.array([one], dtype=np.int32), np.array([other], dtype=np.int32))


def fit_of(a: Person, b: Person, policy: Policy, history: History | None = None, track: Track = Track.PEER) -> int:
    """Return how well two people fit, the first as the mentor where the track has one."""
    population = Population.of([a, b], history)
    judge = judge_of(population, policy, 0, track)
    places = (0, 1) if a.id < b.id else (1, 0)
    return int(judge.scorer.fit(pair(judge, *places))[0])


def everybody(solution: Solution) -> list[str]:
    alone = [each.id for each in solution.unmatched]
    return sorted([*alone, *(member for match in solution.matches for member in match.members)])


def best_by_hand(people: int, weights: dict[tuple[int, int], float], most: int = 3) -> tuple[int, int, float]:
    """Try every arrangement of pairs and trios; return minus the people alone, minus the trios, the worth."""

    @cache
    def best(left: tuple[int, ...]) -> tuple[int, int, float]:
        return max(arranged(left)) if left else (0, 0, 0.0)

    def arranged(left: tuple[int, ...]) -> Iterator[tuple[int, int, float]]:
        first, *others = left
        for size in range(most):
            for company in combinations(others, size):
                group = (first, *company)
                inside = list(combinations(group, 2))
                if all(each in weights for each in inside):
                    alone, trios, total = best(tuple(each for each in others if each not in company))
                    gained = sum(weights[each] for each in inside) / max(1, size)
                    yield alone - (size == 0), trios - (size == 2), total + gained

    return best(tuple(range(people)))
