"""The queue of procrastinate on a real PostgreSQL: one waiting job per message, written with it or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from slack_sdk import WebClient

from bot.clock.clock import SystemClock
from bot.db.outbox import MessageRow
from bot.db.people import PersonRow
from bot.db.session import Database
from bot.delivery.claim import DeliveryRules
from bot.delivery.deliver import Delivery
from bot.delivery.post import Post
from bot.delivery.queue import QueueEngine
from bot.domain.messages import MessageKind, MessageState
from bot.domain.pace import usual_pace
from bot.locales import load_texts
from bot.slack.letters.letters import Letters
from sandbox import Sandbox
from tests.integration.household import Household, furnish, opened

PATIENCE = 60.0  # seconds of real time at most: the queue lives by the database's own clock


class Undone(Exception):
    """Something went wrong before the commit."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A furnished PostgreSQL, a stand-in Slack, and any number of engines between them."""

    database: Database
    home: Household
    box: Sandbox

    def engine(self, owner: str = "one") -> QueueEngine:
        rules = DeliveryRules(owner, timedelta(seconds=1), 30, 5, pace=usual_pace(50), parallel=4)
        web = WebClient(self.box.bot_token, base_url=self.box.api_url, timeout=5, retry_handlers=[])
        write = Letters(load_texts()).write
        delivery = Delivery(self.database, self.home.workspace, Post(web), write, SystemClock().now, rules)
        return QueueEngine(self.database, [delivery], rules)

    def put(self, *keys: str, later: timedelta = timedelta(0)) -> None:
        with self.database.transaction(self.home.workspace) as tx:
            for key in keys:
                tx.outbox.put(
                    MessageKind.NOTE_SHARED,
                    to=self.home.jonas,
                    key=key,
                    subject=self.home.shared_note,
                    not_before=tx.now + later,
                )

    def put_and_undo(self) -> None:
        with self.database.transaction(self.home.workspace) as tx:
            tx.outbox.put(MessageKind.CHEER, to=self.home.jonas, key="undone", subject=self.home.mira)
            tx.flush()
            self.engine().hand_over(tx.session.connection(), self.home.workspace, tx.mail)
            raise Undone

    def jobs(self) -> list[tuple[str, dict[str, Any]]]:
        with self.database.engine.connect() as connection:
            rows = connection.execute(sa.text("SELECT status::text, args FROM procrastinate_jobs ORDER BY id"))
            return [(status, args) for status, args in rows]

    def rows(self) -> list[MessageRow]:
        with self.database.reading(self.home.workspace) as tx:
            return tx.all(sa.select(MessageRow).order_by(MessageRow.id))

    def all_sent(self) -> bool:
        return all(row.state is MessageState.SENT for row in self.rows()) and not self.jobs()


@pytest.fixture
def hall(postgres_url: str) -> Iterator[Hall]:
    with Sandbox.start() as box, opened(postgres_url, SystemClock().now) as database:
        box.limits.enforced = False
        home, jonas = furnish(database), box.add_person("jonas")
        with database.transaction(home.workspace) as tx:
            tx.change(sa.delete(MessageRow))
            tx.change(sa.update(PersonRow).where(PersonRow.id == home.jonas).values(slack_id=jonas.id))
        yield Hall(database, home, box)


@contextmanager
def running(*engines: QueueEngine) -> Iterator[None]:
    for engine in engines:
        engine.start()
    try:
        yield
    finally:
        for engine in engines:
            engine.stop()


def test_a_message_and_its_job_come_to_be_together_or_not_at_all(hall: Hall) -> None:
    """A rollback takes the job with it; the job holds the id of a row and nothing else."""
    hall.database.hand_over = hall.engine().hand_over
    with pytest.raises(Undone):
        hall.put_and_undo()
    assert (hall.rows(), hall.jobs()) == ([], [])

    hall.put("kept")
    (row,) = hall.rows()
    assert hall.jobs() == [("todo", {"message": str(row.id)})]


def test_a_message_has_one_waiting_job_however_often_it_is_moved(hall: Hall) -> None:
    hall.database.hand_over = hall.engine().hand_over
    hall.put("moved", later=timedelta(hours=1))
    for hours in (2, 3):
        with hall.database.transaction(hall.home.workspace) as tx:
            (row,) = tx.all(sa.select(MessageRow))
            tx.outbox.reschedule(row, tx.now + timedelta(hours=hours))

    assert [status for status, _ in hall.jobs()] == ["todo"]


def test_two_engines_deliver_everything_once_and_leave_no_job(hall: Hall) -> None:
    """One lane, so also in the order they were made."""
    first, second = hall.engine("first"), hall.engine("second")
    hall.database.hand_over = first.hand_over
    with running(first, second):
        hall.put(*(f"note {number}" for number in range(4)))
        assert hall.box.until(hall.all_sent, seconds=PATIENCE)

    assert len(hall.box.messages("jonas")) == 4
    sent = [row.sent_at for row in hall.rows()]
    assert sent == sorted(sent, key=lambda moment: moment or SystemClock().now())


def test_a_message_without_a_job_gets_one_from_the_sweep(hall: Hall) -> None:
    """Written while no queue was listening, long overdue by now."""
    hall.put("orphan", later=-timedelta(minutes=5))
    assert hall.jobs() == []
    engine = hall.engine()
    hall.database.hand_over = engine.hand_over

    assert engine.reap() == 1
    assert [status for status, _ in hall.jobs()] == ["todo"]
    assert engine.reap() == 0


def test_what_a_stopped_engine_had_begun_is_given_back(hall: Hall) -> None:
    """It stops within its grace, nothing stays half-done, and another engine finishes the work."""
    hall.box.faults.add(method="chat.postMessage", kind="slow", times=None, seconds=0.3)
    engine = hall.engine()
    hall.database.hand_over = engine.hand_over
    with running(engine):
        hall.put(*(f"note {number}" for number in range(3)))
        assert hall.box.until(lambda: any(row.state is MessageState.SENDING for row in hall.rows()), seconds=PATIENCE)
    assert not any(row.state is MessageState.SENDING for row in hall.rows())

    other = hall.engine("other")
    hall.database.hand_over = other.hand_over
    with running(other):
        assert hall.box.until(hall.all_sent, seconds=PATIENCE)
    assert len(hall.box.messages("jonas")) == 3
