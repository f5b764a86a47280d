"""How long an ack takes while Slack takes five seconds for every call: 300 commands at once, the bar is R8's 500 ms.

`python -m benchmarks.acks`. The real `tandem run` over signed HTTP on SQLite. The owner's command needs two look-ups
at Slack, so it is acked with nothing and answered later; the participant's is answered in the ack. Loopback only.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.commands import Target, environment, free_port, furnished, served
from demo.town import ROOM
from sandbox import Sandbox

COUNT, SECONDS, GOAL = 300, 5.0, 500.0  # commands at once; seconds a call to Slack takes; milliseconds
LINES = (("mira", "/tandem help"), ("olga", "/tandem-admin status"))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Sandbox.start() as box:
        town = furnished(box, f"sqlite:///{Path(folder) / 'tandem.db'}")
        port = free_port()
        with served([sys.executable, "-m", "bot", "run"], environment(box, town, port), port):
            for who, line in LINES:
                fire(box, port, who, line, 10)
            box.faults.add(method="*", kind="slow", seconds=SECONDS, times=None)
            tails = [report(line, fire(box, port, who, line, COUNT)) for who, line in LINES]
            box.faults.clear()
    print(
        f"load {os.getloadavg()[0]:.1f}; goal p99 under {GOAL:.0f} ms: {'reached' if max(tails) < GOAL else 'missed'}"
    )


def fire(box: Sandbox, port: int, who: str, line: str, count: int) -> list[float]:
    """Send one command ``count`` times at once; return the milliseconds to each ack, sorted."""
    command, _, text = line.partition(" ")
    place = box.channel(ROOM).id
    form = {"team_id": box.team_id, "user_id": box.person(who).id, "channel_id": place, "channel_name": "privategroup"}
    form |= {"command": command, "text": text, "api_app_id": box.app_id}
    shots = Target(port, box.signing_secret, form, "").fire(count, count, f"{line}.{count}")
    return sorted(1000 * seconds for seconds in shots["seconds"])


def report(line: str, waits: list[float]) -> float:
    """Print what was measured; return the 99th percentile in milliseconds."""
    half, tail = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    print(
        f"{line:<22} {len(waits)} at once, each call to Slack {SECONDS:.0f} s: ack p50 {half:.0f} ms, p99 {tail:.0f} ms"
    )
    return tail


if __name__ == "__main__":
    main()
