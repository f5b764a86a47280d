"""The best pairs in a graph of allowed pairs."""

from __future__ import annotations

from collections.abc import Mapping

Pair = tuple[int, int]
"""Two different people by their number, the smaller one first."""

Weights = Mapping[Pair, int]
"""The allowed pairs and what each is worth; a pair that is missing here may not be matched."""


def best_pairs(weights: Weights) -> list[Pair]:
    """Return disjoint pairs in ascending order: as many as possible, and of those the choice with the largest sum."""
    import rustworkx

    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph()
    graph.extend_from_weighted_edge_list([(a, b, weight) for (a, b), weight in weights.items()])
    chosen = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted((min(pair), max(pair)) for pair in chosen)


def perfect_sum(weights: Weights, people: int) -> int | None:
    """Return the largest sum of disjoint pairs that take in all `people`; None if there is no such choice."""
    pairs = best_pairs(weights)
    return sum(weights[pair] for pair in pairs) if 2 * len(pairs) == people else None


def without(weights: Weights, gone: frozenset[int]) -> Weights:
    return {(a, b): weight for (a, b), weight in weights.items() if a not in gone and b not in gone}


def islands(people: frozenset[int], weights: Weights) -> list[frozenset[int]]:
    """Return the sets of people among whom a chain of allowed pairs leads from everyone to everyone."""
    import rustworkx

    numbers = sorted(people)
    node = {person: index for index, person in enumerate(numbers)}
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph()
    graph.add_nodes_from(numbers)
    graph.add_edges_from_no_data([(node[a], node[b]) for a, b in weights])
    found = rustworkx.connected_components(graph)
    return sorted((frozenset(numbers[index] for index in island) for island in found), key=min)
