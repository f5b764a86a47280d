"""How somebody likes to be reminded of a check-in that is still open."""

from __future__ import annotations

from uuid import UUID

from bot.db.checkins import CheckinRow
from bot.db.transaction import Transaction
from bot.domain.people import Actor
from bot.domain.reminders import ReminderProfile
from bot.usecases.participants import own_enrolment


def read_reminders(tx: Transaction, actor: Actor) -> ReminderProfile:
    """Return how the actor is reminded: as they chose, else as the programme does. Raises NotEnrolled."""
    return own_enrolment(tx, actor).reminding


def choose_reminders(tx: Transaction, actor: Actor, profile: ReminderProfile) -> None:
    """Remind the actor like this from the next check-in on. Raises NotEnrolled."""
    own_enrolment(tx, actor).reminders = profile


def reminding(tx: Transaction, checkin: UUID) -> ReminderProfile:
    """Return how the person of a check-in is reminded of it."""
    return tx.enrolments.get(tx.get(CheckinRow, checkin).enrolment_id).reminding
