"""Half-time and the last week of a pairing: planned for everybody, asked in each person's own afternoon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.milestones import Asked, Term
from bot.db.pairings import PairingRow
from bot.db.programmes import ProgrammeRow
from bot.db.slots import DueSlot, Move
from bot.db.transaction import Transaction
from bot.domain import cadence, milestones
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.milestones import TimeOver
from bot.domain.pairings import EndReason, PairingState
from bot.domain.people import Actor
from bot.domain.rules import Rules
from bot.domain.slots import LATE, Due, SlotKind, SlotState
from bot.usecases.fits import after_the_break
from bot.usecases.participants import letter_to, local_today, taking_part, tell_all
from bot.usecases.slots import HORIZON, Unplanned

KINDS = (SlotKind.HALF_TIME, SlotKind.CLOSING)
_EARLIEST = timedelta(days=10)  # before its day: how far holidays may move a question


class Stop(NamedTuple):
    """A day of one term on which its people are asked something."""

    term: Term
    kind: SlotKind
    day: date


def unplanned_milestones(tx: Transaction) -> list[Unplanned]:
    """Return every half-time and end of a time together that comes up and that no slot stands for at its hour.

    This goes through every pairing under way, so it only reads.
    """
    programmes = {row.id: row for row in tx.programmes.active()}
    terms = (term for term in tx.milestones.terms() if term.programme in programmes)
    stops: dict[UUID, list[Stop]] = {}
    for term in terms:
        for stop in _stops(term, programmes[term.programme].rules):
            if _is_near(tx, stop):
                stops.setdefault(term.pairing, []).append(stop)
    if not stops:
        return []
    since = tx.now - max(LATE[kind].worth for kind in KINDS) - _EARLIEST
    return list(_unplanned(tx, stops, tx.milestones.people(list(stops), KINDS, since), programmes))


def _stops(term: Term, rules: Rules) -> Iterator[Stop]:
    half = milestones.half_day(term.begun, term.ends_on, rules)
    if half:
        yield Stop(term, SlotKind.HALF_TIME, half)
    yield Stop(term, SlotKind.CLOSING, milestones.closing_day(term.begun, term.ends_on, rules))


def _is_near(tx: Transaction, stop: Stop) -> bool:
    last = stop.day + LATE[stop.kind].worth
    return stop.day <= cadence.furthest_day(tx.now) + HORIZON and tx.now.date() <= last


def _unplanned(
    tx: Transaction,
    stops: Mapping[UUID, list[Stop]],
    several: Iterable[Asked],
    programmes: Mapping[UUID, ProgrammeRow],
) -> Iterator[Unplanned]:
    rows = list(several)
    standing = {(row.person, row.pairing, row.kind, row.period): row for row in rows if row.slot}
    for row in {(one.pairing, one.person): one for one in rows}.values():
        for stop in stops[row.pairing]:
            due = _due(row, stop, programmes[stop.term.programme])
            there = standing.get((row.person, row.pairing, stop.kind, due.period))
            if due.at > tx.now + HORIZON or due.expires_at <= tx.now:
                continue
            if there is None:
                yield Unplanned(due, None)
            elif there.slot and there.due_at and there.state is SlotState.PLANNED and there.due_at < due.at:
                yield Unplanned(due, Move(there.slot, there.due_at, due))


def _due(row: Asked, stop: Stop, programme: ProgrammeRow) -> Due:
    region = programme.holidays if row.holidays is None else row.holidays
    at = milestones.ask_at(stop.day, row.zone, region)
    until = milestones.over_at(stop.term.ends_on, row.zone)
    return Due(programme.id, row.person, stop.kind, stop.day.isoformat(), at, until)


def fire_half_times(tx: Transaction, due: list[DueSlot]) -> dict[UUID, SlotState]:
    """Ask halfway, where it is time; return what became of the slots."""
    return _fire(tx, due, kind=SlotKind.HALF_TIME, message=MessageKind.HALF_TIME)


def fire_closings(tx: Transaction, due: list[DueSlot]) -> dict[UUID, SlotState]:
    """Speak of the end, where it is near; return what became of the slots."""
    return _fire(tx, due, kind=SlotKind.CLOSING, message=MessageKind.CLOSING)


def _fire(tx: Transaction, due: list[DueSlot], *, kind: SlotKind, message: MessageKind) -> dict[UUID, SlotState]:
    people = taking_part(tx, due)
    terms = tx.milestones.terms_of([row.id for row in people.values()])
    fates: dict[UUID, SlotState] = {}
    letters = []
    for slot in due:
        to = people.get((slot.programme, slot.person))
        term = terms.get(to.id) if to else None
        if to and to.presence.is_paused(tx.now):
            tx.slots.move([after_the_break(tx, slot, to, until=_over_at(to, term))])
            continue
        fates[slot.id] = SlotState.SKIPPED
        if to and term and _is_time(tx, slot, to, term, kind):
            occasion = f"{term.pairing}:{term.number}:{term.ends_on if kind is SlotKind.CLOSING else ''}"
            letters.append(letter_to(tx, to, message, occasion, subject=term.pairing))
            fates[slot.id] = SlotState.FIRED
    tell_all(tx, message, letters)
    return fates


def _over_at(to: EnrolmentRow, term: Term | None) -> datetime | None:
    return milestones.over_at(term.ends_on, to.person.zone) if term else None


def _is_time(tx: Transaction, slot: DueSlot, to: EnrolmentRow, term: Term, kind: SlotKind) -> bool:
    """Say whether a slot still stands for its day: another last day may have been agreed on since."""
    if tx.now >= slot.expires_at or local_today(tx, to) > term.ends_on:
        return False
    return any(stop.kind is kind and stop.day.isoformat() == slot.period for stop in _stops(term, to.programme.rules))


def own_time(tx: Transaction, actor: Actor, pairing: UUID) -> tuple[PairingRow, EnrolmentRow]:
    """Return a time together the actor is in, or was in to its planned end not long ago, and their enrolment.

    Raises NotYours, or TimeOver when it is too long ago.
    """
    row = tx.pairings.find(pairing)
    party = row.party if row else []
    decide(actor, Action.READ, Thing(partners=frozenset(one.owner_id for one in party)))
    mine = next((one for one in party if one.owner_id == actor.person), None)
    if row is None or mine is None or row.end_reason not in {None, EndReason.COMPLETED}:
        raise NotYours
    until = answers_until(row, mine)
    if until and local_today(tx, mine) > until:
        raise TimeOver(days=mine.programme.rules.late_answer_days)
    return row, mine


def check_half_time(tx: Transaction, actor: Actor, pairing: UUID) -> None:
    """Return if the actor's time together still goes on. Raises NotYours once it has ended, or as ``own_time``."""
    row, _ = own_time(tx, actor, pairing)
    if row.ended_at:
        raise NotYours


