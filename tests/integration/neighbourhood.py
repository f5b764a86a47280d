"""People in pairs all over the world, the bot beside them, and a clock that jumps: who was written to, and when.

Ticks, planner, outbox, letters and delivery are the real ones; only the last step, the call to Slack, writes down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from slack_sdk import WebClient

from bot.clock.clock import DemoClock
from bot.clock.ticks import Ticks
from bot.db.base import WorkspaceRow
from bot.db.enrolments import EnrolmentRow
from bot.db.outbox import MessageRow
from bot.db.people import PersonRow
from bot.db.programmes import ProgrammeRow
from bot.db.session import Database
from bot.db.slots import SlotRow
from bot.delivery.claim import DeliveryRules
from bot.delivery.deliver import Delivery
from bot.delivery.post import Letter, NotSent, Post, Result, Sent
from bot.domain.cadence import Weekday, WorkingHours, is_working_day
from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.messages import MessageKind
from bot.domain.pairings import EndReason
from bot.domain.slots import SlotKind
from bot.locales import load_texts
from bot.slack.blocks import Message
from bot.slack.letters.letters import Letters
from bot.slack.text import Mrkdwn
from tests.integration.household import PLAN, enrolled, paired, person

LOOK = timedelta(hours=12)  # a running bot looks at least that often
FAR = timedelta(days=3_000)


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as its reader got it. ``at`` is their own wall clock."""

    who: str
    kind: MessageKind
    at: datetime
    text: str


_NOTHING = Message(Mrkdwn(""), ())


class Letterbox(Post):
    """Takes what is sent and says yes, or with ``down`` that nobody is there."""

    def __init__(self, now: DemoClock) -> None:
        super().__init__(WebClient(""))
        self._now = now
        self.taken: list[tuple[datetime, str, str, Letter]] = []
        self.down = False
        self.deleted = 0

    def open(self, people: Sequence[str]) -> str:
        return f"D{people[0]}"

    def send(self, channel: str, letter: Letter, key: str) -> Result:
        if self.down:
            return NotSent("connection_refused")
        self.taken.append((self._now.now(), channel, key, letter))
        return Sent(channel, f"{len(self.taken)}.0")

    def update(self, channel: str, ts: str, letter: Letter) -> Result:
        moment, where, key, _ = self.taken[int(float(ts)) - 1]
        self.taken[int(float(ts)) - 1] = (moment, where, key, letter)
        return Sent(channel, ts)

    def delete(self, channel: str, ts: str) -> Result:
        moment, _, key, _ = self.taken[int(float(ts)) - 1]
        self.taken[int(float(ts)) - 1] = (moment, "", key, _NOTHING)
        self.deleted += 1
        return Sent(channel, ts)

    def find(self, channel: str, key: str, since: datetime) -> str | None:  # noqa: ARG002  all of it is looked through
        return next(
            (f"{i}.0" for i, (_, where, k, _) in enumerate(self.taken, 1) if (where, k) == (channel, key)), None
        )


