"""How does it fit? Asked after the first days together, answered for oneself, followed by a new partner if wanted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.fits import FitRow
from bot.db.pairings import Current, PairingRow
from bot.db.slots import DueSlot, Move
from bot.db.transaction import Transaction
from bot.domain import fits, slots
from bot.domain.access import NotYours
from bot.domain.fits import UNDECIDED, FitAnswer
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.slots import Due, SlotKind, SlotState
from bot.usecases.pairings import own_pairing
from bot.usecases.participants import letter_to, may_be_told_at, taking_part, tell_all


def first_question(pairing: PairingRow, row: EnrolmentRow) -> Due:
    """Return when a member of a pairing is asked first how it fits."""
    return _due(row, fits.ask_at(row.presence, pairing.started_at, fits.FIRST, row.programme.hour))


def _due(row: EnrolmentRow, at: datetime) -> Due:
    return Due(row.programme_id, row.owner_id, SlotKind.FIT, row.presence.day(at).isoformat(), at)


def fire_questions(tx: Transaction, due: list[DueSlot]) -> dict[UUID, SlotState]:
    """Ask how it fits, where it is time and still open; return what became of the slots."""
    for programme in sorted({slot.programme for slot in due}):
        tx.pairings.hold(programme)
    people = taking_part(tx, due)
    ids = [row.id for row in people.values()]
    pairings, asked = tx.pairings.current_of(ids), tx.fits.of_all(ids)
    fates: dict[UUID, SlotState] = {}
    to_ask: dict[UUID, tuple[EnrolmentRow, FitRow]] = {}
    for slot in due:
        to = people.get((slot.programme, slot.person))
        current = pairings.get(to.id) if to else None
        if to and to.presence.is_paused(tx.now):
            tx.slots.move([after_the_break(tx, slot, to)])
            continue
        fates[slot.id] = SlotState.SKIPPED
        if to and current and _is_to_ask(tx, slot, to, current, asked):
            row = asked.get((to.id, current.pairing)) or tx.fits.add(to, current.pairing)
            to_ask[to.id] = to, row
            fates[slot.id] = SlotState.FIRED
    _ask(tx, to_ask)
    return fates


def after_the_break(tx: Transaction, slot: DueSlot, to: EnrolmentRow, until: datetime | None = None) -> Move:
    """Return the same slot at the first moment after its person's break; ``until`` as in ``Due``."""
    at = may_be_told_at(tx, to)
    return Move(slot.id, slot.due_at, Due(slot.programme, slot.person, slot.kind, slot.period, at, until))


def _is_to_ask(
    tx: Transaction, slot: DueSlot, to: EnrolmentRow, current: Current, asked: Mapping[tuple[UUID, UUID], FitRow]
) -> bool:
    if slots.fate(slot.late_policy, slot.due_at, slot.expires_at, tx.now, carried=False) is not SlotState.FIRED:
        return False
    there, row = to.presence, asked.get((to.id, current.pairing))
    if row is None:
        return fits.is_time(there, current.started_at, fits.FIRST, tx.now)
    if row.answered_at is None or row.asked >= fits.MOST or row.said not in UNDECIDED:
        return False
    return fits.is_time(there, row.answered_at, fits.AGAIN, tx.now)


def _ask(tx: Transaction, several: Mapping[UUID, tuple[EnrolmentRow, FitRow]]) -> None:
    letters = []
    for to, row in several.values():
        row.asked += 1
        letters.append(letter_to(tx, to, MessageKind.FIT, f"{row.pairing_id}:{row.asked}", subject=row.pairing_id))
    tx.flush()
    tell_all(tx, MessageKind.FIT, letters)


def answer_fit(tx: Transaction, actor: Actor, pairing: UUID, said: FitAnswer) -> FitAnswer:
    """Keep how it fits for the actor, read by nobody else. Raises NotYours once the pairing is over.

    Whatever was said, the second question is planned, so that nothing in the database tells who is undecided.
    """
    _, mine = own_pairing(tx, actor, pairing)
    row = tx.fits.of_all([mine.id]).get((mine.id, pairing))
    if row is None:
        raise NotYours
    row.say(said, tx.now)
    if row.asked < fits.MOST:
        tx.slots.plan([_due(mine, fits.ask_at(mine.presence, tx.now, fits.AGAIN, mine.programme.hour))])
    return said


def asked_about(tx: Transaction, pairing: UUID, reader: PersonId) -> tuple[str, ...]:
    """Return the names a question is about; nobody when ``reader`` is no longer with them."""
    row = tx.pairings.get(pairing)
    return tuple(other.person.name for other in row.others(reader)) if reader in row.people else ()
