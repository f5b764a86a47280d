"""Why somebody has no partner today: they wait, think about a match, or sit a round out."""

from __future__ import annotations

from bot.db.enrolments import EnrolmentRow
from bot.db.transaction import Transaction
from bot.domain import attendance
from bot.domain.attendance import Attendance
from bot.domain.pairings import MatchWaits, NoPartnerYet, OthersThink, OutOfRounds, Resting, SittingOut
from bot.usecases.participants import local_today


def why_alone(tx: Transaction, enrolment: EnrolmentRow) -> NoPartnerYet:
    """Return, as the sentence its person reads, why an enrolment without a pairing has none yet."""
    if enrolment.resting:
        return Resting()
    offer = tx.offers.open_of(enrolment.id)
    if offer:
        return OthersThink() if offer.accepted_at else MatchWaits()
    answers = tx.attendance.answers([enrolment.id]).get(enrolment.id, [])
    if not answers:
        return NoPartnerYet()
    newest = answers[0]
    asked_again = tx.runs.next_of(enrolment.programme_id) is not None
    if not attendance.sits_out(newest.answer, newest.day, local_today(tx, enrolment), asked_again=asked_again):
        return NoPartnerYet()
    return OutOfRounds() if newest.answer is Attendance.OUT else SittingOut()