@dataclass
class Neighbourhood:
    """``who`` is always a Slack id."""

    database: Database
    clock: DemoClock
    workspace: WorkspaceId
    programme: UUID
    box: Letterbox
    delivery: Delivery
    ticks: Ticks
    people: dict[str, PersonId] = field(default_factory=dict)

    def pair(self, zones: Mapping[str, str], hours: WorkingHours | None = None) -> None:
        """Let people move in, each in a zone, and be together from now on."""
        with self.database.transaction(self.workspace) as tx:
            members = []
            for one, zone in zones.items():
                self.people[one] = person(tx, one, one)
                members.append(enrolled(tx, self.people[one], self.programme, "hope"))
                tx.people.get(self.people[one]).zone = zone
                if hours:
                    members[-1].work_start, members[-1].work_end = hours.start, hours.end
            _, _, pairing = paired(tx, self.programme, *members)
            tx.pairings.get(pairing).ends_on = (self.clock.now() + FAR).date()

    def pair_again(self, *who: str) -> None:
        """Bring people together who know each other's programme already."""
        with self.database.transaction(self.workspace) as tx:
            members = [tx.enrolments.all_of(self.people[one])[0] for one in who]
            _, _, pairing = paired(tx, self.programme, *members)
            tx.pairings.get(pairing).ends_on = (self.clock.now() + FAR).date()

    def part(self, who: str) -> None:
        """End the pairing somebody is in."""
        with self.database.transaction(self.workspace) as tx:
            pairing = tx.pairings.current(tx.enrolments.all_of(self.people[who])[0].id)
            assert pairing is not None
            tx.pairings.end(pairing, EndReason.LEFT)

    def change(self, who: str, **values: object) -> None:
        """Change facts about somebody: of the person, or of their enrolment."""
        with self.database.transaction(self.workspace) as tx:
            for name, value in values.items():
                kind, key = (
                    (PersonRow, PersonRow.id) if hasattr(PersonRow, name) else (EnrolmentRow, EnrolmentRow.owner_id)
                )
                tx.change(sa.update(kind).where(key == self.people[who]).values({name: value}))

    def set_programme(self, **values: object) -> None:
        with self.database.transaction(self.workspace) as tx:
            tx.change(sa.update(ProgrammeRow).values(values))

    def tick(self) -> None:
        """Run every tick once, at this very moment."""
        self.ticks.plan()
        self.ticks.send()

    def deliver_only(self) -> None:
        """Deliver what is ready without any tick before."""
        while self.delivery.run():
            pass

    def run_until(self, moment: datetime) -> None:
        """Run the bot without a pause, looking whenever something is due."""
        while self.clock.now() < moment:
            self.tick()
            # While Slack is down it is tried every few minutes, for nothing.
            due = None if self.box.down else self.ticks.next_moment()
            soon = self.clock.now() + LOOK
            self.clock.move_to(min(moment, due if due and self.clock.now() < due < soon else soon))
        self.tick()

    def posts(self, who: str, kind: MessageKind | None = None) -> list[Posted]:
        """Return what somebody was sent, oldest first."""
        with self.database.reading(self.workspace) as tx:
            zone = ZoneInfo(tx.people.get(self.people[who]).zone)
            kinds = {row.dedupe_key: row.kind for row in tx.all(sa.select(MessageRow))}
        found = [
            Posted(who, kinds[key], moment.astimezone(zone), _read(letter))
            for moment, channel, key, letter in self.box.taken
            if channel == f"D{who}"
        ]
        return [one for one in found if kind in {None, one.kind}]

    def slots(self, who: str, kind: SlotKind = SlotKind.CHECKIN) -> list[SlotRow]:
        with self.database.reading(self.workspace) as tx:
            mine = SlotRow.person_id == self.people[who], SlotRow.kind == kind
            return tx.all(sa.select(SlotRow).where(*mine).order_by(SlotRow.due_at))

    def asked_in(self, who: str) -> Counter[str]:
        """Return how many check-ins somebody got for each ISO week."""
        with self.database.reading(self.workspace) as tx:
            keys = {key for _, channel, key, _ in self.box.taken if channel == f"D{who}"}
            asked = [row for row in tx.all(sa.select(MessageRow)) if row.dedupe_key in keys]
            subjects = [row.subject_id for row in asked if row.kind is MessageKind.CHECKIN]
            weeks = [tx.checkins.find(subject).week for subject in subjects if subject]  # type: ignore[union-attr]  # kept
        return Counter(weeks)


def _read(letter: Letter) -> str:
    return "\n".join(str(block.get("text", {}).get("text", "")) for block in letter.blocks)


def found(
    database: Database,
    clock: DemoClock,
    *,
    team: str = "T1",
    weekday: Weekday = Weekday.MONDAY,
    hour: int = 9,
    holidays: str = "",
) -> Neighbourhood:
    """Found a programme in an empty database, and build the bot beside it."""
    workspace = database.workspace(team)
    with database.transaction(workspace) as tx:
        programme = tx.programmes.add(PLAN, room="C1", min_gap_weeks=12)
        programme.weekday, programme.hour, programme.holidays = int(weekday), hour, holidays
        tx.flush()
        identity = programme.id
    box = Letterbox(clock)
    rules = DeliveryRules("one", settle=timedelta(minutes=1), lease=60, max_attempts=1_000)
    delivery = Delivery(database, workspace, box, Letters(load_texts()).write, clock.now, rules)
    ticks = Ticks(database, delivery.run, delivery.reap)
    return Neighbourhood(database, clock, workspace, identity, box, delivery, ticks)


def found_anew(database: Database, clock: DemoClock, **programme: Any) -> Neighbourhood:
    """Found a programme in place of whatever is in the database. ``team`` must not have been there before."""
    with database.engine.begin() as connection:
        connection.execute(sa.delete(WorkspaceRow))
    return found(database, clock, **programme)


def at_work(post: Posted, hours: WorkingHours | None = None, region: str = "") -> bool:
    """Say whether a message came on a working day of its reader, within their hours."""
    span, minute = hours or WorkingHours(), post.at.hour * 60 + post.at.minute
    return is_working_day(post.at.date(), region) and span.start <= minute < span.end
