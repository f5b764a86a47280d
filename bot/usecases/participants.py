"""What every noun needs to know about a participant: are they in, what day is it for them, when may they be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.outbox import Outgoing
from bot.db.slots import DueSlot
from bot.db.transaction import Transaction
from bot.domain import cadence, participants, visibility
from bot.domain.access import Action, Thing, decide
from bot.domain.enrolments import EnrolmentState
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor


def own_enrolment(tx: Transaction, actor: Actor) -> EnrolmentRow:
    """Return the actor's active enrolment. Raises NotWelcome or NotEnrolled."""
    row = tx.enrolments.active_or_none(actor.person)
    decide(actor, Action.TAKE_PART, Thing(participants=frozenset({actor.person}) if row else frozenset()))
    return row or tx.enrolments.active(actor)


def partner_names(tx: Transaction, row: EnrolmentRow) -> tuple[str, ...]:
    """Return the names of whoever is in the current pairing with the person of an enrolment."""
    pairing = tx.pairings.current(row.id)
    return tuple(other.person.name for other in pairing.others(row.owner_id)) if pairing else ()


def check_readers(tx: Transaction, actor: Actor, promised: str) -> None:
    """Return if the actor's partners are still those a form promised. Raises NotEnrolled or ReadersChanged."""
    visibility.check_readers(promised, partner_names(tx, own_enrolment(tx, actor)))


def local_today(tx: Transaction, row: EnrolmentRow) -> date:
    """Return what day it is for the person of an enrolment."""
    return cadence.local_day(tx.now, row.person.zone)


def taking_part(tx: Transaction, due: Iterable[DueSlot]) -> dict[tuple[UUID, PersonId], EnrolmentRow]:
    """Return who of those something is due for still takes part, on a break or not, by programme and person."""
    found = tx.enrolments.of_all({(slot.programme, slot.person) for slot in due})
    return {key: row for key, row in found.items() if row.state is EnrolmentState.ACTIVE and not row.person.deactivated}


def tell(tx: Transaction, to: EnrolmentRow, kind: MessageKind, occasion: str, *, subject: UUID) -> None:
    """Write to one participant, once per ``occasion``, in their own working hours and never during a break."""
    tell_all(tx, kind, [letter_to(tx, to, kind, occasion, subject=subject)])


def tell_all(tx: Transaction, kind: MessageKind, letters: Sequence[Outgoing]) -> None:
    """Write to several participants as ``tell`` does; what may have come before a restore is looked up first."""
    if tx.outbox.put_all(kind, letters):
        tx.restores.doubt(kind, [one.key for one in letters])


def letter_to(tx: Transaction, to: EnrolmentRow, kind: MessageKind, occasion: str, *, subject: UUID) -> Outgoing:
    """Return a message as ``tell`` writes it, to be put with others."""
    key = f"{kind}:{occasion}:{to.owner_id}"
    return Outgoing(to.owner_id, key, subject, may_be_told_at(tx, to))


def may_be_told_at(tx: Transaction, row: EnrolmentRow) -> datetime:
    """Return the first moment from now on at which a participant may be written to."""
    return participants.may_be_told_at(row.presence, tx.now)
