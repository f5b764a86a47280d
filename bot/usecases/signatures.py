"""Remind the people of a pairing, once, of an agreement they have not written or signed yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.db.agreements import AgreementRow
from bot.db.enrolments import EnrolmentRow
from bot.db.outbox import Outgoing
from bot.db.pairings import PairingRow
from bot.db.slots import DueSlot, Move
from bot.db.transaction import Transaction
from bot.domain import agreements
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.pairings import PairingState
from bot.domain.slots import Due, SlotKind, SlotState
from bot.usecases.participants import letter_to, may_be_told_at, taking_part, tell_all

_ZONES_APART = timedelta(days=1)  # a move to another zone makes a day come later


@dataclass(frozen=True, slots=True)
class Unsigned:
    """What is to be agreed on with ``partners``; ``author`` wrote the version that waits, "" if there is none."""

    partners: tuple[str, ...]
    author: str


def only_nudge(pairing: PairingRow, row: EnrolmentRow) -> Due:
    """Return when a member of a pairing is reminded."""
    there = row.presence
    at = agreements.nudge_at(there, pairing.started_at, row.programme.rules.unsigned_days)
    return Due(row.programme_id, row.owner_id, SlotKind.UNSIGNED, there.day(at).isoformat(), at)


def fire_nudges(tx: Transaction, due: list[DueSlot]) -> dict[UUID, SlotState]:
    """Remind whoever has not signed; return what became of the slots."""
    people = taking_part(tx, due)
    pairings = tx.pairings.with_people_of([row.id for row in people.values()])
    versions = tx.agreements.versions_of({row.id for row in pairings.values()})
    fates: dict[UUID, SlotState] = {}
    letters: dict[UUID, Outgoing] = {}
    moves: list[Move] = []
    for slot in due:
        to = people.get((slot.programme, slot.person))
        pairing = pairings.get(to.id) if to else None
        if to and pairing and to.presence.is_paused(tx.now):
            back = Due(slot.programme, slot.person, slot.kind, slot.period, may_be_told_at(tx, to))
            moves.append(Move(slot.id, slot.due_at, back))
            continue
        fates[slot.id] = SlotState.SKIPPED
        if to and pairing and _is_to_remind(tx, to, pairing, versions.get(pairing.id, [])):
            letters[to.id] = letter_to(tx, to, MessageKind.AGREEMENT_NUDGE, str(pairing.id), subject=pairing.id)
            fates[slot.id] = SlotState.FIRED
    tx.slots.move(moves)
    tell_all(tx, MessageKind.AGREEMENT_NUDGE, list(letters.values()))
    return fates


def _is_to_remind(tx: Transaction, to: EnrolmentRow, pairing: PairingRow, versions: Sequence[AgreementRow]) -> bool:
    due = agreements.nudge_at(to.presence, pairing.started_at, to.programme.rules.unsigned_days)
    return due <= tx.now + _ZONES_APART and not _is_signed(to.owner_id, versions)


def _is_signed(person: PersonId, versions: Sequence[AgreementRow]) -> bool:
    """Say whether a version counts already, or ``person`` has signed the newest and waits for the others."""
    return any(row.in_force_at for row in versions) or bool(versions and person in versions[-1].signers)


def unsigned(tx: Transaction, pairing: UUID, reader: PersonId) -> Unsigned | None:
    """Return what ``reader`` is reminded of; None when it is signed by now, or over."""
    row = tx.pairings.get(pairing)
    if row.state is not PairingState.ACTIVE or reader not in row.people:
        return None
    versions = tx.agreements.versions_of([pairing]).get(pairing, [])
    if _is_signed(reader, versions):
        return None
    names = {one.owner_id: one.person.name for one in row.present}
    author = names.get(versions[-1].owner_id, "") if versions else ""
    return Unsigned(tuple(other.person.name for other in row.others(reader)), author)
