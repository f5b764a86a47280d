"""The real command as a process of its own, and what a stand-in Slack has to tell it."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bot.config import Settings
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
LOOPBACK = "127.0.0.1"
_PORTS = itertools.cycle(range(10_000 + os.getpid() * 37 % 20_000, 32_000))


class Program:
    """`tandem …` as a child process; what it writes is collected by a thread that tells whoever waits."""

    def __init__(self, *arguments: str, environ: Mapping[str, str], folder: Path, module: str | None = "bot") -> None:
        self._heard = threading.Condition()
        self._lines: list[str] = []
        self._silent = False
        self.process = subprocess.Popen(
            [sys.executable, *(("-m", module) if module else ()), *arguments],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "100", **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._note(line)
        self._note(None)

    def _note(self, line: str | None) -> None:
        with self._heard:
            if line is None:
                self._silent = True
            else:
                self._lines.append(line)
            self._heard.notify_all()

    @property
    def output(self) -> str:
        with self._heard:
            return "".join(self._lines)

    def says(self, text: str) -> bool:
        """Wait until it has written ``text``; False when it ends without."""
        with self._heard:
            self._heard.wait_for(lambda: self._silent or any(text in line for line in self._lines), PATIENCE)
            return any(text in line for line in self._lines)

    def ends(self, seconds: float = PATIENCE) -> int:
        """Wait for its end and return the exit code, negative for a signal."""
        code = self.process.wait(seconds)
        self._listener.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def stop(self, seconds: float = PATIENCE) -> int:
        """Ask it to stop (SIGTERM) and return its exit code. Raises TimeoutExpired when that takes too long."""
        self.process.send_signal(signal.SIGTERM)
        return self.ends(seconds)

    @property
    def code(self) -> int | None:
        """The exit code; None while it runs."""
        return self.process.returncode

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.code is None:
            self.process.kill()
            self.ends()


@contextmanager
def program(*arguments: str, environ: Mapping[str, str], folder: Path, module: str | None = "bot") -> Iterator[Program]:
    """Start `tandem …` (or plain Python, without a module) in a folder; it does not outlive the block."""
    running = Program(*arguments, environ=environ, folder=folder, module=module)
    try:
        yield running
    finally:
        running.kill()


def variables(settings: Settings, **more: object) -> dict[str, str]:
    """Return the environment that configures a process as ``settings`` do; ``more`` is variables without TANDEM_."""
    found = {
        f"TANDEM_{section}__{name}".upper(): _text(value)
        for section, values in settings.model_dump(exclude_defaults=True).items()
        for name, value in values.items()
    }
    return found | {f"TANDEM_{name}": str(value) for name, value in more.items()}


def _text(value: Any) -> str:
    return str(value.get_secret_value() if hasattr(value, "get_secret_value") else value)


def free_port() -> int:
    """Return a port nobody listens at, each time another one.

    It lies below those that the system hands out by itself, and other test processes begin their search elsewhere:
    nobody takes it before the program is up.
    """
    return next(port for port in _PORTS if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex((LOOPBACK, port)) != 0


def get(port: int, path: str) -> int:
    """Return the HTTP status of one GET on loopback."""
    connection = HTTPConnection(LOOPBACK, port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()
