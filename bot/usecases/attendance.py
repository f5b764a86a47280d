"""The heads-up before a round: who is asked, what they answer, who sits a round out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from bot.db.attendance import AttendanceRow, Waiting
from bot.db.enrolments import EnrolmentRow
from bot.db.outbox import Outgoing
from bot.db.rounds import RoundRow
from bot.db.slots import DueSlot, Move
from bot.db.transaction import Transaction
from bot.domain import attendance, cadence, enrolments, schedules
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.attendance import Attendance, HeadsUpOver, RoundStarted
from bot.domain.enrolments import EnrolmentState
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.rounds import AHEAD, RoundState
from bot.domain.schedules import Calendar
from bot.domain.slots import Due, SlotKind, SlotState
from bot.usecases.participants import letter_to, local_today, tell_all
from bot.usecases.slots import HORIZON, Unplanned

_EARLIEST = timedelta(weeks=2)  # before a heads-up's usual day: holidays may move it forward by so much


@dataclass(frozen=True, slots=True)
class HeadsUp:
    """One person's question about one round. ``open``: it still takes every answer."""

    id: UUID
    programme: str
    day: date
    answer: Attendance | None
    open: bool


def unplanned_heads_ups(tx: Transaction) -> list[Unplanned]:
    """Return the heads-ups that no slot stands for yet, or that stand at another hour than their person's.

    Whoever is waiting, or will be by the day of the round, is asked. This only reads.
    """
    rows = tx.schedules.active()
    calendars = {row.programme_id: (row.calendar, row.heads_up_days) for row in rows}
    return [
        one
        for row in tx.attendance.open_rounds(calendars).values()
        for one in _unplanned(tx, row, *calendars[row.programme_id])
    ]


def _unplanned(tx: Transaction, row: RoundRow, calendar: Calendar, days: int) -> Iterator[Unplanned]:
    day = row.day
    if day is None or calendar.today(tx.now) < day - timedelta(days=days) - _EARLIEST:
        return
    for one in tx.attendance.waiting(row.programme_id, day.isoformat()):
        due = _due(one, row.programme_id, day, calendar, days)
        if due.at > tx.now + HORIZON or (one.ends_on and one.ends_on >= day):
            continue
        if one.slot is None:
            yield Unplanned(due, None)
        elif one.state is SlotState.PLANNED and one.due_at and one.due_at != due.at:
            yield Unplanned(due, Move(one.slot, one.due_at, due))


def _due(one: Waiting, programme: UUID, day: date, calendar: Calendar, days: int) -> Due:
    region = calendar.region if one.holidays is None else one.holidays
    asked_on = schedules.heads_up_day(day, days, region)
    at = cadence.instant(asked_on, cadence.clock_time(calendar.hour * 60), one.zone)
    return Due(programme, one.person, SlotKind.HEADS_UP, day.isoformat(), at)


class _Asked(NamedTuple):
    """Somebody a round asks, and what is written down for them already."""

    id: UUID
    to: EnrolmentRow
    round: RoundRow
    answer: Attendance | None


def ask(tx: Transaction, due: list[DueSlot]) -> dict[UUID, SlotState]:
    """Ask a batch of people whether they are in the next round; return what became of their slots.

    Whoever left two questions in a row unanswered is told, once, that they are out.
    """
    people = tx.enrolments.of_all({(slot.programme, slot.person) for slot in due})
    rounds = tx.attendance.open_rounds({slot.programme for slot in due})
    ids = [row.id for row in people.values()]
    last_days, answers = tx.attendance.last_days(ids), tx.attendance.answers(ids)
    fates = {slot.id: SlotState.SKIPPED for slot in due}
    asked = []
    for slot in due:
        to, row = people.get((slot.programme, slot.person)), rounds.get((slot.programme, _day(slot)))
        if to and row and _is_free(to, row, last_days):
            before = [one.answer for one in answers.get(to.id, []) if one.day != row.day]
            if before and before[0] is Attendance.OUT:
                continue
            silent = to.resting or attendance.is_silent(before)
            id_ = uuid5(to.id, f"round:{row.id}")
            asked.append(_Asked(id_, to, row, Attendance.OUT if silent else None))
            fates[slot.id] = SlotState.FIRED
    _write(tx, asked)
    return fates


def _day(slot: DueSlot) -> date:
    return date.fromisoformat(slot.period)


