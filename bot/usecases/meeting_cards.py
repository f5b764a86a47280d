"""A meeting as one of its people reads it, and what follows once all of them have agreed to a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.meetings import MeetingRow
from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain import cadence, meetings
from bot.domain.ids import PersonId
from bot.domain.meetings import Answer, Happened, MeetingState
from bot.domain.messages import MessageKind
from bot.domain.pairings import PairingState
from bot.domain.slots import Due, SlotKind
from bot.usecases.participants import tell

FAR = timedelta(days=300)  # from here on a day needs its year
# The messages that show a meeting as it stands, and change with it.
CARDS = (MessageKind.MEETING_PROPOSED, MessageKind.MEETING_ACCEPTED)


@dataclass(frozen=True, slots=True)
class Meeting:
    """``starts_at`` and ``instead_of`` are on the reader's clock; ``partners`` are the others, by name.

    ``instead_of`` is the agreed time it would take the place of, ``declined`` who cannot make it, ``far`` says that
    the year has to be told, ``over`` that it has ended.
    """

    id: UUID
    uid: UUID
    sequence: int
    state: MeetingState
    author: str
    by_me: bool
    partners: tuple[str, ...]
    starts_at: datetime
    minutes: int
    place: str | None
    topic: str | None
    mine: Answer
    missing: tuple[str, ...]
    declined: tuple[str, ...]
    instead_of: datetime | None
    said: Happened | None
    far: bool
    over: bool
    made_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def read_card(tx: Transaction, meeting: UUID, reader: PersonId) -> Meeting | None:
    """Return a meeting for a message to one of its people; None when it is no longer theirs."""
    row = tx.meetings.find(meeting)
    if row is None:
        return None
    pairing = tx.pairings.get(row.pairing_id)
    return card(tx, row, pairing, reader) if pairing.state is PairingState.ACTIVE and reader in pairing.people else None


def card(tx: Transaction, row: MeetingRow, pairing: PairingRow, reader: PersonId) -> Meeting:
    """Return a meeting as ``reader``, who is in the pairing, sees it."""
    present = {one.owner_id: one for one in pairing.present}
    zone = cadence.zone(present[reader].person.zone)
    before = tx.meetings.find(row.instead_of) if row.instead_of else None
    mine = row.of(reader)
    return Meeting(
        row.id,
        row.uid,
        row.sequence,
        row.state,
        present[row.owner_id].person.name if row.owner_id in present else "",
        row.owner_id == reader,
        tuple(one.person.name for one in pairing.others(reader)),
        row.starts_at.astimezone(zone),
        row.minutes,
        row.place,
        row.topic,
        mine.answer if mine else Answer.OPEN,
        _names(row, present, Answer.OPEN),
        _names(row, present, Answer.DECLINED),
        before.starts_at.astimezone(zone) if before else None,
        mine.happened if mine else None,
        row.starts_at - tx.now > FAR,
        row.ends_at <= tx.now,
        row.made_at,
    )


def _names(row: MeetingRow, present: dict[PersonId, EnrolmentRow], answer: Answer) -> tuple[str, ...]:
    return tuple(
        present[one.owner_id].person.name for one in row.attendees if one.answer is answer and one.owner_id in present
    )


def settle(tx: Transaction, pairing: PairingRow, row: MeetingRow, accepter: PersonId | None = None) -> None:
    """Let a suggestion be agreed once everybody who is in the pairing today has accepted it.

    What it stands in for is put off with that. All but ``accepter``, who sees it at once, are told.
    """
    answers = {one.owner_id: one.answer for one in row.attendees}
    if row.state is not MeetingState.PROPOSED or len(pairing.present) < 2:  # noqa: PLR2004  nobody meets alone
        return
    if any(answers.get(person) is not Answer.ACCEPTED for person in pairing.people):
        return
    row.state = MeetingState.ACCEPTED
    before = tx.meetings.find(row.instead_of) if row.instead_of else None
    if before and before.state is MeetingState.ACCEPTED:
        put_off(tx, pairing, before)
    for member in pairing.present:
        tx.slots.plan(_slots(tx, row, member))
        if member.owner_id != accepter:
            tell(tx, member, MessageKind.MEETING_ACCEPTED, str(row.id), subject=row.id)


def settle_all(tx: Transaction, pairing: PairingRow) -> None:
    """Settle what only somebody who has left had not answered."""
    for row in tx.meetings.standing(pairing.id):
        settle(tx, pairing, row)
        show_anew(tx, row)


def put_off(tx: Transaction, pairing: PairingRow, row: MeetingRow) -> None:
    """Record that an agreed meeting got another time; at the third one asks whether the rhythm still fits."""
    row.state = MeetingState.MOVED
    tx.flush()
    show_anew(tx, row)
    for member in pairing.present:
        if tx.meetings.moved_since_held(pairing.id) == member.programme.rules.most_postponements:
            tell(tx, member, MessageKind.MEETING_RHYTHM, str(row.id), subject=pairing.id)


def show_anew(tx: Transaction, row: MeetingRow) -> None:
    """Have every message about a meeting say what is true of it now."""
    tx.flush()
    answered = "".join(one.answer[0] for one in row.attendees)
    for kind in CARDS:
        tx.outbox.revise(kind, row.id, f"{row.state}:{answered}")


def _slots(tx: Transaction, row: MeetingRow, member: EnrolmentRow) -> Iterator[Due]:
    rules, there = member.programme.rules, member.presence
    if rules.meeting_reminder_day_before:
        yield from _due(tx, row, member, SlotKind.MEETING_DAY, _day_before(row, member))
    if rules.meeting_reminder_minutes:
        soon = row.starts_at - timedelta(minutes=rules.meeting_reminder_minutes)
        yield from _due(tx, row, member, SlotKind.MEETING_SOON, soon)
    yield from _due(tx, row, member, SlotKind.MEETING_AFTER, meetings.ask_at(there, row.ends_at))


def _day_before(row: MeetingRow, member: EnrolmentRow) -> datetime:
    return meetings.day_before(member.presence, row.starts_at, member.programme.hour)


def _due(tx: Transaction, row: MeetingRow, member: EnrolmentRow, kind: SlotKind, at: datetime) -> Iterator[Due]:
    if at > tx.now:
        yield Due(member.programme_id, member.owner_id, kind, meetings.period(row.starts_at), at)
