"""Whose turn it is to write to a SQLite file: one thread of one process at a time, in the order they came.

SQLite itself would keep them apart, but by looking again after ever longer pauses, and the unlucky look for a second.
"""

from __future__ import annotations

import fcntl
import os
import threading
from types import TracebackType
from typing import Self


class Turns:
    """A re-entrant lock for all threads of all processes that open the same ``path``; a dead process lets go of it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._threads = threading.RLock()
        self._depth = 0
        self._file: int | None = None

    def __enter__(self) -> Self:
        self._threads.acquire()
        self._depth += 1
        if self._depth == 1:
            fcntl.flock(self._opened(), fcntl.LOCK_EX)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            fcntl.flock(self._opened(), fcntl.LOCK_UN)
        self._threads.release()

    def _opened(self) -> int:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._file
