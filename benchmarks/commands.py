"""What a stored `/tandem note` costs beside a command that does nothing.

Both are the same signed slash command, served by the guard and Bolt under gunicorn. One is the real `tandem run` and
keeps the note: in a SQLite file, sealed, with full sync, once per trigger. The other acks. Both have one worker
process, as `tandem run` has with SQLite. The load comes from a process of its own, in rounds A B A B, bounded by
count. Loopback only.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bot.clock.clock import DemoClock
from demo.town import ROOM, Town, play_settings
from sandbox import Sandbox

HERE = Path(__file__).parent
GOAL_SHARE, GOAL_P99 = 0.60, 100.0  # of the idle command's rate; milliseconds
WORKERS, THREADS = 1, 32
NOTE = "Finished the outline of the talk and asked two colleagues to read it"


@dataclass(slots=True)
class Figures:
    """Requests per second of each round, and the milliseconds of every request."""

    name: str
    rates: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    def percentile(self, share: float) -> float:
        return sorted(self.waits)[int(len(self.waits) * share)]

    def line(self) -> str:
        spread = f"({min(self.rates):.0f}–{max(self.rates):.0f})"
        times = "   ".join(f"p{share:.0%}".rstrip("%") + f" {self.percentile(share):5.1f} ms" for share in (0.5, 0.99))
        return f"{self.name:<24}{self.rate:>6.0f}/s {spread:<13} {times}"


@dataclass(frozen=True, slots=True)
class Target:
    """A running server and the command it gets."""

    port: int
    secret: str
    form: Mapping[str, str]
    expects: str

    def fire(self, connections: int, count: int, run: str) -> dict[str, Any]:
        """Send ``count`` commands; return how long it took in all and each, in seconds."""
        order = {"port": self.port, "secret": self.secret, "form": dict(self.form), "expects": self.expects}
        order |= {"connections": connections, "count": count, "run": run}
        ran = subprocess.run(
            [sys.executable, str(HERE / "load.py")],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise SystemExit(ran.stderr)
        return dict(json.loads(ran.stdout))


def environment(box: Sandbox, town: Town, port: int) -> dict[str, str]:
    keys = town.settings.security.keys
    return os.environ | {
        "PYTHONPATH": str(HERE.parent),
        "TANDEM_SLACK__MODE": "http",
        "TANDEM_SLACK__BOT_TOKEN": box.bot_token,
        "TANDEM_SLACK__SIGNING_SECRET": box.signing_secret,
        "TANDEM_SLACK__API_URL": box.api_url,
        "TANDEM_DATABASE__URL": town.settings.database.url,
        "TANDEM_SECURITY__KEYS": keys.get_secret_value() if keys else "",
        "TANDEM_SERVER__PORT": str(port),
        "TANDEM_SERVER__WORKERS": str(WORKERS),
        "TANDEM_SERVER__THREADS": str(THREADS),
        "TANDEM_LOGGING__LEVEL": "ERROR",
    }


def furnished(box: Sandbox, url: str) -> Town:
    """Set up a programme with one participant and take the bot down again."""
    box.add_person("olga", name="Olga Brandt", admin=True)
    box.add_person("mira", name="Mira Vogel")
    box.add_channel(ROOM, private=True, members=["olga"], bot_in=True)
    town = Town(box, DemoClock(datetime.now(UTC)), play_settings(box, url, "http"), "http")
    town.says("olga", "/tandem-admin setup", ROOM)
    town.submits("olga", {"name": "Growing together", "purpose": "Learn from each other"})
    town.says("mira", "/tandem join")
    town.submits("mira", {})
    town.submits("mira", {"offers": "writing", "wants": "public speaking", "languages": ["en"]})
    town.stop_bot()
    return town


@contextmanager
def served(command: list[str], environ: Mapping[str, str], port: int) -> Iterator[None]:
    """Run a server until the block is left; it has answered once before the block begins."""
    with subprocess.Popen(command, env=dict(environ), cwd=HERE, start_new_session=True) as process:
        try:
            _wait_for(port, process)
            yield
        finally:
            process.terminate()
            process.wait(15)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            try:
                connection.request("GET", "/readyz")
            except ConnectionRefusedError:
                continue
            if connection.getresponse().status == 200:
                return
    raise SystemExit("the server did not start")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def measure(note: Target, idle: Target, options: argparse.Namespace) -> tuple[Figures, Figures]:
    """Fire in turn at both, ``rounds`` times each, after one warm-up round."""
    kept, nothing = Figures("stored /tandem note"), Figures("command doing nothing")
    for number in range(options.rounds + 1):
        for figures, target in ((kept, note), (nothing, idle)):
            shots = target.fire(options.connections, options.count, f"{figures.name}.{number}")
            if number:
                figures.rates.append(options.count / shots["took"])
                figures.waits += [1000 * seconds for seconds in shots["seconds"]]
    return kept, nothing


def report(kept: Figures, nothing: Figures, options: argparse.Namespace) -> bool:
    share, tail = kept.rate / nothing.rate, kept.percentile(0.99)
    reached = share >= GOAL_SHARE and tail < GOAL_P99
    load = f"load {options.load:.1f} before, {os.getloadavg()[0]:.1f} after"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {load}")
    print(
        f"{options.connections} connections, {options.rounds} rounds of {options.count}, {WORKERS} × {THREADS} threads"
    )
    print(kept.line())
    print(nothing.line())
    print(f"share {share:.0%} (goal {GOAL_SHARE:.0%}), p99 {tail:.0f} ms (goal under {GOAL_P99:.0f} ms)")
    print("goal reached" if reached else "goal missed")
    return reached


def notes_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM note").fetchone()[0])


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--count", type=int, default=1500, help="requests in a round")
    options = parser.parse_args()
    options.load = os.getloadavg()[0]
    return options


def main() -> None:
    options = read_options()
    with tempfile.TemporaryDirectory() as folder, Sandbox.start() as box:
        path = Path(folder) / "tandem.db"
        town = furnished(box, f"sqlite:///{path}")
        mira = box.person("mira")
        form = {"team_id": box.team_id, "user_id": mira.id, "channel_id": "D1", "channel_name": "directmessage"}
        form |= {"command": "/tandem", "text": f"note {NOTE}", "api_app_id": box.app_id}
        note, idle = (Target(free_port(), box.signing_secret, form, said) for said in ("Saved", "kept"))
        environ = environment(box, town, note.port)
        serve_idle = [sys.executable, "-m", "gunicorn", "idle:application()", "--bind", f"127.0.0.1:{idle.port}"]
        serve_idle += ["--workers", str(WORKERS), "--threads", str(THREADS), "--worker-class", "gthread"]
        serve_idle += ["--no-control-socket", "--log-level", "error"]
        with (
            served([sys.executable, "-m", "bot", "run"], environ, note.port),
            served(serve_idle, environ, idle.port),
        ):
            kept, nothing = measure(note, idle, options)
        stored, sent = notes_in(path), options.count * (options.rounds + 1)
    report(kept, nothing, options)
    if stored != sent:
        raise SystemExit(f"{sent} notes were answered and {stored} are stored")


if __name__ == "__main__":
    main()
