"""`tandem worker` or `tandem run` as a test starts it: the same command, with the long waits of the queue made short.

Real time is all that processes share, so what takes half a minute in production takes a second or two here.
"""

from __future__ import annotations

import faulthandler
import signal
from datetime import timedelta

from bot import cli
from bot.delivery import queue


def hurry() -> None:
    """Take a worker for dead after two seconds, and look for messages without a job every time others are reaped."""
    queue.DEAD, queue.POLL = 2.0, 0.1
    queue.SWEEP = timedelta(seconds=3)


if __name__ == "__main__":
    faulthandler.register(signal.SIGUSR1)  # says where every thread stands
    hurry()
    cli.main()
