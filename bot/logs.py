"""Logs by allow-list: ids, verbs, durations. A key that is not named here does not get out, at any level."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
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


def only_allowed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the allowed keys of a log entry, nothing else."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def set_up_logs(level: str, form: str) -> None:
    """Configure logging for the process. ``form`` is ``console`` or ``json``."""
    number = logging.getLevelNamesMapping()[level]
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    for name in ("apscheduler", "slack_bolt", "slack_sdk", "sqlalchemy", "alembic", "urllib3"):
        logging.getLogger(name).setLevel(max(logging.WARNING, number))
    renderer: Any = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        cache_logger_on_first_use=False,
    )
