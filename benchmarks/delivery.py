"""What delivering costs: how near it comes to the allowed rate, commits, many processes at once, an idle tick, memory.

Everything runs on loopback against the stand-in Slack, which enforces its limits and counts every call that came too
early. Times are medians of rounds; what is asked for is printed beside what was reached, and a miss ends with an error.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from bot.bootstrap import Sender, build_sender
from bot.db.outbox import MessageRow
from bot.db.session import Database
from bot.domain.ids import new_id
from bot.domain.messages import Destination, MessageKind, MessageState, Verb
from bot.logs import set_up_logs
from bot.slack.passes import PAGES
from tests.faults.crowd import Sizes
from tests.faults.full import database
from tests.faults.station import BRISK, Station, station, until

RATE_GOAL, COMMITS_GOAL, TICK_GOAL, MEMORY_GOAL = 0.95, 0.2, 5.0, 120.0
STRICT_SECONDS = 1.0  # the stand-in takes no more at once than comes back in a second
OLD_ROWS = 1_000_000
STEP = 20_000
KINDS = ("sqlite", "postgres")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside what is wanted; ``most`` says whether it may not be more, or not less."""

    name: str
    value: float
    unit: str
    wanted: float | None = None
    most: bool = True

    @property
    def reached(self) -> bool:
        if self.wanted is None:
            return True
        return self.value <= self.wanted if self.most else self.value >= self.wanted

    def line(self) -> str:
        goal = "" if self.wanted is None else f"  ({'at most' if self.most else 'at least'} {self.wanted:g})"
        return f"{self.name:<58}{self.value:>10.3f} {self.unit}{goal}{'' if self.reached else '  MISSED'}"


@contextmanager
def prepared(kind: str, sizes: Sizes, **environ: object) -> Iterator[Station]:
    """Keep a station on a fresh database of ``kind`` while the block lasts."""
    with (
        tempfile.TemporaryDirectory() as name,
        database(kind, Path(name)) as url,
        station(url, Path(name), sizes, environ) as place,
    ):
        yield place


def allowed_rate(kind: str, per_second: int, seconds: int) -> list[Figure]:
    """Send for ``seconds`` through one worker to a server that refuses whatever comes too early."""
    count = per_second * seconds
    with prepared(kind, Sizes(people=count), DELIVERY__MESSAGES_PER_SECOND=per_second) as place:
        place.box.limits.per_minute["chat.postMessage"] = 60 * per_second
        place.box.limits.per_minute["users.list"] = 60 * PAGES  # its pages come together once a day
        place.box.limits.seconds, place.box.limits.burst = STRICT_SECONDS, 1
        place.crowd.put(place.database, MessageKind.CHEER, count)
        place.start(SLACK__TIMEOUT_SECONDS=10, DELIVERY__LEASE_SECONDS=60)
        if not until(lambda: place.posted() >= count, 10.0 * seconds + 60):
            raise SystemExit(f"{place.posted()} of {count} were sent")
        posts = [call.at for call in place.box.calls if call.method == "chat.postMessage" and call.done]
        took = (max(posts) - min(posts)).total_seconds()
        refused = place.box.limits.refused
    share = (count - 1) / took / per_second
    name = f"{kind}: share of {per_second} messages a second"
    return [Figure(name, share, "", RATE_GOAL, most=False), Figure(f"{kind}: calls answered 429", refused, "", 0)]


def commits(count: int, per_second: float) -> Figure:
    """Send ``count`` due messages on SQLite in this process, at a rate, and count its commits."""
    with prepared("sqlite", Sizes(people=count)) as place:
        place.crowd.put(place.database, MessageKind.CHEER, count)
        sender = hurried(place, messages_per_second=per_second)
        seen = 0

        def commit(_connection: sa.Connection) -> None:
            nonlocal seen
            seen += 1

        event.listen(sender.database.engine, "commit", commit)
        if not until(lambda: not sender.ticks.deliver() and place.states() == {MessageState.SENT: count}, 600):
            raise SystemExit(f"not everything was sent: {place.states()}")
        sender.stop()
    return Figure(f"sqlite: commits per message, {per_second:g} a second", seen / count, "", COMMITS_GOAL)


def hurried(place: Station, **more: object) -> Sender:
    """Build what sends, in this process, with the figures of the tests."""
    delivery = {name.partition("__")[2].lower(): value for name, value in BRISK.items() if name.startswith("DELIVERY")}
    settings, chosen = place.settings, place.settings.delivery.model_copy(update=delivery | more)
    return build_sender(settings.model_copy(update={"delivery": chosen}))


