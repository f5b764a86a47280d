"""GET /metrics over real HTTP: what is in the outbox, what this process did, nothing about anybody."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.metrics import Metrics
from bot.usecases.backlog import Progress
from tests.integration.programs import free_port
from tests.patience import PATIENCE

PROGRESS = Progress(
    due=3, later=2, under_way=1, unclear=1, held=4, failed=5, sent_last_hour=60, lag_seconds=1.5, finish=None
)


@pytest.fixture
def metrics() -> Iterator[Metrics]:
    served = Metrics(lambda: PROGRESS)
    yield served
    served.stop()


def figures(port: int) -> dict[str, float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE) as answer:
        text = answer.read().decode()
    return {name: float(value) for name, value in re.findall(r"^(tandem_\S+) (\S+)$", text, re.MULTILINE)}


def test_the_outbox_and_the_calls_are_told(metrics: Metrics) -> None:
    port = metrics.serve("127.0.0.1", free_port(), 1)
    metrics.called("post", "sent")
    metrics.called("post", "limited")
    metrics.called("post", "sent")
    with metrics.answering("command"):
        pass

    told = figures(port)

    assert told["tandem_messages_due"] == 3
    assert told["tandem_messages_held"] == 4
    assert told["tandem_messages_lag_seconds"] == 1.5
    assert told['tandem_slack_calls_total{method="post",outcome="sent"}'] == 2
    assert told['tandem_slack_calls_total{method="post",outcome="limited"}'] == 1
    assert told['tandem_ack_seconds_count{kind="command"}'] == 1
    assert told["tandem_database_up"] == 1


def test_without_its_database_the_process_still_tells_its_own_figures() -> None:
    def gone() -> Progress:
        raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))

    metrics = Metrics(gone)
    try:
        told = figures(metrics.serve("127.0.0.1", free_port(), 1))
    finally:
        metrics.stop()

    assert told["tandem_database_up"] == 0
    assert "tandem_messages_due" not in told


def test_a_second_process_takes_the_next_port(metrics: Metrics) -> None:
    other = Metrics(lambda: PROGRESS)
    try:
        first = metrics.serve("127.0.0.1", free_port(), 1)
        second = other.serve("127.0.0.1", first, 5)
        assert first < second <= first + 4
        with pytest.raises(OSError, match="in use"):
            Metrics(lambda: PROGRESS).serve("127.0.0.1", first, 1)
    finally:
        other.stop()
