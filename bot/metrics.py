"""Figures for Prometheus: counts and durations, nothing about anybody.

What is in the outbox is read from the database when somebody asks, so every process tells the same; what a process did
itself is counted in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from wsgiref.simple_server import WSGIServer

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from bot.usecases.backlog import Progress

log = structlog.get_logger()
ACK_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
GAUGES = {
    "due": "Messages that could go now",
    "later": "Messages that wait for their hour",
    "under_way": "Messages being sent",
    "unclear": "Messages that Slack may or may not have taken",
    "held": "Messages that wait for a person's decision",
    "failed": "Messages that Slack refused",
    "sent_last_hour": "Messages that Slack took within the last hour",
    "lag_seconds": "How long the oldest message that could go has been waiting",
}


class Metrics(Collector):
    """The figures of one process. ``progress`` reads the outbox; it may raise when the database does not answer."""

    def __init__(self, progress: Callable[[], Progress]) -> None:
        self._progress = progress
        self._registry = CollectorRegistry()
        self._registry.register(self)
        self._calls = Counter(
            "tandem_slack_calls", "Calls to Slack by kind and outcome", ["method", "outcome"], registry=self._registry
        )
        self._acks = Histogram(
            "tandem_ack_seconds",
            "Time until Slack was answered",
            ["kind"],
            registry=self._registry,
            buckets=ACK_SECONDS,
        )
        self._server: WSGIServer | None = None

    def called(self, method: str, outcome: str) -> None:
        """Count a call to Slack."""
        self._calls.labels(method, outcome).inc()

    def answering(self, kind: str) -> AbstractContextManager[object]:
        """Measure how long the block takes to answer a request of ``kind``."""
        return self._acks.labels(kind).time()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield what the outbox holds now; nothing but ``tandem_database_up 0`` when it cannot be read."""
        try:
            progress = self._progress()
        except SQLAlchemyError as error:
            log.warning("metrics_without_database", error=type(error).__name__)
            yield GaugeMetricFamily("tandem_database_up", "Whether the database answers", 0)
            return
        yield GaugeMetricFamily("tandem_database_up", "Whether the database answers", 1)
        for name, meaning in GAUGES.items():
            yield GaugeMetricFamily(f"tandem_messages_{name}", meaning, getattr(progress, name))

    def serve(self, host: str, port: int, tries: int) -> int:
        """Serve the figures at the first free port of ``tries`` from ``port`` on; return it. Raises OSError."""
        for offset in range(tries):
            try:
                self._server, _ = start_http_server(port + offset, host, self._registry)
            except OSError:
                if offset == tries - 1:
                    raise
            else:
                break
        return port + offset

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
