"""Arrange to meet: suggest a time, accept it, suggest another, call it off, and say afterwards what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.meetings import AttendeeRow, MeetingRow
from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain import meetings
from bot.domain.access import NotYours
from bot.domain.meetings import (
    STANDING,
    STATE_AFTER,
    Answer,
    Happened,
    MeetingAhead,
    MeetingBegun,
    MeetingOver,
    MeetingState,
    MeetingTwice,
    TooManyMeetings,
    Wanted,
)
from bot.domain.messages import MessageKind
from bot.domain.pairings import NoPartnerYet
from bot.domain.people import Actor
from bot.usecases import meeting_cards
from bot.usecases.meeting_cards import Meeting
from bot.usecases.meeting_times import Proposals, propose_times
from bot.usecases.pairings import own_pairing
from bot.usecases.participants import own_enrolment, tell

_AFTERWARDS = timedelta(days=60)  # how long it can be said what became of a meeting
_ANSWERED = frozenset({MeetingState.HELD, MeetingState.MOVED, MeetingState.MISSED})


@dataclass(frozen=True, slots=True)
class Arranging:
    """What the form starts from: whom with, times that suit, and the suggestion it answers (None: a new meeting).

    ``zone`` is the reader's, in which days and times are asked.
    """

    pairing: UUID
    partners: tuple[str, ...]
    times: Proposals
    zone: str
    answers: Meeting | None = None


def read_meetings(tx: Transaction, actor: Actor) -> tuple[Meeting, ...]:
    """Return what is planned or suggested in the actor's pairing. Raises NotEnrolled or NoPartnerYet."""
    pairing = _current(tx, own_enrolment(tx, actor))
    rows = tx.meetings.standing(pairing.id)
    return tuple(meeting_cards.card(tx, row, pairing, actor.person) for row in rows if row.ends_at > tx.now)


def next_of(tx: Transaction, enrolment: EnrolmentRow) -> Meeting | None:
    """Return the next meeting of an enrolment that is agreed or suggested, None without one."""
    pairing = tx.pairings.current(enrolment.id)
    rows = tx.meetings.standing(pairing.id) if pairing else []
    ahead = [row for row in rows if row.ends_at > tx.now]
    return meeting_cards.card(tx, ahead[0], pairing, enrolment.owner_id) if pairing and ahead else None


def arrange(tx: Transaction, actor: Actor) -> Arranging:
    """Return what a new suggestion starts from. Raises NotEnrolled or NoPartnerYet."""
    enrolment = own_enrolment(tx, actor)
    return _arranging(tx, enrolment, _current(tx, enrolment))


def rearrange(tx: Transaction, actor: Actor, meeting: UUID) -> Arranging:
    """Return what a suggestion of another time starts from. Raises NotYours or MeetingOver."""
    row, pairing, mine = own_meeting(tx, actor, meeting)
    _check_standing(row)
    return _arranging(tx, mine, pairing, meeting_cards.card(tx, row, pairing, actor.person))


def _arranging(
    tx: Transaction, enrolment: EnrolmentRow, pairing: PairingRow, answers: Meeting | None = None
) -> Arranging:
    partners = tuple(one.person.name for one in pairing.others(enrolment.owner_id))
    taken = (answers.starts_at.astimezone(UTC), answers.ends_at.astimezone(UTC)) if answers else None
    times = propose_times(tx, [enrolment, *pairing.others(enrolment.owner_id)], taken)
    return Arranging(pairing.id, partners, times, enrolment.person.zone, answers)


def suggest(tx: Transaction, actor: Actor, pairing: UUID, wanted: Wanted) -> Meeting:
    """Suggest a time to everybody in a pairing of the actor's.

    Raises NotYours once the pairing is over, or the refusals of a time or text (see ``bot.domain.meetings``).
    """
    own, mine = own_pairing(tx, actor, pairing)
    return _suggest(tx, own, mine, wanted, None)


def suggest_another(tx: Transaction, actor: Actor, meeting: UUID, wanted: Wanted) -> Meeting:
    """Suggest another time for a meeting. One that is agreed stands until all have accepted the new one.

    Raises NotYours, MeetingOver, or as ``suggest``.
    """
    row, pairing, mine = own_meeting(tx, actor, meeting)
    _check_standing(row)
    return _suggest(tx, pairing, mine, wanted, row)


def _suggest(
    tx: Transaction, pairing: PairingRow, mine: EnrolmentRow, wanted: Wanted, instead: MeetingRow | None
) -> Meeting:
    kept, start = meetings.kept_words(wanted), meetings.start_of(wanted, mine.person.zone, tx.now)
    others = [row for row in tx.meetings.standing(pairing.id) if not _is_replaced(row, instead)]
    _check_room(tx, others, start, kept.minutes)
    for row in tx.meetings.standing(pairing.id):
        if _is_replaced(row, instead) and row.state is MeetingState.PROPOSED:
            row.state = MeetingState.REPLACED
            meeting_cards.show_anew(tx, row)
    made = tx.meetings.add(pairing, mine.owner_id, start, kept.minutes, kept.place, kept.topic, instead=instead)
    for other in pairing.others(mine.owner_id):
        tell(tx, other, MessageKind.MEETING_PROPOSED, str(made.id), subject=made.id)
    return meeting_cards.card(tx, made, pairing, mine.owner_id)


