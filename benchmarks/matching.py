"""The matching beside its referees, and from a spreadsheet to matches, for several sizes and seeds.

    python -m pip install -r benchmarks/requirements.txt      networkx and PyMatching, only for this
    python benchmarks/matching.py [--seeds 1 2 3] [--only dense sparse 3000 fair sheets] [--sizes 10000 30000 100000]

The people come from matching_people.py. In the first parts every solver gets the same graph and the answers are
compared; times are the median of the seeds, ratios are medians of the ratios within one seed. In the last part
`tandem match` runs as a process of its own on CSV files, with seconds on the wall, seconds of the processor and peak
memory as the operating system counts them; every match is then asked again whether it breaks a rule.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.matching_people import company
from bot.matching.candidates import all_pairs
from bot.matching.facing import Facing
from bot.matching.graph import POINT, Graph, worth
from bot.matching.judge import judge_of
from bot.matching.pairs import best_pairs, matched
from bot.matching.people import Population
from bot.matching.policy import Policy
from bot.matching.rings import ALONE
from bot.matching.rules import Rule
from bot.matching.solve import solve

PARTS = ("dense", "sparse", "3000", "fair", "sheets")
POLICY = Policy()


@dataclass(slots=True)
class Race:
    """Seconds, worth and people left over of every solver, a number per seed."""

    name: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    points: dict[str, list[float]] = field(default_factory=dict)
    left: dict[str, list[int]] = field(default_factory=dict)

    def run(self, solver: str, graph: Graph, solved: Callable[[Graph], np.ndarray[Any, Any]]) -> None:
        begun = time.perf_counter()
        partner = solved(graph)
        self.seconds.setdefault(solver, []).append(time.perf_counter() - begun)
        self.points.setdefault(solver, []).append(worth(graph, partner) / POINT)
        self.left.setdefault(solver, []).append(int((partner == ALONE).sum()))

    def rows(self, exact: str) -> Iterator[str]:
        for solver, seconds in self.seconds.items():
            ratio = statistics.median(a / b for a, b in zip(seconds, self.seconds["tandem"], strict=True))
            share = min(100 * a / b for a, b in zip(self.points[solver], self.points[exact], strict=True))
            times = f"{statistics.median(seconds):.4f} s"
            yield f"| {self.name} | {solver} | {times} | {ratio:.1f} × | {share:.4f} % | {max(self.left[solver])} |"


def graph_of(population: Population, seed: int, best: int | None = None) -> Graph:
    """Return the graph of all allowed pairs, or of the `best` of everybody."""
    judge = judge_of(population, POLICY, seed)
    pairs = all_pairs(judge)
    pairs = pairs.only(pairs.broken == 0)
    graph = pairs.graph(judge, np.zeros(len(pairs), dtype=np.int64))
    if best is None:
        return graph
    rows = graph.rows()
    least = np.full(graph.size, -np.inf)
    for person in range(graph.size):
        weights = rows.weight[rows.of(person)]
        if len(weights) > best:
            least[person] = np.partition(weights, -best)[-best]
    return graph.only((graph.weight >= least[graph.first]) | (graph.weight >= least[graph.second]))


def with_networkx(graph: Graph) -> np.ndarray[Any, Any]:
    import networkx as nx

    network = nx.Graph()
    weights = graph.weight.astype(np.int64).tolist()
    network.add_weighted_edges_from(zip(graph.first.tolist(), graph.second.tolist(), weights, strict=True))
    return _partners(graph.size, nx.max_weight_matching(network, maxcardinality=True))


def with_pymatching(graph: Graph) -> np.ndarray[Any, Any]:
    """PyMatching decodes: with everybody an event it pairs all of them at the least weight.

    It would also pair two people by way of a third, so every pair costs so much that a way round never pays.
    """
    import pymatching

    matching = pymatching.Matching()
    most = graph.weight.max()
    for one, other, weight in zip(graph.first.tolist(), graph.second.tolist(), graph.weight.tolist(), strict=True):
        matching.add_edge(one, other, weight=float(2 * most - weight) / POINT)
    pairs = matching.decode_to_matched_dets_array(np.ones(graph.size, dtype=np.uint8))
    return _partners(graph.size, pairs.tolist())


def _partners(size: int, pairs: Any) -> np.ndarray[Any, Any]:
    partner = np.full(size, ALONE, dtype=np.int32)
    for one, other in pairs:
        partner[one], partner[other] = other, one
    return partner


def with_tandem(graph: Graph) -> np.ndarray[Any, Any]:
    return best_pairs(graph).partner


REFEREES: dict[str, Callable[[Graph], np.ndarray[Any, Any]]] = {
    "tandem": with_tandem,
    "rustworkx": matched,
    "PyMatching": with_pymatching,
    "networkx": with_networkx,
}


def race(name: str, size: int, best: int | None, solvers: Sequence[str], seeds: Sequence[int]) -> None:
    run = Race(name)
    for seed in seeds:
        graph = graph_of(company(size, seed), seed, best)
        with_tandem(graph_of(company(20, seed), seed))  # what is imported once is not measured
        for solver in solvers:
            run.run(solver, graph, REFEREES[solver])
    for row in run.rows("rustworkx"):
        print(row, flush=True)


def fairness(sizes: Sequence[int], seeds: Sequence[int]) -> None:
    for size in sizes:
        gains, shares = [], []
        for seed in seeds:
            population = company(size, seed)
            fair = solve(population, POLICY, seed)
            greedy = solve(population, POLICY.model_copy(update={"fair_loss": 0.0}), seed)
            least = [min(match.fit for match in found.matches if len(match.members) == 2) for found in (fair, greedy)]
            gains.append(least[0] - least[1])
            shares.append(100 * fair.total / greedy.total)
        told = ", ".join(f"{gain:+.0f}" for gain in gains)
        print(f"| {size} | {told} points | {min(shares):.3f} % |", flush=True)


def sheets(size: int, seeds: Sequence[int]) -> None:
    runs = [_sheet(size, seed) for seed in seeds]
    wall, used, memory, share, broken, left = (list(column) for column in zip(*runs, strict=True))
    print(
        f"| {size:,} | {statistics.median(wall):.1f} s (worst {max(wall):.1f}) | {statistics.median(used):.1f} s |"
        f" {max(memory):.0f} MB | {100 * min(share):.3f} % | {sum(broken)} | {sum(left)} |",
        flush=True,
    )


def _sheet(size: int, seed: int) -> tuple[float, float, float, float, int, int]:
    with tempfile.TemporaryDirectory() as name:
        folder, population = Path(name), company(size, seed)
        _write(folder, population)
        command = [sys.executable, "-m", "bot", "match", "people.csv", "--out", "out.csv", "--history", "past.csv"]
        command += ["--seed", str(seed), "--json", "report.json"]
        where = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=where, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        if status:
            raise SystemExit(f"tandem match ended with {status}")
        report = json.loads((folder / "report.json").read_text("utf-8"))
        with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
            groups = [row["members"].split(";") for row in csv.DictReader(file)]
    broken = _broken(population, groups)
    used = usage.ru_utime + usage.ru_stime
    return wall, used, usage.ru_maxrss / 1e3, report["share_of_bound"] or 0.0, broken, len(report["unmatched"])


def _broken(population: Population, groups: list[list[str]]) -> int:
    """Return how many pairs of the groups break a rule, and how many people are in two groups."""
    judge = judge_of(population, POLICY, 0)
    place = {person.id: index for index, person in enumerate(population.people)}
    pairs = [(place[a], place[b]) for group in groups for a, b in combinations(group, 2)]
    first, second = np.array(pairs, dtype=np.int32).T
    broken = judge.rulebook.broken(Facing(judge.columns, first, second)) & ~np.uint16(Rule.MET_BEFORE.bit)
    members = [member for group in groups for member in group]
    return int((broken > 0).sum()) + len(members) - len(set(members))


def _write(folder: Path, population: Population) -> None:
    def listed(things: frozenset[str]) -> str:
        return ";".join(sorted(things))

    def clock(minute: int) -> str:
        return f"{minute // 60:02d}:{minute % 60:02d}"

    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        head = "id offers wants goals languages department manager level work_start work_end remote style"
        writer.writerow([*head.split(), "exclude", "competes_with", "volunteer_third"])
        for one in (replace(person, work=person.work or (0, 1440)) for person in population.people):
            skills = (listed(things) for things in (one.offers, one.wants, one.goals, one.languages))
            hours = (clock(minute) for minute in one.work or ())
            private = (listed(one.exclude), listed(one.competes_with), "yes" if one.volunteer_third else "")
            style = ";".join(map(str, one.style or ()))
            writer.writerow(
                [one.id, *skills, one.department, one.manager, one.level, *hours, one.site, style, *private]
            )
    with (folder / "past.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["a", "b", "weeks_ago"])
        writer.writerows([*sorted(pair), weeks] for pair, weeks in population.history.weeks_ago.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    chosen = parser.parse_args()
    load = "/".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load}\n")
    if {"dense", "sparse", "3000"} & set(chosen.only):
        print("| same graph | solver | seconds | tandem is faster by | least share of the optimum | left over |")
        print("|---|---|---|---|---|---|")
    if "dense" in chosen.only:
        race("300, all pairs", 300, None, list(REFEREES), chosen.seeds)
        race("1,000, all pairs", 1000, None, ["tandem", "rustworkx", "PyMatching"], chosen.seeds)
    if "sparse" in chosen.only:
        race("1,000, best 20 each", 1000, 20, list(REFEREES), chosen.seeds)
    if "3000" in chosen.only:
        race("3,000, best 20 each", 3000, 20, ["tandem", "rustworkx", "PyMatching"], chosen.seeds)
    if "fair" in chosen.only:
        print("\n| people | the worst pair gains, seed by seed | at least kept of the total |\n|---|---|---|")
        fairness([100, 300, 1000], chosen.seeds)
    if "sheets" in chosen.only:
        print("\n| people | on the wall | processor | memory | proven, at least | rules broken | unmatched |")
        print("|---|---|---|---|---|---|---|")
        for size in chosen.sizes:
            sheets(size, chosen.seeds)
    print(f"\nload at the end {'/'.join(f'{each:.1f}' for each in os.getloadavg())}")


if __name__ == "__main__":
    main()
