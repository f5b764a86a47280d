"""Plan what is due and fire it: the weekly check-in and its one reminder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zlib import crc32

from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.slots import SlotRow
from bot.db.transaction import Transaction
from bot.domain import cadence, checkins, enrolments, reflections, slots
from bot.domain.cadence import Weekday
from bot.domain.checkins import CheckinState
from bot.domain.enrolments import EnrolmentState
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.slots import LatePolicy, SlotKind, SlotState
from bot.usecases.participants import local_today, may_be_told_at, tell

HORIZON = timedelta(days=2)
BATCH = 100


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A check-in that no slot stands for yet, or one at another hour."""

    programme: UUID
    person: PersonId
    week: str
    due_at: datetime


def unplanned_checkins(tx: Transaction) -> list[Unplanned]:
    """Return every check-in due from four days ago to two days ahead that is not planned for its person's local hour.

    Looking back is what makes a week that began while nobody was running still happen, once. This goes through
    everybody, so it only reads: nobody has to wait for it.
    """
    standing = tx.slots.standing(SlotKind.CHECKIN, tx.now - 2 * cadence.CATCH_UP)
    return [one for pairing in tx.pairings.active() for one in _checkins(tx, pairing) if not _stands(one, standing)]


def _stands(one: Unplanned, standing: Mapping[tuple[UUID, UUID, str], datetime | None]) -> bool:
    key = (one.programme, one.person, one.week)
    return key in standing and standing[key] in {None, one.due_at}


def _checkins(tx: Transaction, pairing: PairingRow) -> Iterator[Unplanned]:
    introduced = _introduced(pairing)
    for member in pairing.present:
        today, programme = local_today(tx, member), member.programme
        last = min(today + HORIZON, pairing.ends_on)
        for day in cadence.checkin_days(Weekday(programme.weekday), today - cadence.CATCH_UP, last):
            due = cadence.instant(day, cadence.clock_time(programme.hour * 60), member.person.zone)
            if day > introduced and due > tx.now - cadence.CATCH_UP:
                yield Unplanned(programme.id, member.owner_id, cadence.iso_week(day), due)


def plan_checkins(tx: Transaction, unplanned: Iterable[Unplanned]) -> int:
    """Plan these check-ins; return how many are new."""
    return sum(_plan(tx, one) for one in unplanned)


def _plan(tx: Transaction, one: Unplanned) -> bool:
    return tx.slots.plan(
        one.programme,
        one.person,
        SlotKind.CHECKIN,
        one.week,
        due_at=one.due_at,
        expires_at=one.due_at + cadence.CATCH_UP,
        late_policy=LatePolicy.SEND,
    )


def next_checkin(tx: Transaction, enrolment: EnrolmentRow) -> date | None:
    """Return the day of an enrolment's next check-in, today's included until its hour; None when none will come."""
    pairing = tx.pairings.current(enrolment.id)
    if pairing is None:
        return None
    programme, zone = enrolment.programme, enrolment.person.zone
    back = enrolment.paused_until or date.min
    first = max(local_today(tx, enrolment), _introduced(pairing) + timedelta(days=1), back)
    for day in cadence.checkin_days(Weekday(programme.weekday), first, pairing.ends_on):
        due = cadence.instant(day, cadence.clock_time(programme.hour * 60), zone)
        if due > tx.now and not tx.checkins.in_week(enrolment.id, cadence.iso_week(day)):
            return day
    return None


def _introduced(pairing: PairingRow) -> date:
    """Return the day of the introduction, the latest of its members' own: nobody is asked on it, all begin together."""
    return max(cadence.local_day(pairing.started_at, member.person.zone) for member in pairing.present)


def fire_due(tx: Transaction) -> int:
    """Fire up to a batch of slots whose moment has come; return how many were decided."""
    due = tx.slots.due(BATCH)
    for slot in due:
        worth_it = slots.still_worth_it(slot.late_policy, slot.due_at, slot.expires_at, tx.now)
        fired = worth_it and _FIRE[slot.kind](tx, slot)
        tx.slots.decide(slot, SlotState.FIRED if fired else SlotState.SKIPPED)
        tx.flush()
    return len(due)


def _fire_checkin(tx: Transaction, slot: SlotRow) -> bool:
    enrolment = _present(tx, slot)
    pairing = tx.pairings.current(enrolment.id) if enrolment else None
    if enrolment is None or pairing is None or tx.checkins.in_week(enrolment.id, slot.period):
        return False
    before = tx.checkins.latest(enrolment.id)
    if before and before.state is CheckinState.OPEN:
        before.state = CheckinState.MISSED
    asked = tx.checkins.asked(enrolment.id)
    question = reflections.next_question(asked, _turn(enrolment))
    day = cadence.local_day(slot.due_at, enrolment.person.zone)
    row = tx.checkins.open(enrolment, pairing.id, day, slot.period, question)
    tx.flush()
    tell(tx, enrolment, MessageKind.CHECKIN, str(row.id), subject=row.id)
    _plan_reminder(tx, slot, enrolment, day)
    return True


def _turn(enrolment: EnrolmentRow) -> int:
    """Return a number of one's own; Slack's id, so that the same weeks played again ask the same questions."""
    return crc32(enrolment.person.slack_id.encode())


def _plan_reminder(tx: Transaction, slot: SlotRow, enrolment: EnrolmentRow, day: date) -> None:
    asked = cadence.local_day(may_be_told_at(tx, enrolment), enrolment.person.zone)
    opened = max(day, asked)
    at = cadence.clock_time(enrolment.programme.hour * 60)
    due = cadence.instant(cadence.next_working_day(opened), at, enrolment.person.zone)
    tx.slots.plan(
        slot.programme_id,
        slot.person_id,
        SlotKind.REMINDER,
        slot.period,
        due_at=due,
        expires_at=checkins.reminder_expires(due),
        late_policy=LatePolicy.SEND,
    )


def _fire_reminder(tx: Transaction, slot: SlotRow) -> bool:
    enrolment = _present(tx, slot)
    row = tx.checkins.in_week(enrolment.id, slot.period) if enrolment else None
    if enrolment is None or row is None or row.state is not CheckinState.OPEN:
        return False
    tell(tx, enrolment, MessageKind.CHECKIN_REMINDER, str(row.id), subject=row.id)
    return True


def _present(tx: Transaction, slot: SlotRow) -> EnrolmentRow | None:
    """Return the slot's enrolment if its person is there to be asked: active, not on a break, not deactivated."""
    row = tx.enrolments.of(slot.person_id, slot.programme_id)
    if row is None or row.state is not EnrolmentState.ACTIVE or row.person.deactivated:
        return None
    return None if enrolments.is_paused(row.paused_until, local_today(tx, row)) else row


_FIRE = {SlotKind.CHECKIN: _fire_checkin, SlotKind.REMINDER: _fire_reminder}