def _is_replaced(row: MeetingRow, instead: MeetingRow | None) -> bool:
    """Say whether ``row`` goes when another time than ``instead`` is suggested: it, or another time for the same."""
    return instead is not None and row.uid == instead.uid


def _check_room(tx: Transaction, others: Sequence[MeetingRow], start: datetime, minutes: int) -> None:
    ahead = [row for row in others if row.ends_at > tx.now]
    if any(meetings.overlap(start, minutes, row.starts_at, row.minutes) for row in ahead):
        raise MeetingTwice
    if len(ahead) >= meetings.MOST:
        raise TooManyMeetings(limit=meetings.MOST)


def accept(tx: Transaction, actor: Actor, meeting: UUID) -> Meeting:
    """Accept a suggested time; with the last acceptance it is agreed. Twice is once.

    Raises NotYours, MeetingOver, or MeetingBegun when that time has passed.
    """
    row, pairing, _ = own_meeting(tx, actor, meeting)
    _check_standing(row)
    if row.state is MeetingState.PROPOSED:
        if row.starts_at <= tx.now:
            raise MeetingBegun
        _side(row, actor).answer = Answer.ACCEPTED
        meeting_cards.settle(tx, pairing, row, actor.person)
        meeting_cards.show_anew(tx, row)
    return meeting_cards.card(tx, row, pairing, actor.person)


def decline(tx: Transaction, actor: Actor, meeting: UUID) -> Meeting:
    """Say “not this time” to a suggestion; whoever made it is told. Raises NotYours or MeetingOver."""
    row, pairing, _ = own_meeting(tx, actor, meeting)
    if row.state is not MeetingState.PROPOSED:
        raise MeetingOver
    _side(row, actor).answer = Answer.DECLINED
    row.state = MeetingState.DECLINED
    meeting_cards.show_anew(tx, row)
    for other in pairing.others(actor.person):
        if other.owner_id == row.owner_id:
            tell(tx, other, MessageKind.MEETING_DECLINED, str(row.id), subject=row.id)
    return meeting_cards.card(tx, row, pairing, actor.person)


def call_off(tx: Transaction, actor: Actor, meeting: UUID) -> Meeting:
    """Call a meeting off for everybody. Raises NotYours or MeetingOver."""
    row, pairing, _ = own_meeting(tx, actor, meeting)
    _check_standing(row)
    agreed = row.state is MeetingState.ACCEPTED
    row.state, row.sequence = MeetingState.CANCELLED, row.sequence + 1
    meeting_cards.show_anew(tx, row)
    for other in pairing.others(actor.person) if agreed else ():
        tell(tx, other, MessageKind.MEETING_CANCELLED, str(row.id), subject=row.id)
    return meeting_cards.card(tx, row, pairing, actor.person)


def hand_out(tx: Transaction, actor: Actor, meeting: UUID) -> Meeting:
    """Return a meeting for the actor's calendar: agreed, or called off. Raises NotYours or MeetingOver."""
    row, pairing, _ = own_meeting(tx, actor, meeting)
    if row.state not in {MeetingState.ACCEPTED, MeetingState.CANCELLED}:
        raise MeetingOver
    return meeting_cards.card(tx, row, pairing, actor.person)


def say_what_happened(tx: Transaction, actor: Actor, meeting: UUID, said: Happened) -> Meeting:
    """Keep what the actor says of an agreed meeting; the first answer counts for the meeting, all may give theirs.

    Raises NotYours, MeetingAhead before it begins, or MeetingOver.
    """
    row, pairing, _ = own_meeting(tx, actor, meeting)
    if row.state is not MeetingState.ACCEPTED and row.state not in _ANSWERED:
        raise MeetingOver
    if row.starts_at > tx.now:
        raise MeetingAhead
    if row.ends_at + _AFTERWARDS < tx.now:
        raise MeetingOver
    _side(row, actor).happened = said
    if row.state is MeetingState.ACCEPTED:
        if said is Happened.MOVED:
            meeting_cards.put_off(tx, pairing, row)
        row.state = STATE_AFTER[said]
    tx.flush()
    return meeting_cards.card(tx, row, pairing, actor.person)


def own_meeting(tx: Transaction, actor: Actor, meeting: UUID) -> tuple[MeetingRow, PairingRow, EnrolmentRow]:
    """Return a meeting of a pairing the actor is in today, while nobody else changes it. Raises NotYours."""
    pairing, mine = own_pairing(tx, actor, tx.meetings.pairing_of(meeting) or meeting)
    row = tx.meetings.find(meeting)
    if row is None:
        raise NotYours
    return row, pairing, mine


def _side(row: MeetingRow, actor: Actor) -> AttendeeRow:
    side = row.of(actor.person)
    if side is None:
        raise NotYours
    return side


def _check_standing(row: MeetingRow) -> None:
    if row.state not in STANDING:
        raise MeetingOver


def _current(tx: Transaction, enrolment: EnrolmentRow) -> PairingRow:
    pairing = tx.pairings.current(enrolment.id)
    if pairing is None:
        raise NoPartnerYet
    return pairing
