"""What every noun needs to know about a participant: are they in, what day is it for them, when may they be told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.transaction import Transaction
from bot.domain import cadence
from bot.domain.access import Action, Thing, decide
from bot.domain.messages import MessageKind
from bot.domain.people import Actor


def own_enrolment(tx: Transaction, actor: Actor) -> EnrolmentRow:
    """Return the actor's active enrolment. Raises NotWelcome or NotEnrolled."""
    row = tx.enrolments.active_or_none(actor.person)
    decide(actor, Action.TAKE_PART, Thing(participants=frozenset({actor.person}) if row else frozenset()))
    return row or tx.enrolments.active(actor)


def local_today(tx: Transaction, row: EnrolmentRow) -> date:
    """Return what day it is for the person of an enrolment."""
    return cadence.local_day(tx.now, row.person.zone)


def tell(tx: Transaction, to: EnrolmentRow, kind: MessageKind, occasion: str, *, subject: UUID) -> None:
    """Write to one participant, once per ``occasion``, in their own working hours."""
    tx.outbox.put(
        kind,
        to=to.owner_id,
        key=f"{kind}:{occasion}:{to.owner_id}",
        subject=subject,
        not_before=cadence.next_working_moment(tx.now, to.hours, to.person.zone),
    )
