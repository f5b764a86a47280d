"""Many people, pairs and rooms, the same in a database and in a stand-in Slack, and messages for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

import sqlalchemy as sa

from bot.db.outbox import MessageRow
from bot.db.pairings import PairingRow
from bot.db.people import PersonRow
from bot.db.session import Database
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.messages import Destination, MessageKind
from sandbox import Sandbox
from tests.integration import household

STEP = 200  # rows in one commit, so that a process beside it can breathe


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many people, pairs of them (both members are among the people) and owners' rooms."""

    people: int
    pairs: int = 0
    rooms: int = 1


@dataclass(frozen=True, slots=True)
class Crowd:
    """The ids of everybody and everything that can be written to."""

    workspace: WorkspaceId
    people: tuple[PersonId, ...]
    pairs: tuple[UUID, ...]
    programmes: tuple[UUID, ...]

    def put(self, database: Database, kind: MessageKind, count: int, *, not_before: datetime | None = None) -> None:
        """Put ``count`` messages of ``kind`` in turn to all who can get it; each has a key of its own."""
        targets = {
            MessageKind.CHEER: self.people,
            MessageKind.INTRODUCTION: self.pairs,
            MessageKind.OWNER_JOINED: self.programmes,
        }[kind]
        wanted = iter([(number, targets[number % len(targets)]) for number in range(count)])
        while some := list(islice(wanted, STEP)):
            with database.transaction(self.workspace) as tx:
                for number, to in some:
                    subject = to if kind is MessageKind.INTRODUCTION else self.people[0]
                    tx.outbox.put(kind, to=to, key=f"{kind}:{number}:{to}", subject=subject, not_before=not_before)


def gather(database: Database, box: Sandbox, sizes: Sizes, *, known: bool = True) -> Crowd:
    """Put people, pairs and rooms into both. ``known``: the bot knows everybody's DM and every group's channel."""
    town = box.hub.workspace
    slack_ids = [box.add_person(f"p{number}").id for number in range(sizes.people)]
    rooms = [box.add_channel(f"room{number}", members=["p0"], bot_in=True).id for number in range(sizes.rooms)]
    workspace = database.workspace(town.team_id, town.name)
    with database.transaction(workspace) as tx:
        people = tuple(household.person(tx, slack_id, f"Person {number}") for number, slack_id in enumerate(slack_ids))
        programmes = tuple(tx.programmes.add(household.PLAN, room=room, min_gap_weeks=12).id for room in rooms)
        tx.flush()
        pairs = tuple(_pair(tx, programmes[0], people[2 * number : 2 * number + 2]) for number in range(sizes.pairs))
        if known:
            _know(tx, box)
    return Crowd(workspace, people, pairs, programmes)


def _pair(tx: Transaction, programme: UUID, people: tuple[PersonId, ...]) -> UUID:
    members = [household.enrolled(tx, one, programme, "hope") for one in people]
    return household.paired(tx, programme, *members)[2]


def _know(tx: Transaction, box: Sandbox) -> None:
    """Open every conversation at Slack's side, and remember it."""
    for person in tx.all(sa.select(PersonRow)):
        person.dm_channel = _opened(box, [person.slack_id])
    for pairing in tx.all(sa.select(PairingRow)):
        pairing.group_channel = _opened(box, [member.person.slack_id for member in pairing.present])


def _opened(box: Sandbox, slack_ids: list[str]) -> str:
    return box.loop.read(lambda: box.hub.workspace.dm(slack_ids).id)


def rows(database: Database, crowd: Crowd) -> list[MessageRow]:
    """Return every message of the outbox, oldest first."""
    with database.reading(crowd.workspace) as tx:
        return tx.all(sa.select(MessageRow).order_by(MessageRow.id))


NAMES = {Destination.PERSON: "DM", Destination.PAIRING: "group DM", Destination.ROOM: "channel"}