def many_at_once(count: int, processes: int) -> list[Figure]:
    """Let several processes on Postgres send ``count`` messages that fall due at one instant."""
    with prepared("postgres", Sizes(people=count)) as place:
        place.crowd.put(place.database, MessageKind.CHEER, count)
        start = time.monotonic()
        running = [place.begin(SLACK__TIMEOUT_SECONDS=10) for _ in range(processes)]
        if not until(lambda: place.states() == {MessageState.SENT: count}, 3_000, every=1.0):
            raise SystemExit(f"{place.states()}\n{running[0].output[-2000:]}")
        took = time.monotonic() - start
        tally = place.count()
    direct = tally.lines[Destination.PERSON]
    name = f"postgres: {count} due at one instant, {processes} processes"
    return [
        Figure(f"{name}: twice", direct.duplicated, "", 0),
        Figure(f"{name}: seconds, their start included", took, "s"),
        Figure(f"{name}: messages a second", count / took, "/s"),
    ]


def idle_tick(kind: str, rows: int, rounds: int) -> list[Figure]:
    """Measure the ticks of ``deliver`` and ``fire`` with nothing due, before and after ``rows`` old messages."""
    with prepared(kind, Sizes(people=100)) as place:
        sender = hurried(place)
        deliver: Callable[[], int] = place_delivery(sender)
        empty = median_ms(deliver, rounds)
        remember(place.database, place, rows)
        full = median_ms(deliver, rounds)
        fire = median_ms(sender.ticks.fire, rounds)
        sender.stop()
    name = f"{kind}: a tick with nothing due"
    return [
        Figure(f"{name}, empty outbox", empty, "ms"),
        Figure(f"{name}, {rows:,} old messages", full, "ms", TICK_GOAL),
        Figure(f"{name}, the tick of the slots", fire, "ms", TICK_GOAL),
    ]


def place_delivery(sender: Sender) -> Callable[[], int]:
    """Return what looks for due messages: on Postgres the queue tells, so there it is the look after the dead."""
    if sender.database.engine.dialect.name == "postgresql":
        return sender.ticks.reap
    return sender.ticks.deliver


def median_ms(step: Callable[[], int], rounds: int) -> float:
    step()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        if step():
            raise SystemExit("something was due")
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def remember(store: Database, place: Station, rows: int) -> None:
    """Put ``rows`` messages of the past into the outbox."""
    long_ago = datetime.now(UTC) - timedelta(days=20)
    insert = sa.insert(MessageRow)
    for start in range(0, rows, STEP):
        with store.engine.begin() as connection:
            connection.execute(insert, [old(place, number, long_ago) for number in range(start, start + STEP)])
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))


def old(place: Station, number: int, moment: datetime) -> Mapping[str, object]:
    person = place.crowd.people[number % len(place.crowd.people)]
    return {
        "id": new_id(),
        "workspace_id": place.crowd.workspace,
        "dedupe_key": f"old:{number}",
        "kind": MessageKind.CHEER,
        "verb": Verb.POST,
        "destination": Destination.PERSON,
        "target_id": person,
        "subject_id": person,
        "priority": 20,
        "state": MessageState.SENT,
        "made_at": moment,
        "not_before": moment,
        "attempt": 1,
        "channel": "D1",
        "ts": f"{number}.000000",
        "sent_at": moment + timedelta(seconds=number / 1000),
    }


def memory(kind: str) -> Figure:
    """Measure the resident memory of an idle worker."""
    with prepared(kind, Sizes(people=2)) as place:
        worker = place.start()
        place.crowd.put(place.database, MessageKind.CHEER, 2)
        until(lambda: place.posted() == 2)
        status = Path(f"/proc/{worker.process.pid}/status").read_text("utf-8")
    kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return Figure(f"{kind}: memory of an idle worker", kilobytes / 1024, "MB", MEMORY_GOAL)


def rates(options: argparse.Namespace) -> Iterator[Figure]:
    for kind in KINDS:
        for per_second in (4, 20):
            yield from allowed_rate(kind, per_second, options.seconds)


def ticks(options: argparse.Namespace) -> Iterator[Figure]:
    for kind in KINDS:
        yield from idle_tick(kind, options.rows, 51)


MEASURES: dict[str, Callable[[argparse.Namespace], Iterable[Figure]]] = {
    "rate": rates,
    "commits": lambda options: [commits(4 * options.seconds, 4), commits(options.count // 10, 200)],
    "tick": ticks,
    "memory": lambda _: [memory(kind) for kind in KINDS],
    "many": lambda options: many_at_once(options.count, 4),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="messages due at one instant")
    parser.add_argument("--rows", type=int, default=OLD_ROWS, help="old messages in the outbox")
    parser.add_argument("--seconds", type=int, default=60, help="how long a rate is kept")
    parser.add_argument("--only", nargs="*", choices=MEASURES, default=list(MEASURES))
    options = parser.parse_args()
    set_up_logs("WARNING", "console")
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}")
    missed = 0
    for figure in (one for name in options.only for one in MEASURES[name](options)):
        print(figure.line(), flush=True)
        missed += not figure.reached
    print(f"load at the end {os.getloadavg()[0]:.1f}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
