"""The full form: thousands of messages, everything that can go wrong at Slack, a worker killed in the middle.

`make faults`, or `python -m tests.faults.full --messages 2000 --on sqlite`. It prints one table for each kind of
installation and ends with an error if a message was lost, or a direct message came twice.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.db import migrate
from bot.db.session import open_engine
from bot.domain.messages import Destination, MessageKind
from sandbox import Sandbox
from tests.conftest import postgres_copy, running_postgres
from tests.faults.crowd import Sizes
from tests.faults.station import Station, kill, station, until
from tests.faults.tally import Tally

# Kind of fault on chat.postMessage, its chance, and how long it lasts where it does (a call waits TIMEOUT).
TIMEOUT = 3
FAULTS = (
    ("429", 0.03, 0.0),
    ("500_before", 0.02, 0.0),
    ("500_after", 0.02, 0.0),
    ("hang", 0.003, TIMEOUT + 2.0),
    ("late", 0.003, TIMEOUT + 2.0),
    ("reset", 0.004, 0.0),
    ("reset_after", 0.004, 0.0),
    ("truncated", 0.003, 0.0),
    ("html", 0.003, 0.0),
    ("internal_error", 0.003, 0.0),
)
WAITS = {
    "SLACK__TIMEOUT_SECONDS": TIMEOUT,
    "DELIVERY__SETTLE_SECONDS": 4,
    "DELIVERY__LEASE_SECONDS": 12,
    "DELIVERY__PLAN_SECONDS": 15,
    "DELIVERY__TICK_SECONDS": 0.2,
    "DELIVERY__MESSAGES_PER_SECOND": 50,
}
PER_PERSON = 4  # direct messages each person gets
LIMIT = 3_000.0  # seconds until one installation must have come to rest


@dataclass(frozen=True, slots=True)
class Mix:
    """How many messages go where. Most go to one person; each pair gets one, each room a number of them."""

    direct: int
    groups: int
    rooms: int

    @classmethod
    def of(cls, messages: int) -> Mix:
        groups, rooms = messages // 20, messages // 25
        return cls(messages - groups - rooms, groups, rooms)

    @property
    def sizes(self) -> Sizes:
        return Sizes(people=max(self.direct // PER_PERSON, 2 * self.groups), pairs=self.groups, rooms=20)


def break_slack(box: Sandbox, chance: float = 1.0) -> None:
    """Let every fault strike by chance from now on; look-ups fail now and then, too."""
    for kind, share, seconds in FAULTS:
        box.faults.add(
            method="chat.postMessage", kind=kind, times=None, chance=chance * share, retry_after=1, seconds=seconds
        )
    for kind in ("500_before", "reset"):
        box.faults.add(method="conversations.history", kind=kind, times=None, chance=chance * 0.02)


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Keep a fresh, migrated database of ``kind`` while the block lasts."""
    if kind == "postgres":
        with running_postgres() as server, postgres_copy(server) as url:
            yield url
        return
    url = f"sqlite:///{folder / 'tandem.db'}"
    engine = open_engine(url)
    migrate.upgrade(engine)
    engine.dispose()
    yield url


def furnish(place: Station, mix: Mix) -> None:
    """Put all messages, every kind of destination mixed, due at once."""
    for kind, number in (
        (MessageKind.OWNER_JOINED, mix.rooms),
        (MessageKind.INTRODUCTION, mix.groups),
        (MessageKind.CHEER, mix.direct),
    ):
        place.crowd.put(place.database, kind, number)


def endure(place: Station, mix: Mix, workers: int) -> tuple[Tally, float]:
    """Send everything with ``workers`` processes, one killed half-way and replaced; return count and seconds."""
    break_slack(place.box)
    place.box.limits.burst = 1  # one message a second and channel, or it is a violation
    start = time.monotonic()
    running = [place.start() for _ in range(workers)]
    half = (mix.direct + mix.groups + mix.rooms) // 2
    if not until(lambda: place.posted() >= half, LIMIT, every=0.5):
        raise SystemExit(f"not even half was sent within {LIMIT:.0f} s\n{place.count().table()}")
    kill(running[0])
    place.start()
    rested = place.rested(LIMIT)
    took = time.monotonic() - start
    if not rested:
        sys.stdout.write("not everything came to rest in time\n")
    return place.count(), took


def run(kind: str, workers: int, mix: Mix) -> bool:
    """Run one installation, print its table, and say whether nothing was lost and no direct message came twice."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with database(kind, folder) as url, station(url, folder, mix.sizes, WAITS) as place:
            furnish(place, mix)
            tally, seconds = endure(place, mix, workers)
            struck = sum(fault.struck for fault in place.box.faults.waiting)
            early = place.box.limits.refused
    sys.stdout.write(f"\n{kind}, {workers} worker{'s' * (workers > 1)}, one killed (SIGKILL) half-way\n")
    sys.stdout.write(f"{tally.table()}\nfaults: {struck}; calls that came too early: {early}; {seconds:.0f} s\n")
    sys.stdout.flush()
    return not (tally.open or any(line.lost for line in tally.lines.values())) and not (
        tally.lines[Destination.PERSON].duplicated or tally.lines[Destination.ROOM].duplicated
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--on", nargs="*", default=["sqlite:1", "postgres:2", "postgres:4"], help="database:workers")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # its processes do not outlive it
    mix = Mix.of(options.messages)
    load = os.getloadavg()[0]
    sys.stdout.write(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.0f}; "
        f"{mix.direct} direct messages, {mix.groups} to groups, {mix.rooms} to channels\n"
    )
    kinds = [(name, int(workers or 1)) for name, _, workers in (one.partition(":") for one in options.on)]
    passed = [run(kind, workers, mix) for kind, workers in kinds]  # all of them, whatever the first one brings
    if not all(passed):
        raise SystemExit("something was lost, or came twice where it must not")


if __name__ == "__main__":
    main()