def _is_free(to: EnrolmentRow, row: RoundRow, last_days: Mapping[UUID, date]) -> bool:
    if to.state is not EnrolmentState.ACTIVE or to.person.deactivated or row.day is None:
        return False
    together_until = last_days.get(to.id)
    return not enrolments.is_paused(to.paused_until, row.day) and (together_until is None or together_until < row.day)


def _write(tx: Transaction, asked: list[_Asked]) -> None:
    if not asked:
        return
    tx.attendance.ask((one.id, one.round.id, one.to.id, one.answer) for one in asked)
    tx.runs.begin({one.round.id for one in asked})
    tell_all(tx, MessageKind.HEADS_UP, [_letter(tx, one) for one in asked])


def _letter(tx: Transaction, asked: _Asked) -> Outgoing:
    letter = letter_to(tx, asked.to, MessageKind.HEADS_UP, str(asked.id), subject=asked.id)
    return letter._replace(expires_at=asked.round.due_at)


def read_heads_up(tx: Transaction, attendance_id: UUID) -> HeadsUp | None:
    """Return what somebody is asked about a round that still takes answers; None when it does not."""
    row = tx.attendance.find(attendance_id)
    if row is None or row.enrolment.state is not EnrolmentState.ACTIVE or row.round.state not in AHEAD:
        return None
    return _shown(row)


def _shown(row: AttendanceRow) -> HeadsUp:
    day = row.round.day or row.asked_at.date()
    return HeadsUp(row.id, row.enrolment.programme.name, day, row.answer, row.round.state in AHEAD)


def answer_heads_up(tx: Transaction, actor: Actor, attendance_id: UUID, choice: Attendance) -> HeadsUp:
    """Keep the actor's answer; it can be changed until the round starts, and coming back in is always possible.

    Raises NotYours, HeadsUpOver when there is no such round any more, or RoundStarted.
    """
    row = tx.attendance.find(attendance_id)
    if row is None:
        raise HeadsUpOver
    decide(actor, Action.CHANGE, Thing(author=row.enrolment.owner_id))
    if row.enrolment.state is not EnrolmentState.ACTIVE:
        raise NotYours
    tx.runs.lock(row.round)
    if not _is_open(tx, row.round) and not _comes_back(row.answer, choice):
        raise RoundStarted if row.round.state in {*AHEAD, RoundState.PREVIEW} else HeadsUpOver
    row.answer, row.answered_at = choice, tx.now
    row.enrolment.resting &= choice is Attendance.SKIP
    return _shown(row)


def _is_open(tx: Transaction, row: RoundRow) -> bool:
    return row.state in AHEAD and not (row.held_until and row.held_until > tx.now)


def _comes_back(before: Attendance | None, choice: Attendance) -> bool:
    return before in {Attendance.OUT, Attendance.SKIP} and choice is not Attendance.SKIP


def who_sits_out(tx: Transaction, programme: UUID, rows: Iterable[EnrolmentRow]) -> frozenset[UUID]:
    """Return the enrolments among ``rows`` that are left alone now: they skip, rest or were silent."""
    several = {row.id: row for row in rows}
    answers = tx.attendance.newest_in(programme)
    asked_again = bool(answers) and tx.runs.next_of(programme) is not None
    resting = {one for one, row in several.items() if row.resting}
    return frozenset(resting) | frozenset(
        one
        for one, given in answers.items()
        if one in several
        and attendance.sits_out(given.answer, given.day, local_today(tx, several[one]), asked_again=asked_again)
    )


def count_left_out(tx: Transaction, row: RoundRow, inside: Collection[UUID]) -> dict[str, int]:
    """Return how many of those who were asked for a round are not ``inside``, by reason."""
    asked = tx.attendance.asked_for(row.id) - frozenset(inside)
    answers = tx.attendance.newest_in(row.programme_id)
    taken = tx.pairings.taken(row.programme_id)
    active = {one.id: one for one in tx.enrolments.active_in(row.programme_id)}
    reasons = (_reason(tx, active.get(one), answers[one].answer) for one in asked if one not in taken)
    return dict(Counter(reasons))


def _reason(tx: Transaction, row: EnrolmentRow | None, answer: Attendance | None) -> str:
    if row is None or row.person.deactivated:
        return "left"
    if enrolments.is_paused(row.paused_until, local_today(tx, row)):
        return "away"
    return "silent" if answer is Attendance.OUT else "skipped"
