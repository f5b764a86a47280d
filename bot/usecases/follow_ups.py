"""Follow-ups: write one down for oneself or a partner, tick it, hand it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.follow_ups import FollowUpRow
from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain import follow_ups
from bot.domain.access import NotYours
from bot.domain.follow_ups import FollowUpDraft, FollowUpOver, FollowUpState, TooManyFollowUps
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.pairings import PairingState
from bot.domain.people import Actor
from bot.usecases.meetings import own_meeting
from bot.usecases.pairings import own_pairing
from bot.usecases.participants import local_today, tell


@dataclass(frozen=True, slots=True)
class FollowUp:
    """``doer`` takes it on (``mine``: the reader), ``author`` wrote it down (``given``: for somebody else)."""

    id: UUID
    text: str
    doer: str
    author: str
    mine: bool
    given: bool
    due_on: date | None
    made_at: date
    state: FollowUpState


@dataclass(frozen=True, slots=True)
class FollowUpForm:
    """Who can take a follow-up on, as Slack id and name, the reader first."""

    meeting: UUID
    people: tuple[tuple[str, str], ...]


def open_follow_up(tx: Transaction, actor: Actor, meeting: UUID) -> FollowUpForm:
    """Return what the form of a follow-up of a meeting starts from. Raises NotYours."""
    _, pairing, mine = own_meeting(tx, actor, meeting)
    people = (mine, *pairing.others(actor.person))
    return FollowUpForm(meeting, tuple((one.person.slack_id, one.person.name) for one in people))


def write_follow_up(tx: Transaction, actor: Actor, meeting: UUID, draft: FollowUpDraft) -> FollowUp:
    """Keep a follow-up of a meeting; a partner who is to do it is told.

    Raises NotYours, also for somebody who is not in the pairing, TooManyFollowUps, or as ``kept_follow_up``.
    """
    _, pairing, mine = own_meeting(tx, actor, meeting)
    kept = follow_ups.kept_follow_up(draft, local_today(tx, mine))
    doer = next((one for one in pairing.present if one.person.slack_id == kept.doer), None) if kept.doer else mine
    if doer is None:
        raise NotYours
    _check_room(tx, pairing, doer)
    row = tx.follow_ups.add(pairing.id, meeting, actor.person, doer, kept)
    if doer is not mine:
        tell(tx, doer, MessageKind.FOLLOW_UP_GIVEN, str(row.id), subject=row.id)
    return _follow_up(row, pairing, actor.person)


def tick(tx: Transaction, actor: Actor, follow_up: UUID) -> FollowUp:
    """Mark a follow-up of the actor's as done. Twice is once. Raises NotYours or FollowUpOver."""
    row, pairing, mine = _own(tx, actor, follow_up)
    if row.enrolment_id != mine.id or row.state is FollowUpState.DROPPED:
        raise FollowUpOver
    if row.state is FollowUpState.OPEN:
        row.state, row.closed_at = FollowUpState.DONE, tx.now
        _show_anew(tx, row)
        _ask_without(tx, row)
    return _follow_up(row, pairing, actor.person)


def hand_back(tx: Transaction, actor: Actor, follow_up: UUID) -> FollowUp:
    """Give a follow-up back to whoever wrote it down for the actor, who is told. Raises NotYours or FollowUpOver.

    Once its author has left the pairing it is dropped.
    """
    row, pairing, mine = _own(tx, actor, follow_up)
    if row.enrolment_id != mine.id or row.owner_id == actor.person or row.state is not FollowUpState.OPEN:
        raise FollowUpOver
    author = next((one for one in pairing.others(actor.person) if one.owner_id == row.owner_id), None)
    if author is None:
        row.state, row.closed_at = FollowUpState.DROPPED, tx.now
    else:
        _ask_without(tx, row)
        row.enrolment_id = author.id
        tell(tx, author, MessageKind.FOLLOW_UP_RETURNED, f"{row.id}:{mine.id}", subject=row.id)
    _show_anew(tx, row)
    return _follow_up(row, pairing, actor.person)


def open_of(tx: Transaction, enrolment: EnrolmentRow) -> tuple[FollowUp, ...]:
    """Return what an enrolment has to follow up in its pairing of today, what is due first comes first."""
    pairing = tx.pairings.current(enrolment.id)
    rows = tx.follow_ups.open_of([enrolment.id], pairing.id) if pairing else []
    return tuple(_follow_up(row, pairing, enrolment.owner_id) for row in rows) if pairing else ()


def open_in(tx: Transaction, pairing: PairingRow, reader: PersonId) -> tuple[FollowUp, ...]:
    """Return what everybody in a pairing has to follow up, as ``reader``, one of them, sees it."""
    rows = tx.follow_ups.open_of([one.id for one in pairing.present], pairing.id)
    return tuple(_follow_up(row, pairing, reader) for row in rows)


def told_follow_up(tx: Transaction, follow_up: UUID, reader: PersonId) -> FollowUp | None:
    """Return a follow-up for a message to one of its people; None when the reader is no longer in the pairing."""
    row = tx.follow_ups.find(follow_up)
    if row is None:
        return None
    pairing = tx.pairings.get(row.pairing_id)
    if pairing.state is not PairingState.ACTIVE or reader not in pairing.people:
        return None
    return _follow_up(row, pairing, reader)


def _own(tx: Transaction, actor: Actor, follow_up: UUID) -> tuple[FollowUpRow, PairingRow, EnrolmentRow]:
    pairing, mine = own_pairing(tx, actor, tx.follow_ups.pairing_of(follow_up) or follow_up)
    row = tx.follow_ups.find(follow_up)
    if row is None:
        raise NotYours
    return row, pairing, mine


def _check_room(tx: Transaction, pairing: PairingRow, doer: EnrolmentRow) -> None:
    if len(tx.follow_ups.open_of([doer.id], pairing.id)) >= follow_ups.MOST_OPEN:
        raise TooManyFollowUps(limit=follow_ups.MOST_OPEN)


def _show_anew(tx: Transaction, row: FollowUpRow) -> None:
    tx.flush()
    for kind in (MessageKind.FOLLOW_UP_GIVEN, MessageKind.FOLLOW_UP_RETURNED):
        tx.outbox.revise(kind, row.id, f"{row.state}:{row.enrolment_id}")


def _ask_without(tx: Transaction, row: FollowUpRow) -> None:
    """Have the weekly question of whoever did it leave it out."""
    asked = tx.checkins.latest(row.enrolment_id)
    if asked:
        tx.outbox.revise(MessageKind.CHECKIN, asked.id, f"follow_up:{row.id}")


def _follow_up(row: FollowUpRow, pairing: PairingRow, reader: PersonId) -> FollowUp:
    people = {one.enrolment.owner_id: one.enrolment.person.name for one in pairing.memberships}
    doer = next((one.enrolment for one in pairing.memberships if one.enrolment_id == row.enrolment_id), None)
    return FollowUp(
        row.id,
        row.text or "",
        doer.person.name if doer else "",
        people.get(row.owner_id, ""),
        doer is not None and doer.owner_id == reader,
        doer is None or doer.owner_id != row.owner_id,
        row.due_on,
        row.made_at.date(),
        row.state,
    )
