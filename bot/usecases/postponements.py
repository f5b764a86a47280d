"""No minute now: ask again later today, or put this week aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.db.checkins import Week
from bot.db.enrolments import EnrolmentRow
from bot.db.outbox import Outgoing
from bot.db.slots import DueSlot
from bot.db.transaction import Transaction
from bot.domain import cadence, postponements, slots
from bot.domain.checkins import CheckinState
from bot.domain.enrolments import EnrolmentState
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.slots import Due, SlotKind, SlotState
from bot.usecases.answers import have_messages_follow, tell_partners
from bot.usecases.checkins import CheckinPrompt, latest_of, own_checkin, prompt_of
from bot.usecases.participants import letter_to, tell_all
from bot.usecases.promises import ahead_of, promised_until, words_of
from bot.usecases.slots import A_WEEK


@dataclass(frozen=True, slots=True)
class Postponed:
    """A check-in somebody has no minute for now. ``at``: their own clock when they are asked again, None: not today."""

    prompt: CheckinPrompt
    at: datetime | None


@dataclass(frozen=True, slots=True)
class PutAside:
    """A week put aside, as the partner reads it: what stands, and until when. ``last``: no other check-in follows."""

    author: str
    promised: str | None
    next_day: date
    last: bool = False


def ask_later(tx: Transaction, actor: Actor, checkin: UUID) -> Postponed:
    """Have the actor be asked again in some hours, today; a reminder for today is that too.

    Raises NotYours or CheckinOver.
    """
    row = own_checkin(tx, actor, checkin)
    to = tx.enrolments.get(row.enrolment_id)
    open_still = row.state is CheckinState.OPEN
    at = postponements.later_today(to.presence, tx.now, to.programme.rules.later_hours) if open_still else None
    if at:
        tx.slots.plan([Due(to.programme_id, to.owner_id, SlotKind.LATER, postponements.period(at), at)])
        tx.slots.merge(to.programme_id, to.owner_id, SlotKind.REMINDER, before=to.presence.day_ends(at))
    return Postponed(prompt_of(tx, row), at.astimezone(cadence.zone(to.person.zone)) if at else None)


def put_aside(tx: Transaction, actor: Actor, checkin: UUID) -> CheckinPrompt:
    """Leave this week out: the promise goes on to the next, and the partners are told kindly. What counts stays.

    Raises NotYours or CheckinOver.
    """
    row = own_checkin(tx, actor, checkin)
    if row.state is CheckinState.OPEN and row.outcome is None:
        row.state = CheckinState.NOT_THIS_WEEK
        asked = tx.promises.find(row.promise_id)
        if asked:
            asked.due_on = promised_until(tx, row)
        tx.flush()
        have_messages_follow(tx, row)
        tell_partners(tx, row)
    return prompt_of(tx, row)


def put_aside_for(tx: Transaction, to: EnrolmentRow) -> None:
    """Put the open check-in aside of whoever takes a break beyond it, so that no answer is missing; told to nobody."""
    row = latest_of(tx, to)
    if row is None or row.state is not CheckinState.OPEN or row.outcome or to.paused_until is None:
        return
    if to.paused_until >= row.day + A_WEEK:
        row.state = CheckinState.NOT_THIS_WEEK


def told_aside(tx: Transaction, checkin: UUID, reader: PersonId) -> PutAside | None:
    """Return a week put aside for a message to a partner; None when it was answered after all, or is not theirs."""
    row = tx.checkins.find(checkin)
    if row is None or row.state is not CheckinState.NOT_THIS_WEEK:
        return None
    if reader not in tx.pairings.get(row.pairing_id).people - {row.owner_id}:
        return None
    asked, ahead = words_of(tx.promises.find(row.promise_id)), ahead_of(tx, row)
    return PutAside(tx.people.get(row.owner_id).name, asked, ahead.day, ahead.last)


def fire_later(tx: Transaction, due: list[DueSlot]) -> dict[UUID, SlotState]:
    """Ask again whoever wanted to be asked later and has not answered yet; return what became of the slots."""
    people = tx.enrolments.of_all({(slot.programme, slot.person) for slot in due})
    weeks = tx.checkins.weeks_of([row.id for row in people.values()])
    fates: dict[UUID, SlotState] = {}
    letters: list[Outgoing] = []
    for slot in due:
        to = people.get((slot.programme, slot.person))
        newest = _open_of(tx, to, weeks) if to else None
        fates[slot.id] = SlotState.SKIPPED
        if to and newest:
            fates[slot.id] = slots.fate(slot.late_policy, slot.due_at, slot.expires_at, tx.now, carried=False)
            if fates[slot.id] is SlotState.FIRED:
                occasion = f"{newest.id}:{slot.period}"
                letters.append(letter_to(tx, to, MessageKind.CHECKIN_AGAIN, occasion, subject=newest.id))
    tell_all(tx, MessageKind.CHECKIN_AGAIN, letters)
    return fates


def _open_of(tx: Transaction, to: EnrolmentRow, weeks: Mapping[UUID, list[Week]]) -> Week | None:
    """Return the check-in of somebody that is open, if they are there to be asked."""
    away = to.state is not EnrolmentState.ACTIVE or to.person.deactivated or to.presence.is_paused(tx.now)
    newest = weeks[to.id][-1] if to.id in weeks and not away else None
    return newest if newest and newest.state is CheckinState.OPEN else None