def answers_until(row: PairingRow, mine: EnrolmentRow) -> date | None:
    """Return until when a member's late answers count after the end; None while it lasts."""
    if row.ended_at is None:
        return None
    return milestones.answers_count_until(mine.presence.day(row.ended_at), mine.programme.rules)


def is_closing(tx: Transaction, row: PairingRow, mine: EnrolmentRow) -> bool:
    """Say whether the end of a time together has come, or is near enough to speak of it."""
    begun = (row.renewed_at or row.started_at).date()
    first = milestones.closing_day(begun, row.ends_on, mine.programme.rules)
    return row.state is PairingState.ENDED or local_today(tx, mine) >= first


class Ahead(NamedTuple):
    """What a question is about: with whom, until when, whether there is an agreement, and which term it is."""

    partners: tuple[str, ...]
    ends_on: date
    agreed: bool
    term: int


def asked_about(tx: Transaction, pairing: UUID, reader: PersonId) -> Ahead | None:
    """Return what a question to ``reader`` is about; None when the time is over or not theirs any more."""
    row = tx.pairings.find(pairing)
    if row is None or row.state is not PairingState.ACTIVE or reader not in row.people:
        return None
    names = tuple(one.person.name for one in row.others(reader))
    return Ahead(names, row.ends_on, tx.agreements.latest(row.id) is not None, row.term)
