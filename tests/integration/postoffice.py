"""A post office for tests of delivery: real database, real client, stand-in Slack, and a clock moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from slack_sdk import WebClient

from bot.clock.clock import DemoClock
from bot.db.outbox import MessageRow
from bot.db.people import PersonRow
from bot.db.programmes import ProgrammeRow
from bot.db.session import Database
from bot.delivery.claim import DeliveryRules
from bot.delivery.deliver import Delivery
from bot.delivery.post import Post
from bot.domain.messages import MessageKind, MessageState
from bot.locales import load_texts
from bot.slack.letters.letters import Letters
from sandbox import Channel, Message, Sandbox
from tests.integration.household import START, Household, furnish, opened
from tests.patience import PATIENCE

SETTLE = timedelta(seconds=60)
LEASE = 60.0
MOST = 5
TURNS = 12
CALL_SECONDS = 1  # where Slack takes longer on purpose; elsewhere no answer is late, so none is unclear
# What leaves it open at once whether Slack took the message.
HALF_ANSWERED = (
    "500_before",
    "500_after",
    "internal_error",
    "internal_error_after",
    "reset",
    "reset_after",
    "truncated",
    "html",
)


@dataclass(frozen=True, slots=True)
class PostOffice:
    """A furnished database, a stand-in Slack with the same two people and the owners' room, one clock for both."""

    database: Database
    home: Household
    box: Sandbox
    clock: DemoClock
    room: Channel

    def delivery(self, owner: str = "one", *, post: Post | None = None) -> Delivery:
        rules = DeliveryRules(owner, SETTLE, LEASE, MOST)
        write = Letters(load_texts()).write
        return Delivery(self.database, self.home.workspace, post or Post(self.web), write, self.clock.now, rules)

    @property
    def web(self) -> WebClient:
        hasty = any(fault.kind in {"hang", "late", "slow"} for fault in self.box.faults.waiting)
        timeout = CALL_SECONDS if hasty else int(PATIENCE)
        return WebClient(self.box.bot_token, base_url=self.box.api_url, timeout=timeout, retry_handlers=[])

    def put(self, kind: MessageKind, to: UUID, subject: UUID | None = None, **more: Any) -> UUID:
        key = f"{kind}:{to}:{len(self.rows())}"
        with self.database.transaction(self.home.workspace) as tx:
            assert tx.outbox.put(kind, to=to, key=key, subject=subject, **more)
            row = tx.one_or_none(sa.select(MessageRow).where(MessageRow.dedupe_key == key))
            assert row is not None
            return row.id

    def put_note(self) -> UUID:
        return self.put(MessageKind.NOTE_SHARED, self.home.jonas, self.home.shared_note)

    def put_introduction(self) -> UUID:
        return self.put(MessageKind.INTRODUCTION, self.home.pairing, self.home.pairing)

    def put_to_room(self) -> UUID:
        return self.put(MessageKind.PROGRAMME_READY, self.home.programme, self.home.programme)

    def rows(self) -> list[MessageRow]:
        with self.database.reading(self.home.workspace) as tx:
            return tx.all(sa.select(MessageRow).order_by(MessageRow.id))

    def row(self, message: UUID) -> MessageRow:
        return next(row for row in self.rows() if row.id == message)

    def state(self, message: UUID) -> MessageState:
        return self.row(message).state

    def change(self, message: UUID, **values: Any) -> None:
        with self.database.transaction(self.home.workspace) as tx:
            tx.change(sa.update(MessageRow).where(MessageRow.id == message).values(**values))

    def run(self, delivery: Delivery | None = None, turns: int = TURNS) -> None:
        """Deliver, reap and let a settling time pass, over and over."""
        delivery = delivery or self.delivery()
        for _ in range(turns):
            delivery.run()
            self.clock.move(SETTLE + timedelta(seconds=1))
            delivery.reap()

    def seen(self, who: str = "jonas") -> list[Message]:
        return self.box.messages(who)

    def tries(self, method: str = "chat.postMessage") -> int:
        return sum(call.method == method for call in self.box.calls)


@contextmanager
def post_office(database_url: str) -> Iterator[PostOffice]:
    """Open one on a migrated database."""
    clock = DemoClock(START)
    with Sandbox.start(now=clock.now) as box, opened(database_url, clock.now) as database:
        home = furnish(database)
        people = {home.mira: box.add_person("mira"), home.jonas: box.add_person("jonas")}
        room = box.add_channel("owners", private=True, members=["mira"], bot_in=True)
        with database.transaction(home.workspace) as tx:
            tx.change(sa.delete(MessageRow))
            for person, member in people.items():
                tx.change(sa.update(PersonRow).where(PersonRow.id == person).values(slack_id=member.id))
            tx.change(sa.update(ProgrammeRow).values(room=room.id))
        yield PostOffice(database, home, box, clock, room)
