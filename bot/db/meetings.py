"""Meetings of pairings: one row per suggested time with each member's answer, and what they heard each other say."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.db.base import Owned, word
from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.sealing import Sealed
from bot.domain.ids import PersonId, new_id
from bot.domain.meetings import STANDING, Answer, Happened, MeetingState

if TYPE_CHECKING:
    from bot.db.transaction import Transaction

_TOOK_PLACE = (MeetingState.ACCEPTED, MeetingState.HELD)  # nobody said otherwise


class AttendeeRow(Owned):
    __tablename__ = "attendee"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "enrolment_id"),)

    meeting_id: Mapped[UUID] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    answer: Mapped[Answer] = mapped_column(word(Answer))
    happened: Mapped[Happened | None] = mapped_column(word(Happened))


class MeetingRow(Owned):
    __tablename__ = "meeting"

    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    uid: Mapped[UUID]  # of the entry in calendars: the same for every time of one meeting
    sequence: Mapped[int]
    instead_of: Mapped[UUID | None]  # the accepted time it is to take the place of
    state: Mapped[MeetingState] = mapped_column(word(MeetingState))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    made_at: Mapped[datetime]
    place = Sealed()
    topic = Sealed()

    attendees: Mapped[list[AttendeeRow]] = relationship(
        order_by=AttendeeRow.id, cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def of(self, person: PersonId) -> AttendeeRow | None:
        """Return one person's side of it."""
        return next((one for one in self.attendees if one.owner_id == person), None)


class Appointment(NamedTuple):
    """A meeting one enrolment has: which, when, for how long, in which state, and what they said of it."""

    meeting: UUID
    pairing: UUID
    starts_at: datetime
    minutes: int
    state: MeetingState
    happened: Happened | None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Meetings:
    """Queries on the meetings of pairings."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(
        self,
        pairing: PairingRow,
        author: PersonId,
        starts_at: datetime,
        minutes: int,
        place: str | None,
        topic: str | None,
        *,
        instead: MeetingRow | None = None,
    ) -> MeetingRow:
        """Keep a suggested time, accepted by its author; ``instead``: the one it is to stand in for."""
        replaced = instead.id if instead and instead.state is MeetingState.ACCEPTED else None
        row = self._tx.add(
            MeetingRow(
                workspace_id=self._tx.workspace,
                pairing_id=pairing.id,
                owner_id=author,
                uid=instead.uid if instead else new_id(),
                sequence=instead.sequence + 1 if instead else 0,
                instead_of=replaced or (instead.instead_of if instead else None),
                state=MeetingState.PROPOSED,
                starts_at=starts_at,
                minutes=minutes,
                made_at=self._tx.now,
                place=place,
                topic=topic,
            )
        )
        row.attendees.extend(self._attendee(member, author) for member in pairing.present)
        self._tx.flush()
        return row

    def _attendee(self, member: EnrolmentRow, author: PersonId) -> AttendeeRow:
        answer = Answer.ACCEPTED if member.owner_id == author else Answer.OPEN
        return AttendeeRow(
            workspace_id=self._tx.workspace, enrolment_id=member.id, owner_id=member.owner_id, answer=answer
        )

    def find(self, meeting: UUID) -> MeetingRow | None:
        return self._tx.one_or_none(self._all().where(MeetingRow.id == meeting))

    def pairing_of(self, meeting: UUID) -> UUID | None:
        """Return the pairing of a meeting, to hold it before anything of the meeting is read."""
        here = MeetingRow.workspace_id == self._tx.workspace
        return self._tx.session.scalar(sa.select(MeetingRow.pairing_id).where(here, MeetingRow.id == meeting))

    def standing(self, pairing: UUID) -> list[MeetingRow]:
        """Return what is suggested or agreed and was not answered for yet, in order of time."""
        query = self._all().where(MeetingRow.pairing_id == pairing, MeetingRow.state.in_(STANDING))
        return self._tx.all(query.order_by(MeetingRow.starts_at, MeetingRow.id))

    def moved_since_held(self, pairing: UUID) -> int:
        """Return how often a meeting was put off since the last one that took place."""
        mine = MeetingRow.workspace_id == self._tx.workspace, MeetingRow.pairing_id == pairing
        held = self._tx.session.scalar(
            sa.select(sa.func.max(MeetingRow.starts_at)).where(*mine, MeetingRow.state == MeetingState.HELD)
        )
        moved = sa.select(MeetingRow.id).where(*mine, MeetingRow.state == MeetingState.MOVED)
        return self._tx.count(moved.where(MeetingRow.starts_at > held) if held else moved)

    def of_people(self, enrolments: Collection[UUID], starts: Collection[datetime]) -> list[tuple[UUID, Appointment]]:
        """Return the meetings that begin at one of ``starts``, with the enrolment each belongs to."""
        columns = (MeetingRow.id, MeetingRow.pairing_id, MeetingRow.starts_at, MeetingRow.minutes, MeetingRow.state)
        query = (
            sa.select(AttendeeRow.enrolment_id, *columns, AttendeeRow.happened)
            .join(MeetingRow, MeetingRow.id == AttendeeRow.meeting_id)
            .where(AttendeeRow.enrolment_id.in_(enrolments), MeetingRow.starts_at.in_(starts))
        )
        return [(row[0], Appointment(*row[1:7])) for row in self._tx.among(query, MeetingRow)]

    def last_starts(self, pairings: Collection[UUID]) -> dict[UUID, datetime]:
        """Return when each of ``pairings`` met last, or will meet last of what is agreed."""
        query = sa.select(MeetingRow.pairing_id, MeetingRow.starts_at).where(
            MeetingRow.pairing_id.in_(pairings), MeetingRow.state.in_(_TOOK_PLACE)
        )
        found: dict[UUID, datetime] = {}
        for row in self._tx.among(query, MeetingRow):
            found[row.pairing_id] = max(found.get(row.pairing_id, row.starts_at), row.starts_at)
        return found

    def suggested_in(self, pairings: Collection[UUID]) -> frozenset[UUID]:
        """Return which of ``pairings`` have a suggestion for a time ahead that waits for an answer."""
        waiting = MeetingRow.state == MeetingState.PROPOSED, MeetingRow.starts_at > self._tx.now
        query = sa.select(MeetingRow.pairing_id).where(MeetingRow.pairing_id.in_(pairings), *waiting)
        return frozenset(row.pairing_id for row in self._tx.among(query, MeetingRow))

    def _all(self) -> sa.Select[MeetingRow]:
        return sa.select(MeetingRow).where(MeetingRow.workspace_id == self._tx.workspace)
