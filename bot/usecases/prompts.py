"""What is asked when its moment has come, for a batch of people at once: the weekly check-in and its one reminder.

Such a batch takes the same number of statements whether it holds ten people or hundreds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from bot.db.checkins import Opened, Week
from bot.db.enrolments import EnrolmentRow
from bot.db.outbox import Outgoing
from bot.db.pairings import Current
from bot.db.slots import DueSlot, Move
from bot.db.transaction import Transaction
from bot.domain import cadence, holidays, reminders, slots
from bot.domain.asking import GIVES_WAY
from bot.domain.checkins import CheckinState
from bot.domain.enrolments import EnrolmentState
from bot.domain.messages import MessageKind
from bot.domain.slots import LATE, Due, SlotKind, SlotState
from bot.usecases import attendance, meeting_prompts
from bot.usecases.asking import give_way
from bot.usecases.checkins import opening
from bot.usecases.fits import fire_questions
from bot.usecases.looks import fire_looks
from bot.usecases.milestones import fire_closings, fire_half_times
from bot.usecases.offers import fire_silence
from bot.usecases.participants import letter_to, may_be_told_at, tell_all
from bot.usecases.postponements import fire_later
from bot.usecases.signatures import fire_nudges
from bot.usecases.slots import introduced_on

BATCH = 500

Fates = dict[UUID, SlotState]


def fire_due(tx: Transaction) -> int:
    """Fire up to a batch of slots whose moment has come; return how many were decided or moved."""
    due = tx.slots.due(BATCH)
    for kind, fire in _FIRE.items():
        several = [slot for slot in due if slot.kind is kind]
        if kind in _WAITS:
            several = give_way(tx, kind, several)
        if several:
            tx.slots.decide(fire(tx, several))  # at once, so that what gives way to it sees what became of it
    return len(due)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A check-in to be opened, with whom it asks."""

    slot: DueSlot
    to: EnrolmentRow
    row: Opened


def _fire_checkins(tx: Transaction, due: list[DueSlot]) -> Fates:
    people = _present(tx, due)
    due = _away_from_holidays(tx, due, people)
    ids = [enrolment.id for enrolment in people.values()]
    pairings, weeks, promises = tx.pairings.current_of(ids), tx.checkins.weeks_of(ids), tx.promises.open_in(ids)
    fates: Fates = {}
    asked: dict[UUID, _Asked] = {}
    for slot in due:
        to = people.get((slot.programme, slot.person))
        pairing = pairings.get(to.id) if to else None
        fates[slot.id] = SlotState.SKIPPED
        if to and pairing and _is_to_ask(tx, slot, to, pairing, weeks.get(to.id, [])):
            if to.id in asked:
                fates[asked[to.id].slot.id] = SlotState.MERGED
            asked[to.id] = _Asked(slot, to, _opened(slot, to, pairing, weeks.get(to.id, []), promises))
            fates[slot.id] = SlotState.FIRED
    _ask(tx, list(asked.values()), weeks)
    return fates


def _is_to_ask(tx: Transaction, slot: DueSlot, to: EnrolmentRow, pairing: Current, weeks: list[Week]) -> bool:
    if slots.fate(slot.late_policy, slot.due_at, slot.expires_at, tx.now, carried=False) is not SlotState.FIRED:
        return False
    day = _day(slot, to)
    if holidays.is_holiday(day, to.presence.region) or day <= introduced_on(pairing.started_at, pairing.zones):
        return False
    return all(one.week != slot.period for one in weeks)


def _day(slot: DueSlot, to: EnrolmentRow) -> date:
    return cadence.local_day(slot.due_at, to.person.zone)


def _opened(
    slot: DueSlot, to: EnrolmentRow, pairing: Current, weeks: list[Week], promises: Mapping[tuple[UUID, UUID], UUID]
) -> Opened:
    promise = promises.get((to.id, pairing.pairing))
    return opening(to, pairing.pairing, slot.period, _day(slot, to), weeks, promise)


def _ask(tx: Transaction, several: list[_Asked], weeks: Mapping[UUID, list[Week]]) -> None:
    before = [weeks[one.to.id][-1] for one in several if one.to.id in weeks]
    tx.checkins.miss([one.id for one in before if one.state is CheckinState.OPEN])
    tx.checkins.open(one.row for one in several)
    tell_all(
        tx,
        MessageKind.CHECKIN,
        [letter_to(tx, one.to, MessageKind.CHECKIN, str(one.row.id), subject=one.row.id) for one in several],
    )
    tx.slots.plan(_reminder(tx, one) for one in several)


