"""What a matching run was worth, in figures: for the terminal and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bot.locales import Words
from bot.matching.explain import quality
from bot.matching.matches import Match, Solution
from bot.matching.people import Population
from bot.matching.policy import Policy
from bot.matching.score import TermKind
from bot.sheets.words import quality_word, relaxed_rule, why_alone

WORST = 10
SHOWN = 20


def report_of(population: Population, solution: Solution, policy: Policy, *, explain: bool) -> dict[str, Any]:
    """Return counts, totals, the bound, the worst tenth, who is unmatched and why, and which rules were relaxed."""
    report: dict[str, Any] = {
        "people": len(population),
        "matches": len(solution.matches),
        "matched_people": len({member for match in solution.matches for member in match.members}),
        "sizes": {
            str(size): times for size, times in sorted(Counter(len(m.members) for m in solution.matches).items())
        },
        "quality": dict(sorted(Counter(str(quality(match, policy)) for match in solution.matches).items())),
        "total": round(solution.total, 3),
        "optimal": solution.optimal,
        "upper_bound": None if solution.bound is None else round(max(solution.bound, solution.total), 3),
        "share_of_bound": _share(solution),
        "floor": solution.floor,
        "worst_tenth": _worst(solution.matches),
        "unmatched": [{"id": one.id, "reason": str(one.reason)} for one in solution.unmatched],
        "relaxed": [
            {"members": list(match.members), "rules": [str(rule) for rule in match.relaxed]}
            for match in solution.matches
            if match.relaxed
        ],
        "refused_pins": [sorted(pin) for pin in solution.refused_pins],
    }
    if explain:
        report["explained"] = [_explained(match) for match in solution.matches]
    return report


def _share(solution: Solution) -> float | None:
    if solution.optimal:
        return 1.0
    if solution.bound is None or solution.bound <= 0:
        return None
    return round(min(solution.total / solution.bound, 1.0), 6)


def _worst(matches: Iterable[Match]) -> dict[str, float] | None:
    fits = sorted(match.fit for match in matches)
    worst = fits[: max(1, len(fits) // WORST)]
    return {"least": round(worst[0], 3), "average": round(sum(worst) / len(worst), 3)} if worst else None


def _explained(match: Match) -> dict[str, Any]:
    return {
        "members": list(match.members),
        "pairs": [
            {
                "members": [one, other],
                "score": each.total,
                "terms": {
                    **{str(kind): points for kind, points in zip(TermKind, each.points, strict=True) if points},
                    **({"waiting": each.waiting} if each.waiting else {}),
                },
            }
            for one, other, each in match.pairs()
        ],
    }


def summary(report: dict[str, Any], solution: Solution, policy: Policy, words: Words) -> Iterator[str]:
    """Yield the lines that an owner reads after a run."""
    counts = Counter(quality(match, policy) for match in solution.matches)
    said = ", ".join(f"{times} {quality_word(which, words)}" for which, times in sorted(counts.items()))
    yield words("{matches} matches for {people} people").format(
        matches=report["matches"], people=report["matched_people"]
    ) + (f": {said}" if said else "")
    yield _worth(report, words)
    if report["worst_tenth"]:
        yield words("Worst tenth: {average} points on average, {least} at least").format(
            average=words.number(round(report["worst_tenth"]["average"], 1)),
            least=words.number(round(report["worst_tenth"]["least"], 1)),
        )
    yield from _lists(solution, words)
    yield words("{seconds} s, {memory} MB at most").format(
        seconds=words.number(report["seconds"]), memory=words.number(report["peak_memory_mb"] or 0)
    )


def _worth(report: dict[str, Any], words: Words) -> str:
    total = words.number(report["total"])
    if report["optimal"]:
        return words("Total: {total} points, the most there can be").format(total=total)
    if report["share_of_bound"] is None:
        return words("Total: {total} points").format(total=total)
    return words("Total: {total} points, at least {share} % of the most there can be").format(
        total=total, share=words.number(int(report["share_of_bound"] * 100_000) / 1000)
    )


def _lists(solution: Solution, words: Words) -> Iterator[str]:
    yield from _listed(
        words("Without a match:"), [f"{one.id}: {why_alone(one.reason, words)}" for one in solution.unmatched], words
    )
    relaxed = [
        f"{' + '.join(match.members)}: {', '.join(relaxed_rule(rule, words) for rule in match.relaxed)}"
        for match in solution.matches
        if match.relaxed
    ]
    yield from _listed(words("Rules that were relaxed:"), relaxed, words)
    refused = [" + ".join(sorted(pin)) for pin in solution.refused_pins]
    yield from _listed(words("Pins without a suitable match:"), refused, words)


def _listed(title: str, lines: list[str], words: Words) -> Iterator[str]:
    if lines:
        yield title
        yield from (f"  {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield "  " + words("and {count} more").format(count=len(lines) - SHOWN)
