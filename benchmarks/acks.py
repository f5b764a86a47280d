"""How long a person waits for an answer while Slack itself takes five seconds for every call (p99 under 500 ms).

The real `tandem run` over signed HTTP, with messages on their way all the time; commands come from a process of their
own. Loopback only, bounded by count.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa

from benchmarks.commands import Figures, Target, environment, free_port, furnished, served
from bot.bootstrap import open_database
from bot.db.people import PersonRow
from bot.domain.messages import MessageKind
from demo.town import Town
from sandbox import Sandbox

GOAL = 500.0  # milliseconds
SLOW = 5.0  # seconds


def keep_busy(town: Town, count: int) -> None:
    """Put messages to everybody known, so that calls to Slack hang in the air all the time."""
    database = open_database(town.settings)
    for workspace, _ in database.workspaces():
        with database.transaction(workspace) as tx:
            for person in tx.all(sa.select(PersonRow)):
                for number in range(count):
                    key = f"busy:{person.id}:{number}"
                    tx.outbox.put(MessageKind.CHEER, to=person.id, key=key, subject=person.id)
    database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--count", type=int, default=400, help="commands")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, Sandbox.start() as box:
        town = furnished(box, f"sqlite:///{Path(folder) / 'tandem.db'}")
        keep_busy(town, 50)
        form = {"team_id": box.team_id, "user_id": box.person("mira").id, "channel_id": "D1"}
        form |= {
            "channel_name": "directmessage",
            "command": "/tandem",
            "text": "note a thought",
            "api_app_id": box.app_id,
        }
        target = Target(free_port(), box.signing_secret, form, "Saved")
        figures = Figures("stored note, Slack slow")
        with served([sys.executable, "-m", "bot", "run"], environment(box, town, target.port), target.port):
            box.faults.add(method="*", kind="slow", times=None, seconds=SLOW)
            shots = target.fire(options.connections, options.count, "slow")
            hanging = sum(call.fault == "slow" for call in box.calls)
            box.faults.clear()
    figures.rates.append(options.count / shots["took"])
    figures.waits += [1000 * seconds for seconds in shots["seconds"]]
    tail = figures.percentile(0.99)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} before")
    print(figures.line())
    print(f"{hanging} calls to Slack took {SLOW:g} s meanwhile; p99 {tail:.0f} ms (goal under {GOAL:.0f} ms)")
    sys.exit(0 if tail < GOAL and hanging else 1)


if __name__ == "__main__":
    main()
