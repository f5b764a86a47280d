"""The stand-in begins and ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

from slack_sdk import WebClient

from sandbox import Sandbox

ROOT = Path(__file__).parents[2]


def test_starting_and_stopping_leaves_nothing_behind() -> None:
    """No thread survives, and the port can be used again."""
    first = Sandbox.start()
    port = int(first.api_url.split(":")[2].split("/")[0])
    first.stop()
    second = Sandbox.start(port=port)
    second.stop()

    assert "sandbox" not in [thread.name for thread in threading.enumerate()]


def test_it_listens_on_loopback_alone(box: Sandbox) -> None:
    """One socket, bound to 127.0.0.1: nobody on the network reaches it; all its addresses say so."""
    assert [address[0] for address in box.server.addresses] == ["127.0.0.1"]
    assert box.api_url.startswith("http://127.0.0.1:") and box.page_url.startswith("http://127.0.0.1:")


def test_it_serves_from_the_command_line_until_told_to_stop() -> None:
    """`python -m sandbox` prints what an app needs and ends quietly on a signal."""
    with subprocess.Popen([sys.executable, "-m", "sandbox"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        lines = dict(program.stdout.readline().strip().split("=", 1) for _ in range(4))
        answer = WebClient(lines["TANDEM_SLACK__BOT_TOKEN"], base_url=lines["TANDEM_SLACK__API_URL"]).auth_test()
        program.send_signal(signal.SIGTERM)

    assert answer["ok"]
    assert program.returncode == 0
