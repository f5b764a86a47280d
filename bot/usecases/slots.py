"""Plan what is due and fire it: the weekly check-in and its one reminder."""

from __future__ import annotations

from datetime import date, timedelta

from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.slots import SlotRow
from bot.db.transaction import Transaction
from bot.domain import cadence, checkins, enrolments, reflections, slots
from bot.domain.cadence import Weekday
from bot.domain.checkins import CheckinState
from bot.domain.enrolments import EnrolmentState
from bot.domain.messages import MessageKind
from bot.domain.slots import LatePolicy, SlotKind, SlotState
from bot.usecases.participants import local_today, tell

HORIZON = timedelta(days=2)
BATCH = 100


def plan_checkins(tx: Transaction) -> int:
    """Plan every check-in due from four days ago to two days ahead, each at its person's local hour; return new ones.

    Looking back is what makes a week that began while nobody was running still happen, once.
    """
    return sum(_plan_member(tx, pairing, member) for pairing in tx.pairings.active() for member in pairing.present)


def _plan_member(tx: Transaction, pairing: PairingRow, member: EnrolmentRow) -> int:
    today = local_today(tx, member)
    weekday = Weekday(member.programme.weekday)
    days = cadence.checkin_days(weekday, today - cadence.CATCH_UP, min(today + HORIZON, pairing.ends_on))
    return sum(_plan_day(tx, pairing, member, day) for day in days)


def _plan_day(tx: Transaction, pairing: PairingRow, member: EnrolmentRow, day: date) -> bool:
    programme = member.programme
    zone = member.person.zone
    due = cadence.instant(day, cadence.clock_time(programme.hour * 60), zone)
    if day <= _introduced(pairing) or due <= tx.now - cadence.CATCH_UP:
        return False
    return tx.slots.plan(
        programme.id,
        member.owner_id,
        SlotKind.CHECKIN,
        cadence.iso_week(day),
        due_at=due,
        expires_at=due + cadence.CATCH_UP,
        late_policy=LatePolicy.SEND,
    )


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
    question = reflections.next_question(asked, enrolment.id.int)
    day = cadence.local_day(slot.due_at, enrolment.person.zone)
    row = tx.checkins.open(enrolment, pairing.id, day, slot.period, question)
    tx.flush()
    tell(tx, enrolment, MessageKind.CHECKIN, str(row.id), subject=row.id)
    _plan_reminder(tx, slot, enrolment, day)
    return True


def _plan_reminder(tx: Transaction, slot: SlotRow, enrolment: EnrolmentRow, day: date) -> None:
    opened = max(day, local_today(tx, enrolment))
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
