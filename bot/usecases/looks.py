"""Look how long nothing was heard of people, and take the steps that are due.

A look goes over a batch of people with the same number of statements, whether it holds ten or hundreds; only what
ends is ended one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.outbox import Outgoing
from bot.db.pairings import PairingRow
from bot.db.slots import DueSlot, Move
from bot.db.transaction import Transaction
from bot.domain import cadence, pairings, silence
from bot.domain.messages import MessageKind
from bot.domain.pairings import EndReason
from bot.domain.participants import next_working_moment
from bot.domain.silence import Step
from bot.domain.slots import Due, SlotKind, SlotState
from bot.usecases.agreements import put_into_force
from bot.usecases.asking import Questions
from bot.usecases.participants import letter_to, may_be_told_at, taking_part, tell, tell_all
from bot.usecases.silence import Quiet, read_quiet

_LAST_HOUR = 23
_A_DAY = timedelta(days=1)


def first_look(pairing: PairingRow, row: EnrolmentRow, now: datetime) -> Due | None:
    """Return the first look after a member of a pairing that lies ahead, as if there had been some since it began."""
    days = row.programme.rules.silence_days
    if not days:
        return None
    there = row.presence
    since = cadence.latest_turn(there.day(pairing.started_at), days[0] * pairing.every_weeks, there.day(now))
    return _due(row, Quiet(row, pairing, None, since, Step.NONE, None).next_on)


def _due(row: EnrolmentRow, day: date) -> Due:
    # After the hour of the check-ins, so that it is known whether one was asked that day.
    hour = min(row.programme.hour + 1, _LAST_HOUR)
    at = next_working_moment(row.presence, cadence.instant(day, cadence.clock_time(hour * 60), row.person.zone))
    return Due(row.programme_id, row.owner_id, SlotKind.SILENCE, day.isoformat(), at)


def fire_looks(tx: Transaction, due: list[DueSlot]) -> dict[UUID, SlotState]:
    """Look after a batch of people, take the steps whose day has come; return what became of the slots."""
    for programme in sorted({slot.programme for slot in due}):
        tx.pairings.hold(programme)
    people = taking_part(tx, due)
    ids = [row.id for row in people.values()]
    quiet, asked_at = read_quiet(tx, ids), tx.signs.asked_at(ids)
    fates = {slot.id: SlotState.SKIPPED for slot in due}
    due_steps: dict[DueSlot, Quiet] = {}
    moves: list[Move] = []
    ahead: list[Due] = []
    for slot in due:
        to = people.get((slot.programme, slot.person))
        one = quiet.get(to.id) if to else None
        if to is None or one is None or (one.row and one.row.stopped) or not to.programme.rules.silence_days:
            continue
        later = _later(tx, one, asked_at.get(to.id))
        if later:
            moves.append(Move(slot.id, slot.due_at, Due(slot.programme, slot.person, slot.kind, slot.period, later)))
            del fates[slot.id]
        elif one.next_on > to.presence.day(tx.now):
            ahead.append(_due(to, one.next_on))
        elif _ends_anyway(one, to.presence.day(tx.now)):  # unless they go on together, which the next look finds
            ahead.append(_due(to, one.pairing.ends_on + _A_DAY))
        else:
            due_steps[slot] = one
            fates[slot.id] = SlotState.FIRED
    tx.slots.move(moves)
    put_off = _give_way(tx, due_steps, quiet)
    steps = {one.to.id: one for slot, one in due_steps.items() if slot.id not in put_off}
    tx.slots.plan([*ahead, *_take_steps(tx, steps, quiet)])
    return {slot: fate for slot, fate in fates.items() if slot not in put_off}


def _give_way(tx: Transaction, due_steps: Mapping[DueSlot, Quiet], quiet: Mapping[UUID, Quiet]) -> frozenset[UUID]:
    """Put off the steps that would come beside another question of whom they ask; return their slots."""
    if not due_steps:
        return frozenset()
    asked = {slot: _asked_by(one, quiet) for slot, one in due_steps.items()}
    questions = Questions(tx, [to for several in asked.values() for to in several], SlotKind.SILENCE)
    later: dict[UUID, tuple[datetime, datetime]] = {}
    for slot, several in asked.items():
        chances = [at for to in several if (at := questions.next_chance(to, slot))]
        if chances:
            later[slot.id] = slot.due_at, max(chances)
        else:
            questions.ask(several)
    tx.slots.put_off(later)
    return frozenset(later)


def _asked_by(one: Quiet, quiet: Mapping[UUID, Quiet]) -> list[EnrolmentRow]:
    """Return whom the next step writes to; nobody for the end, which comes on the day that was told."""
    return [to for _, to in _letters(replace(one, step=Step(one.step + 1)), quiet)] if one.step < Step.OFFER else []


def _later(tx: Transaction, one: Quiet, asked_at: datetime | None) -> datetime | None:
    """Return when to look instead: after a break of theirs or of all the others, or when a step can be told well."""
    there = one.to.presence
    if there.is_paused(tx.now):
        return may_be_told_at(tx, one.to)
    if one.others and all(other.presence.is_paused(tx.now) for other in one.others):
        return min(may_be_told_at(tx, other) for other in one.others)
    if one.next_on > there.day(tx.now):
        return None
    day = there.day(next_working_moment(there, tx.now))
    if one.step < Step.OFFER and asked_at:  # the end comes on the day that was told
        day = silence.apart_from(there.day(next_working_moment(there, asked_at)), day, there.region)
    at = _due(one.to, day).at
    return at if at > tx.now else None


def _ends_anyway(one: Quiet, today: date) -> bool:
    """Say whether the planned end comes first: an end by silence then would only take the look back away."""
    if one.step < Step.ASK:
        return False
    closing = today if one.step is Step.OFFER else one.loop.due_on(Step.CLOSE, one.since, today)
    return closing >= one.pairing.ends_on


def _take_steps(tx: Transaction, several: Mapping[UUID, Quiet], quiet: Mapping[UUID, Quiet]) -> list[Due]:
    """Take the next step with each; return the looks that follow."""
    closing = [one.row.id for one in several.values() if one.row and one.step is Step.OFFER]
    unread = tx.outbox.on_the_way(MessageKind.SILENCE_NOTICE, closing) if closing else {}
    letters: dict[MessageKind, list[Outgoing]] = {}
    ahead: list[Due] = []
    for one in several.values():
        today = one.to.presence.day(tx.now)
        if one.row and one.row.id in unread:  # nothing ends before its announcement has arrived
            ahead.append(_due(one.to, cadence.next_working_day(today, one.to.presence.region)))
        elif one.step is Step.OFFER:
            _close(tx, one, quiet)
        else:
            taken = _step(tx, one, today)
            for kind, to in _letters(taken, quiet):
                letters.setdefault(kind, []).append(_letter(tx, taken, kind, to))
            ahead.append(_due(one.to, taken.next_on))
    tx.flush()
    for kind, outgoing in letters.items():
        tell_all(tx, kind, outgoing)
    return ahead


def _step(tx: Transaction, one: Quiet, today: date) -> Quiet:
    row = one.row or tx.silence.add(one.to, one.pairing.id, one.since)
    step = Step(one.step + 1)
    row.take(step, one.since, today)
    return Quiet(one.to, one.pairing, row, one.since, step, today)


def _letters(one: Quiet, quiet: Mapping[UUID, Quiet]) -> list[tuple[MessageKind, EnrolmentRow]]:
    """Return who is written to at a step just taken; who is silent as well is offered nothing against the other."""
    match one.step:
        case Step.NUDGE:
            return [(MessageKind.SILENCE_NUDGE, one.to)]
        case Step.ASK:
            return [(MessageKind.SILENCE_ASK, other) for other in one.others]
        case _:
            awake = [other for other in one.others if quiet[other.id].step < Step.ASK]
            return [(MessageKind.SILENCE_NOTICE, one.to), *((MessageKind.SILENCE_OFFER, other) for other in awake)]


def _letter(tx: Transaction, one: Quiet, kind: MessageKind, to: EnrolmentRow) -> Outgoing:
    row = one.row
    assert row is not None  # noqa: S101  a step just taken has one
    return letter_to(tx, to, kind, f"{row.id}:{one.since}", subject=row.id)


def _close(tx: Transaction, one: Quiet, quiet: Mapping[UUID, Quiet]) -> None:
    """Let who is silent go: two who remain go on, one who remains comes first in the next round."""
    pairing, others = one.pairing, one.others
    if one.to not in pairing.present:
        return  # ended by the other one's silence, a moment ago
    gone = [one.to]
    if len(others) < pairings.FEWEST:
        gone += [other for other in others if quiet[other.id].step >= Step.ASK]
        tx.pairings.end(pairing, EndReason.QUIET)
    else:
        tx.pairings.leave(pairing, one.to.id)
        put_into_force(tx, pairing)
    for row in gone:
        row.resting = True
        tell(tx, row, MessageKind.SILENCE_OVER, f"{pairing.id}:{row.id}", subject=pairing.id)
    for other in others:
        if other not in gone:
            other.waited_rounds += len(others) < pairings.FEWEST
            tell(tx, other, MessageKind.PARTNER_RESTS, f"{pairing.id}:{one.to.id}", subject=one.to.id)
