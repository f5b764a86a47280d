"""A bar on the terminal for whatever takes longer than a second."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeElapsedColumn

PATIENCE = 1.0
"""Seconds before it shows."""


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[float], None]]:
    """Yield whom to tell the share that is done; without a terminal nothing is shown."""
    bar = Progress(
        BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), console=console, transient=True, refresh_per_second=5
    )
    task = bar.add_task("", total=1.0)
    timer = threading.Timer(PATIENCE, bar.start)
    timer.daemon = True
    if console.is_terminal:
        timer.start()
    try:
        yield lambda share: bar.update(task, completed=share)
    finally:
        timer.cancel()
        if timer.is_alive():
            timer.join()
        if bar.live.is_started:
            bar.stop()
