"""Somebody's own last weeks at a glance, for their eyes alone."""

from __future__ import annotations

from bot.db.enrolments import EnrolmentRow
from bot.db.transaction import Transaction
from bot.domain import cadence, weeks
from bot.domain.people import Actor
from bot.domain.weeks import Week
from bot.usecases.participants import local_today, own_enrolment


def read_weeks(tx: Transaction, actor: Actor) -> tuple[Week, ...]:
    """Return the actor's own last weeks, the oldest first. Raises NotEnrolled."""
    return weeks_of(tx, own_enrolment(tx, actor))


def weeks_of(tx: Transaction, enrolment: EnrolmentRow) -> tuple[Week, ...]:
    """Return the last weeks of an enrolment, for its owner's eyes: two statements, however much was written."""
    today, zone = local_today(tx, enrolment), enrolment.person.zone
    first = weeks.first_monday(today)
    begun = cadence.instant(first, cadence.clock_time(0), zone)
    written = tx.notes.own_moments(enrolment.owner_id, enrolment.id, begun)
    notes = [cadence.local_day(moment, zone) for moment in written]
    return weeks.picture_of(today, tx.checkins.reported_since(enrolment.id, first), notes)
