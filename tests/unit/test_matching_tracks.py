from __future__ import annotations

from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import tracks
from bot.matching.judge import judge_of
from bot.matching.matches import WhyAlone
from bot.matching.people import Population, Role, Track
from bot.matching.policy import Policy
from bot.matching.solve import Wish, solve
from tests.unit.matching_people import NEVER_RELAXED, crowd, person, populations

DIRECTED = [track for track in Track if track is not Track.PEER]


@settings(max_examples=60, deadline=None)
@given(populations(most=8), st.sampled_from(DIRECTED))
def test_no_mentor_has_more_than_their_places_and_no_mentee_two_mentors(population: Population, track: Track) -> None:
    solution = solve(population, Policy(), 1, Wish(track=track))

    given_ = Counter(match.members[0] for match in solution.matches)
    taken = Counter(match.members[1] for match in solution.matches)
    capacity = {each.id: each.capacity for each in population.people}
    assert all(given_[one] <= capacity[one] for one in given_)
    assert set(taken.values()) <= {1}
    seated = set(given_) | set(taken)
    assert seated | {each.id for each in solution.unmatched} == set(capacity)
    assert not seated & {each.id for each in solution.unmatched}


@settings(max_examples=60, deadline=None)
@given(populations(least=2, most=5), st.sampled_from(DIRECTED))
def test_as_many_mentees_as_can_be_have_the_best_mentors(population: Population, track: Track) -> None:
    present = Population.of([each for each in population.people if not each.away], population.history)
    solution = solve(present, NEVER_RELAXED, 1, Wish(track=track))

    judge = judge_of(present, NEVER_RELAXED, 1, track)
    size = len(present)
    mentor, mentee = (side.ravel().astype(np.int32) for side in np.indices((size, size)))
    fit, broken = judge.weigh(mentor, mentee)
    waiting = judge.scorer.priority()
    worth = (fit + waiting[mentor] + waiting[mentee]).reshape(size, size)
    allowed = (broken.reshape(size, size) == 0) & ~np.eye(size, dtype=bool)
    best = max(
        (
            sum(allowed[a, b] for b, a in enumerate(order)),
            sum(worth[a, b] for b, a in enumerate(order) if allowed[a, b]),
        )
        for order in permutations(range(size))
    )
    assert len(solution.matches) == best[0]
    assert solution.total == pytest.approx(best[1])


def test_mentors_take_as_many_as_they_have_places_and_the_others_are_told_why() -> None:
    mentors = [person("m1", "law", role=Role.GIVES, capacity=2), person("m2", "sql", role=Role.GIVES, capacity=0)]
    mentees = [person(f"t{number}", wants="law", role=Role.TAKES) for number in range(3)]
    idle = person("x", "music", role=Role.GIVES, exclude=frozenset({"t0", "t1", "t2"}))

    solution = solve(Population.of([*mentors, *mentees, idle]), Policy(), 1, Wish(track=Track.CAREER))

    assert [match.members[0] for match in solution.matches] == ["m1", "m1"]
    reasons = {each.id: each.reason for each in solution.unmatched}
    assert reasons.pop("m2") is WhyAlone.NO_CAPACITY
    assert reasons.pop("x") is WhyAlone.NOBODY_ALLOWED
    assert list(reasons.values()) == [WhyAlone.NOBODY_LEFT]


def test_a_mentor_for_whom_there_is_no_mentee_is_not_needed() -> None:
    people = [
        person("m1", "law", role=Role.GIVES),
        person("m2", role=Role.GIVES),
        person("t", "", "law", role=Role.TAKES),
    ]

    solution = solve(Population.of(people), Policy(), 1, Wish(track=Track.LIFE))

    assert [match.members for match in solution.matches] == [("m1", "t")]
    assert [(each.id, each.reason) for each in solution.unmatched] == [("m2", WhyAlone.NOT_NEEDED)]


@pytest.mark.parametrize("track", DIRECTED)
def test_the_way_for_many_people_comes_close_to_looking_at_everybody(
    monkeypatch: pytest.MonkeyPatch, track: Track
) -> None:
    population = Population.of(crowd(50))
    everything = solve(population, Policy(), 1, Wish(track=track))
    monkeypatch.setattr(tracks, "DENSE", 10)

    solution = solve(population, Policy(), 1, Wish(track=track))

    assert len(solution.matches) == len(everything.matches)
    assert everything.total >= solution.total >= 0.97 * everything.total
