"""Logs by allow-list: ids, verbs, durations. A key that is not named here does not get out, at any level.

Lines of libraries take the same way: their place, their template and the kind of error get out, what they filled in
does not. A traceback keeps its places and loses its sentences, because they quote what somebody wrote.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        "attempt",
        "count",
        "error",
        "event",
        "kind",
        "level",
        "message",
        "mode",
        "name",
        "place",
        "port",
        "reason",
        "state",
        "status",
        "tick",
        "timestamp",
        "version",
    }
)
QUIET = {
    "apscheduler": logging.ERROR,  # a tick that outlasts its interval is no news: the next one continues
    "slack_sdk": logging.CRITICAL,  # what goes wrong with a call is written down by whoever made it
    **dict.fromkeys(("alembic", "asyncio", "procrastinate", "slack_bolt", "sqlalchemy", "urllib3"), logging.WARNING),
}
_PLACES = 12  # of a traceback, the innermost
Entry = MutableMapping[str, Any]
Render = Callable[[Any, str, Entry], str | bytes]


def only_allowed(_logger: Any, _method: str, event: Entry) -> Entry:
    """Keep the allowed keys of a log entry that say something, nothing else."""
    return {key: value for key, value in event.items() if key in ALLOWED and value is not None}


class OnlyNews(logging.Filter):
    """Drops what is no news from chatty libraries. Sits on the handler: Bolt gives its loggers levels of their own."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= QUIET.get(record.name.split(".", 1)[0], logging.NOTSET)


class LibraryLine(logging.Formatter):
    """Writes a library's log record as one of our entries."""

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render
        self._stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)

    def format(self, record: logging.LogRecord) -> str:
        entry: Entry = {
            "event": "library",
            "level": record.levelname.lower(),
            "name": record.name,
            "place": f"{Path(record.pathname).name}:{record.lineno}",
        }
        if record.args:  # without arguments the sentence may have been filled in already
            entry["message"] = str(record.msg)
        if record.exc_info and record.exc_info[0]:
            entry["error"] = record.exc_info[0].__name__
            entry["reason"] = _places(record.exc_info[2])
        return str(self._render(None, entry["level"], self._stamp(None, entry["level"], entry)))


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-_PLACES:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def set_up_logs(level: str, form: str) -> None:
    """Configure logging for the process, onto standard output. ``form`` is ``console`` or ``json``."""
    number = logging.getLevelNamesMapping()[level]
    render: Any = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        cache_logger_on_first_use=False,
    )
    _set_up_libraries(number, render)
    _set_up_crashes()


def _set_up_libraries(number: int, render: Render) -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(LibraryLine(render))
    handler.addFilter(OnlyNews())
    logging.basicConfig(level=number, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)


def _set_up_crashes() -> None:
    """Write down what nobody caught: where it happened and its kind."""
    log = structlog.get_logger()

    def crashed(kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None) -> None:
        log.critical("crashed", error=kind.__name__, reason=_places(trace))

    def thread_crashed(thread: threading.ExceptHookArgs) -> None:
        crashed(thread.exc_type, thread.exc_value, thread.exc_traceback)

    sys.excepthook = crashed
    threading.excepthook = thread_crashed
