from __future__ import annotations

import numpy as np
import pytest

from benchmarks.matching_people import company
from bot.matching import floor
from bot.matching.candidates import best_candidates
from bot.matching.floor import Floor, raised
from bot.matching.graph import Graph, chosen
from bot.matching.judge import judge_of
from bot.matching.pairs import Paired, best_pairs
from bot.matching.policy import Policy
from bot.matching.rings import ALONE
from bot.matching.solve import nobody_watches

LOSS = 0.005
"""How much of the total may be given up for the worst pair."""


def field(people: int, seed: int) -> tuple[Graph, np.ndarray[tuple[int], np.dtype[np.int16]], Paired]:
    """Return a made-up company's graph, what every pair fits, and its best pairs."""
    judge = judge_of(company(people, seed), Policy(), seed)
    allowed = best_candidates(judge, nobody_watches)
    allowed = allowed.only(allowed.broken == 0)
    graph = allowed.graph(judge, np.zeros(len(allowed.fit), dtype=np.int64))
    return graph, allowed.fit, best_pairs(graph)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pairing_only_those_anew_whom_the_floor_parts_costs_next_to_nothing(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """As high a floor as pairing everybody anew finds, for a total that is lower by a ten-thousandth at most."""
    graph, fit, paired = field(floor.MANY + 100, seed)
    nearby = raised(graph, fit, paired, LOSS)
    monkeypatch.setattr(floor, "MANY", graph.size)
    anew = raised(graph, fit, paired, LOSS)

    def total(found: Floor) -> int:
        return int(fit[chosen(graph, found.partner)].sum())

    assert nearby.height == anew.height > int(fit[chosen(graph, paired.partner)].min())
    assert total(nearby) >= 0.9999 * total(anew)
    assert (nearby.partner != ALONE).all()
    assert int(fit[chosen(graph, nearby.partner)].min()) >= nearby.height
