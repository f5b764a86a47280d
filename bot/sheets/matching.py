"""`tandem match`: from people.csv to matches.csv."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bot.domain.spreadsheets import as_csv
from bot.locales import Language, Words, load_texts
from bot.matching.explain import quality, reasons
from bot.matching.matches import Solution
from bot.matching.people import Format, History, Population, Track
from bot.matching.pins import PinsContradict
from bot.matching.policy import Policy
from bot.matching.solve import Wish, solve
from bot.sheets.files import write_all
from bot.sheets.orders import Orders, read_orders
from bot.sheets.people import read_past, read_people, with_thirds
from bot.sheets.progress import progress_bar
from bot.sheets.report import report_of, summary
from bot.sheets.tables import Complaint, SheetUnreadable
from bot.sheets.words import quality_word, reason_sentence

HEADER = ("match", "members", "quality", "reasons")
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Files:
    people: Path
    out: Path
    policy: Path | None = None
    history: Path | None = None
    json: Path | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    seed: int = 1
    format: Format = Format.PAIR
    track: Track = Track.PEER
    explain: bool = False
    """All reasons instead of the first three, and every term in the report for machines."""
    language: Language = Language.EN


def match_sheets(files: Files, choices: Choices) -> int:
    """Match the people of a file, write the matches, print the report; return the exit code.

    With anything wrong in the files, everything that is wrong goes to standard error, nothing is written, and it is 2.
    """
    begun = time.monotonic()
    try:
        _check_places(files, choices)
        population, orders = _read(files)
        with progress_bar(Console(stderr=True)) as watch:
            wish = Wish(choices.format, choices.track, proof=True)
            solution = solve(population, orders.policy, choices.seed, wish, watch)
        words = load_texts().for_(choices.language)
        report = report_of(population, solution, orders.policy, explain=choices.explain)
        report |= {"seed": choices.seed, "seconds": round(time.monotonic() - begun, 2), "peak_memory_mb": _peak()}
        _write(files, choices, population, solution, orders.policy, report, words)
    except SheetUnreadable as error:
        return _complain(error)
    except PinsContradict as error:
        policy = files.policy.name if files.policy else ""
        return _complain(SheetUnreadable([Complaint(policy, 0, "pins", one) for one in error.complaints]))
    except OSError as error:
        return _complain(SheetUnreadable([Complaint(str(error.filename), 0, "", str(error.strerror))]))
    sys.stdout.writelines(f"{line}\n" for line in summary(report, solution, orders.policy, words))
    return 0


def _complain(error: SheetUnreadable) -> int:
    more = len(error.complaints) - len(str(error).splitlines())
    sys.stderr.write(f"{error}\n" + (f"and {more} more\n" if more > 0 else ""))
    return 2


def _check_places(files: Files, choices: Choices) -> None:
    read = {path.resolve() for path in (files.people, files.policy, files.history) if path}
    written = [path.resolve() for path in (files.out, files.json) if path]
    if read & set(written) or len(set(written)) < len(written):
        raise SheetUnreadable([Complaint(str(files.out), 0, "", "a file would be overwritten that is still needed")])
    if choices.format is Format.CIRCLE and choices.track is not Track.PEER:
        raise SheetUnreadable([Complaint("--track", 0, "", "circles are of peers")])


def _read(files: Files) -> tuple[Population, Orders]:
    """Return what the files say. Raises SheetUnreadable with the complaints about all of them, or OSError."""
    people, table = read_people(files.people)
    complaints, history = table.complaints, History()
    if files.history:
        history, past = read_past(files.history, people)
        complaints = complaints + past.complaints
    orders = None
    try:
        orders = read_orders(files.policy, {person.id for person in people})
    except SheetUnreadable as error:
        complaints = complaints + list(error.complaints)
    if complaints or orders is None:
        raise SheetUnreadable(complaints)
    if table.ignored:
        sys.stderr.write(f"{table.file}: not read: {', '.join(name[:40] for name in table.ignored)}\n")
    return Population.of(with_thirds(people, history), history, orders.decisions), orders


def _write(
    files: Files,
    choices: Choices,
    population: Population,
    solution: Solution,
    policy: Policy,
    report: dict[str, object],
    words: Words,
) -> None:
    contents = {files.out: as_csv(HEADER, _rows(choices, population, solution, policy, words))}
    if files.json:
        contents[files.json] = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    write_all(contents)


def _rows(
    choices: Choices, population: Population, solution: Solution, policy: Policy, words: Words
) -> Iterator[tuple[str, str, str, str]]:
    people = {person.id: person for person in population.people}
    most = sys.maxsize if choices.explain else MOST_REASONS
    for number, match in enumerate(solution.matches, start=1):
        why = [reason_sentence(one, people, words) for one in reasons(match, people, policy, most=most)]
        yield str(number), ";".join(match.members), quality_word(quality(match, policy), words), "; ".join(why)


def _peak() -> float | None:
    """Return how many megabytes this process needed at most; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)
