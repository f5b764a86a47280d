from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from bot.matching import certificate, groups
from bot.matching.candidates import all_pairs
from bot.matching.certificate import proven_bound
from bot.matching.judge import Judge, judge_of
from bot.matching.pairs import best_pairs
from bot.matching.people import Population, Track
from bot.matching.policy import Policy
from bot.matching.solve import Wish, nobody_watches, solve
from tests.unit.matching_people import crowd, populations

POLICY = Policy()


def allowed_weights(judge: Judge) -> list[tuple[int, int, float]]:
    pairs = all_pairs(judge)
    priority = judge.scorer.priority()
    worth = pairs.fit + priority[pairs.first] + priority[pairs.second]
    rows = (pairs.broken == 0).nonzero()[0]
    return [(int(pairs.first[row]), int(pairs.second[row]), float(worth[row])) for row in rows]


@settings(max_examples=60, deadline=None)
@given(populations(least=2, most=12))
def test_prices_of_nothing_at_all_are_raised_until_they_bound_every_pair(population: Population) -> None:
    """Whatever prices it begins with, twice the best pair of everybody is never above what it calls proven."""
    judge = judge_of(population, POLICY, 1)

    bound = proven_bound(judge, judge.scorer.priority().astype(np.float64), nobody_watches)

    pairs = all_pairs(judge)
    clean = pairs.only(pairs.broken == 0)
    paired = best_pairs(clean.graph(judge, np.zeros(len(clean), dtype=np.int64)))
    matched = {(a, b) for a, b in enumerate(paired.partner.tolist()) if b > a}
    assert bound is not None
    assert bound >= sum(worth for a, b, worth in allowed_weights(judge) if (a, b) in matched) - 1e-6


def test_the_proof_compares_everybody_with_everybody_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "ROWS", 7)
    monkeypatch.setattr(certificate, "COLUMNS", 5)
    population = Population.of(crowd(60))
    exact = solve(population, POLICY, 1)
    monkeypatch.setattr(groups, "DENSE", 20)

    solution = solve(population, POLICY, 1, Wish(proof=True))

    assert exact.bound is not None
    assert solution.bound is not None
    assert solution.bound >= exact.bound - 1
    assert solution.total >= 0.95 * solution.bound


def test_no_bound_is_claimed_for_a_directed_track() -> None:
    judge = judge_of(Population.of(crowd(4)), POLICY, 1, Track.CAREER)

    assert proven_bound(judge, np.zeros(4), nobody_watches) is None
