"""Take a break and come back: by hand, by date, or with a vacation in the Slack status where somebody wished so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.db.enrolments import EnrolmentRow
from bot.db.transaction import Transaction
from bot.domain import cadence, dates, enrolments, vacations
from bot.domain.enrolments import EnrolmentState, NotPaused
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.vacations import Status
from bot.usecases.offers import step_back
from bot.usecases.participants import local_today, may_be_told_at, own_enrolment, tell
from bot.usecases.postponements import put_aside_for
from bot.usecases.silence import begin_again


@dataclass(frozen=True, slots=True)
class Break:
    """``until`` is the first day back."""

    until: date
    partners: tuple[str, ...]


def pause(tx: Transaction, actor: Actor, until: date) -> Break:
    """Take a break until ``until``, the first day back, and tell the partner kindly.

    Raises NotEnrolled, DatePast or DateTooFar.
    """
    row = own_enrolment(tx, actor)
    tx.pairings.hold(row.programme_id)
    day = dates.ahead(until, local_today(tx, row))
    _rest(tx, row, day)
    return Break(day, tuple(other.person.name for other in _partners(tx, row)))


def _rest(tx: Transaction, row: EnrolmentRow, until: date) -> None:
    row.paused_until = until
    step_back(tx, row)
    put_aside_for(tx, row)
    for message in tx.outbox.waiting_for(row.owner_id):
        tx.outbox.reschedule(message, max(message.not_before, may_be_told_at(tx, row)))
    _tell_partners(tx, row, MessageKind.PARTNER_PAUSED, f"{row.paused_until}:{tx.now.isoformat()}")


def resume(tx: Transaction, actor: Actor) -> None:
    """End the actor's break now. Raises NotEnrolled or NotPaused."""
    row = own_enrolment(tx, actor)
    if not enrolments.is_paused(row.paused_until, local_today(tx, row)):
        raise NotPaused
    _come_back(tx, row, tx.now.isoformat())


def end_breaks(tx: Transaction) -> int:
    """Bring everyone back whose break has ended in their own zone; return how many."""
    maybe = tx.enrolments.maybe_back(cadence.furthest_day(tx.now))
    back = [row for row in maybe if not enrolments.is_paused(row.paused_until, local_today(tx, row))]
    for row in back:
        _come_back(tx, row, str(row.paused_until))
    return len(back)


def _come_back(tx: Transaction, row: EnrolmentRow, occasion: str) -> None:
    row.paused_until = None
    for message in tx.outbox.waiting_for(row.owner_id):
        tx.outbox.reschedule(message, min(message.not_before, may_be_told_at(tx, row)))
    begin_again(tx, row)
    _tell_partners(tx, row, MessageKind.PARTNER_BACK, occasion)


def follows_status(tx: Transaction, actor: Actor) -> bool:
    """Say whether the actor wished that a vacation in their Slack status is a break. Raises NotEnrolled."""
    return own_enrolment(tx, actor).follows_status


def follow_status(tx: Transaction, actor: Actor, *, follow: bool) -> None:
    """Keep whether a vacation in the actor's Slack status is a break. Raises NotEnrolled."""
    row = own_enrolment(tx, actor)
    row.follows_status = follow
    if not follow:
        row.status_back_on = None


def read_status(tx: Transaction, row: EnrolmentRow, status: Status | None) -> None:
    """Take over what the Slack status of somebody who wished so says of a vacation.

    A break of their own is left as it is, and whoever came back by hand is not sent away again by the same vacation.
    """
    if row.state is not EnrolmentState.ACTIVE or not row.follows_status:
        return
    day = vacations.first_day_back(status, row.presence, row.programme.rules.vacation_emoji, tx.now)
    if day == row.status_back_on:
        return
    by_status = row.paused_until is not None and row.paused_until == row.status_back_on
    row.status_back_on = day
    if day and (by_status or not row.presence.is_paused(tx.now)):
        tx.pairings.hold(row.programme_id)
        _rest(tx, row, day)
    elif by_status and row.presence.is_paused(tx.now):
        _come_back(tx, row, tx.now.isoformat())


def _partners(tx: Transaction, row: EnrolmentRow) -> list[EnrolmentRow]:
    pairing = tx.pairings.current(row.id)
    return pairing.others(row.owner_id) if pairing else []


def _tell_partners(tx: Transaction, row: EnrolmentRow, kind: MessageKind, occasion: str) -> None:
    for other in _partners(tx, row):
        tell(tx, other, kind, f"{row.id}:{occasion}", subject=row.id)