def _reminder(tx: Transaction, asked: _Asked) -> Due:
    """Return when to remind, as its person likes it."""
    to = asked.to
    at = reminders.remind_at(to.presence, may_be_told_at(tx, to), to.programme.hour, to.reminding)
    return Due(asked.slot.programme, asked.slot.person, SlotKind.REMINDER, asked.slot.period, at)


def _away_from_holidays(
    tx: Transaction, due: list[DueSlot], people: Mapping[tuple[UUID, UUID], EnrolmentRow]
) -> list[DueSlot]:
    """Move what was planned before its day became a holiday; return the others."""
    moves = {slot.id: move for slot in due if (move := _move(slot, people.get((slot.programme, slot.person))))}
    tx.slots.move(moves.values())
    return [slot for slot in due if slot.id not in moves]


def _move(slot: DueSlot, to: EnrolmentRow | None) -> Move | None:
    if to is None or not holidays.is_holiday(day := _day(slot, to), to.presence.region):
        return None
    moved = cadence.checkin_day(day, to.presence.region)
    if moved is None:
        return None
    at = cadence.instant(moved, cadence.clock_time(to.programme.hour * 60), to.person.zone)
    return Move(slot.id, slot.due_at, Due(slot.programme, slot.person, slot.kind, slot.period, at))


def _fire_reminders(tx: Transaction, due: list[DueSlot]) -> Fates:
    people = _present(tx, due)
    weeks = tx.checkins.weeks_of([enrolment.id for enrolment in people.values()])
    open_ones = {(to.id, one.week): one.id for to in people.values() for one in weeks.get(to.id, []) if _is_open(one)}
    carried = tx.outbox.on_the_way(MessageKind.CHECKIN, open_ones.values())
    fates: Fates = {}
    letters: list[Outgoing] = []
    for slot in due:
        to = people.get((slot.programme, slot.person))
        checkin = open_ones.get((to.id, slot.period)) if to else None
        fates[slot.id] = SlotState.SKIPPED
        if to and checkin:
            late = slot.late_policy, slot.due_at, slot.expires_at
            fates[slot.id] = slots.fate(*late, tx.now, carried=checkin in carried)
            if fates[slot.id] is SlotState.FIRED:
                letters.append(_reminding(tx, slot, to, checkin))
    tell_all(tx, MessageKind.CHECKIN_REMINDER, letters)
    return fates


def _reminding(tx: Transaction, slot: DueSlot, to: EnrolmentRow, checkin: UUID) -> Outgoing:
    letter = letter_to(tx, to, MessageKind.CHECKIN_REMINDER, str(checkin), subject=checkin)
    worth: timedelta = LATE[slot.kind].worth
    return letter._replace(expires_at=max(slot.expires_at, (letter.not_before or tx.now) + worth))


def _is_open(week: Week) -> bool:
    return week.state is CheckinState.OPEN


def _present(tx: Transaction, due: list[DueSlot]) -> dict[tuple[UUID, UUID], EnrolmentRow]:
    """Return who is there to be asked, by programme and person: active, not on a break, not deactivated."""
    found = tx.enrolments.of_all({(slot.programme, slot.person) for slot in due})
    return {
        (programme, person): row
        for (programme, person), row in found.items()
        if row.state is EnrolmentState.ACTIVE and not row.person.deactivated and not row.presence.is_paused(tx.now)
    }


_FIRE: Mapping[SlotKind, Callable[[Transaction, list[DueSlot]], Fates]] = MappingProxyType(
    {
        SlotKind.OFFER: fire_silence,
        SlotKind.CHECKIN: _fire_checkins,
        SlotKind.REMINDER: _fire_reminders,
        SlotKind.LATER: fire_later,
        SlotKind.HEADS_UP: attendance.ask,
        SlotKind.MEETING_DAY: meeting_prompts.fire_day_before,
        SlotKind.MEETING_SOON: meeting_prompts.fire_soon,
        SlotKind.MEETING_AFTER: meeting_prompts.fire_after,
        # From here on what gives way, in the order in which it does.
        SlotKind.CLOSING: fire_closings,
        SlotKind.HALF_TIME: fire_half_times,
        SlotKind.FIT: fire_questions,
        SlotKind.UNSIGNED: fire_nudges,
        SlotKind.NO_MEETING: meeting_prompts.fire_no_meeting,
        SlotKind.SILENCE: fire_looks,
    }
)
# A look asks whom its step is about, who may be somebody else: it gives way by itself.
_WAITS = frozenset(GIVES_WAY) - {SlotKind.SILENCE}
