"""The count of a bad day: for every message, how often it stands in Slack and what the outbox says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.db.outbox import OPEN, MessageRow
from bot.domain.messages import Destination, MessageState, Verb
from sandbox import Sandbox
from tests.faults.crowd import NAMES


@dataclass(slots=True)
class Line:
    """Messages of one kind of destination. ``lost``: neither seen by anybody nor set aside with a reason."""

    messages: int = 0
    once: int = 0
    lost: int = 0
    duplicated: int = 0
    told_alone: int = 0
    open: int = 0
    held: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Tally:
    """One line per kind of destination, calls by method, and how many of them were told to wait."""

    lines: dict[Destination, Line]
    calls: Counter[str]
    waits: int

    @property
    def open(self) -> int:
        return sum(line.open for line in self.lines.values())

    def table(self) -> str:
        """Return a table for people to read."""
        head = f"{'':<10}{'messages':>9}{'once':>7}{'lost':>6}{'twice':>7}{'alone':>7}{'held':>6}  reasons"
        rows = [
            f"{NAMES[where]:<10}{line.messages:>9}{line.once:>7}{line.lost:>6}{line.duplicated:>7}"
            f"{line.told_alone:>7}{sum(line.held.values()):>6}  {_reasons(line.held)}"
            for where, line in self.lines.items()
        ]
        methods = ", ".join(f"{name} {count}" for name, count in sorted(self.calls.items()))
        return "\n".join([head, *rows, f"calls: {methods}; answered 429: {self.waits}"])


def _reasons(held: Counter[str]) -> str:
    return ", ".join(f"{reason} {count}" for reason, count in sorted(held.items()))


def seen(box: Sandbox) -> Counter[str]:
    """Return how often each message stands in Slack, by its key; a deleted one does not."""
    return box.loop.read(lambda: Counter(filter(None, (_key(one.metadata) for one in box.hub.workspace.messages))))


def _key(metadata: dict[str, dict[str, str]] | None) -> str:
    return metadata["event_payload"]["key"] if metadata else ""


def count(box: Sandbox, rows: Iterable[MessageRow]) -> Tally:
    """Count what became of ``rows``: what people saw is asked of Slack, why something is missing of the outbox."""
    stands = seen(box)
    lines = {where: Line() for where in Destination}
    for row in rows:
        if row.verb is Verb.POST:
            _enter(lines[row.destination], row, stands[row.dedupe_key])
    done = [call for call in box.calls if call.method != "auth.test"]
    return Tally(lines, Counter(call.method for call in done), sum(call.status == 429 for call in done))


def _enter(line: Line, row: MessageRow, times: int) -> None:
    line.messages += 1
    line.once += times == 1
    line.duplicated += times > 1
    line.open += row.state in OPEN
    line.told_alone += row.error == "told_alone"
    parked = row.state in {MessageState.HELD, MessageState.FAILED}
    if parked:
        line.held[row.error or ""] += 1
    explained = parked and row.error
    line.lost += not (times or explained or row.error == "told_alone" or row.state in OPEN)


def check_nothing_lost(tally: Tally) -> None:
    """Everything has come to rest, nobody misses anything, and nobody read anything twice where it can be helped."""
    assert tally.open == 0, tally.table()
    assert all(line.lost == 0 for line in tally.lines.values()), tally.table()
    assert tally.lines[Destination.PERSON].duplicated == 0, tally.table()
    assert tally.lines[Destination.ROOM].duplicated == 0, tally.table()
