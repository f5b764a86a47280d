"""What is said around meetings when its moment has come: before, afterwards, and when there has been none for long.

For a batch of people at once, in the same number of statements however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.meetings import Appointment
from bot.db.outbox import Outgoing
from bot.db.pairings import Current, PairingRow
from bot.db.slots import DueSlot, Move
from bot.db.transaction import Transaction
from bot.domain import fits, meetings, slots
from bot.domain.enrolments import EnrolmentState
from bot.domain.ids import PersonId
from bot.domain.meetings import MeetingState
from bot.domain.messages import MessageKind
from bot.domain.slots import Due, SlotKind, SlotState
from bot.usecases.participants import letter_to, may_be_told_at, tell_all

_ASKABLE = frozenset({MeetingState.ACCEPTED, MeetingState.HELD, MeetingState.MISSED})
_A_WEEK = timedelta(weeks=1)

Fates = dict[UUID, SlotState]
People = dict[tuple[UUID, PersonId], EnrolmentRow]


def fire_day_before(tx: Transaction, due: list[DueSlot]) -> Fates:
    """Remind of tomorrow's meetings, within working hours and never after they have begun."""
    return _remind(tx, due, MessageKind.MEETING_DAY, lambda to: may_be_told_at(tx, to))


def fire_soon(tx: Transaction, due: list[DueSlot]) -> Fates:
    """Remind of meetings that are about to begin, whatever the hour: it is the one that was agreed."""
    return _remind(tx, due, MessageKind.MEETING_SOON, lambda _: tx.now)


def _remind(
    tx: Transaction, due: list[DueSlot], kind: MessageKind, not_before: Callable[[EnrolmentRow], datetime]
) -> Fates:
    fates: Fates = {slot.id: SlotState.SKIPPED for slot in due}
    letters: list[Outgoing] = []
    for slot, to, one in _booked(tx, due):
        if one.state is MeetingState.ACCEPTED and one.starts_at > tx.now and _is_timely(tx, slot):
            letter = letter_to(tx, to, kind, str(one.meeting), subject=one.meeting)
            letters.append(letter._replace(not_before=not_before(to), expires_at=one.starts_at))
            fates[slot.id] = SlotState.FIRED
    tell_all(tx, kind, letters)
    return fates


def fire_after(tx: Transaction, due: list[DueSlot]) -> Fates:
    """Ask whether meetings took place, each person who has not said so; one that ends later is asked about later."""
    fates: Fates = {slot.id: SlotState.SKIPPED for slot in due}
    letters: list[Outgoing] = []
    for slot, to, one in _booked(tx, due):
        if one.state not in _ASKABLE or one.happened:
            continue
        if one.ends_at > tx.now:
            at = meetings.ask_at(to.presence, one.ends_at)
            fates.pop(slot.id)
            tx.slots.move([Move(slot.id, slot.due_at, Due(slot.programme, slot.person, slot.kind, slot.period, at))])
        elif _is_timely(tx, slot):
            letters.append(letter_to(tx, to, MessageKind.MEETING_AFTER, str(one.meeting), subject=one.meeting))
            fates[slot.id] = SlotState.FIRED
    tell_all(tx, MessageKind.MEETING_AFTER, letters)
    return fates


def _booked(tx: Transaction, due: list[DueSlot]) -> Iterator[tuple[DueSlot, EnrolmentRow, Appointment]]:
    """Yield the meetings that slots stand for, as far as they belong to the pairing somebody is in today."""
    people = _there(tx, due)
    ids = [row.id for row in people.values()]
    pairings = tx.pairings.current_of(ids)
    starts = {meetings.start_in(slot.period) for slot in due}
    booked = tx.meetings.of_people(ids, starts)
    for slot in due:
        to = people.get((slot.programme, slot.person))
        current = pairings.get(to.id) if to else None
        for enrolment, one in booked if to and current else ():
            if to and current and enrolment == to.id and one.pairing == current.pairing and _is_of(slot, one):
                yield slot, to, one


def _is_of(slot: DueSlot, one: Appointment) -> bool:
    return meetings.period(one.starts_at) == slot.period


def _is_timely(tx: Transaction, slot: DueSlot) -> bool:
    late = slot.late_policy, slot.due_at, slot.expires_at
    return slots.fate(*late, tx.now, carried=False) is SlotState.FIRED


def _there(tx: Transaction, due: list[DueSlot]) -> People:
    """Return who takes part and is not on a break, by programme and person."""
    found = tx.enrolments.of_all({(slot.programme, slot.person) for slot in due})
    return {key: row for key, row in found.items() if _takes_part(row) and not row.presence.is_paused(tx.now)}


def _takes_part(row: EnrolmentRow) -> bool:
    return row.state is EnrolmentState.ACTIVE and not row.person.deactivated


def first_look(pairing: PairingRow, row: EnrolmentRow, now: datetime) -> Due:
    """Return the first look whether a pairing meets that lies ahead, as if there had been some since it began."""
    long = timedelta(days=row.programme.rules.no_meeting_days)
    begun = pairing.started_at
    turns = (row.presence.day(now) - row.presence.day(begun)) // long
    return _look(row, begun + turns * long, long)


def _look(row: EnrolmentRow, since: datetime, after: timedelta) -> Due:
    at = fits.ask_at(row.presence, since, after, row.programme.hour)
    return Due(row.programme_id, row.owner_id, SlotKind.NO_MEETING, row.presence.day(at).isoformat(), at)


def fire_no_meeting(tx: Transaction, due: list[DueSlot]) -> Fates:
    """Ask pairings that have not met for a month whether they want to, and look again in time."""
    people = _there(tx, due)
    pairings = tx.pairings.current_of([row.id for row in people.values()])
    together = [one.pairing for one in pairings.values()]
    last, suggested = tx.meetings.last_starts(together), tx.meetings.suggested_in(together)
    fates: Fates = {slot.id: SlotState.SKIPPED for slot in due}
    letters: list[Outgoing] = []
    looks = [_look(row, tx.now, _A_WEEK) for row in _away(tx, due)]
    for slot in due:
        to = people.get((slot.programme, slot.person))
        current = pairings.get(to.id) if to else None
        if to is None or current is None:
            continue
        long = timedelta(days=to.programme.rules.no_meeting_days)
        since = _since(current, last)
        if not fits.is_time(to.presence, since, long, tx.now):
            looks.append(_look(to, since, long))
        elif current.pairing in suggested:
            looks.append(_look(to, tx.now, _A_WEEK))
        else:
            key = f"{current.pairing}:{slot.period}"
            letters.append(letter_to(tx, to, MessageKind.NO_MEETING, key, subject=current.pairing))
            looks.append(_look(to, tx.now, long))
            fates[slot.id] = SlotState.FIRED
    tell_all(tx, MessageKind.NO_MEETING, letters)
    tx.slots.plan(looks)
    return fates


def _since(current: Current, last: dict[UUID, datetime]) -> datetime:
    return max(current.started_at, last.get(current.pairing, current.started_at))


def _away(tx: Transaction, due: list[DueSlot]) -> list[EnrolmentRow]:
    """Return who is on a break: they are looked after in a week again."""
    found = tx.enrolments.of_all({(slot.programme, slot.person) for slot in due})
    return [row for row in found.values() if _takes_part(row) and row.presence.is_paused(tx.now)]
