"""Ask people whether they want a match before it goes live: accept, decline, and three days of silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.offers import OfferRow
from bot.db.programmes import ProgrammeRow
from bot.db.rounds import MatchRow
from bot.db.slots import DueSlot, Move
from bot.db.transaction import Transaction
from bot.domain import offers
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.ids import OfferId, PersonId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.rounds import MatchState, RoundState
from bot.domain.slots import Due, SlotKind, SlotState
from bot.usecases.field import forbidden_now
from bot.usecases.introductions import introduce
from bot.usecases.pairings import Partner, Reason, partner_of, read_reasons
from bot.usecases.participants import tell


@dataclass(frozen=True, slots=True)
class Offer:
    """A match as one of its people is asked about it. ``until`` is their local day."""

    id: OfferId
    programme: str
    partners: tuple[Partner, ...]
    reasons: tuple[Reason, ...]
    until: date


def go_live(tx: Transaction, programme: ProgrammeRow, match: MatchRow, members: Iterable[EnrolmentRow]) -> None:
    """Introduce the people of an approved match, or ask them first where the programme wants it."""
    if not programme.ask_first:
        introduce(tx, programme.weeks, match, members)
        return
    match.state, match.offered_at = MatchState.OFFERED, tx.now
    for row in members:
        by = offers.answer_by(row.presence, tx.now)
        tx.offers.add(match.id, row, by)
        tx.slots.plan([Due(row.programme_id, row.owner_id, SlotKind.OFFER, by.date().isoformat(), by)])
        tell(tx, row, MessageKind.OFFER, str(match.id), subject=match.id)
    tx.flush()


def settle_round(tx: Transaction, round_id: UUID) -> None:
    """Call an approved round introduced once every match of it lives or came to nothing."""
    row = tx.rounds.get(round_id)
    undecided = {MatchState.PROPOSED, MatchState.OFFERED}
    if row.state is RoundState.APPROVED and not undecided & {match.state for match in row.matches}:
        row.state = RoundState.INTRODUCED


def accept(tx: Transaction, actor: Actor, offer: UUID) -> bool:
    """Say yes to a match; say whether everybody in it has by now. Raises NotYours once it is decided."""
    row = _held_offer(tx, actor, offer)
    return _say_yes(tx, row)


def decline(tx: Transaction, actor: Actor, offer: UUID) -> None:
    """Say no to a match, without a reason; the others never learn who did. Raises NotYours once it is decided."""
    row = _held_offer(tx, actor, offer)
    _call_off(tx, row, tx.offers.in_match(row.match_id))


def _held_offer(tx: Transaction, actor: Actor, offer: UUID) -> OfferRow:
    """Return an offer of the actor's while nobody else answers, leaves or takes a break."""
    programme = tx.offers.programme_of(offer)
    if programme:
        tx.pairings.hold(programme)
    row = tx.offers.find(offer)
    decide(actor, Action.CHANGE, Thing(author=row.owner_id if row else None))
    if row is None:
        raise NotYours
    return row


def step_back(tx: Transaction, enrolment: EnrolmentRow) -> None:
    """Take whoever leaves or takes a break out of a match they are asked about. Pairings are held by the caller."""
    row = tx.offers.open_of(enrolment.id)
    if row:
        _call_off(tx, row, tx.offers.in_match(row.match_id))


def _say_yes(tx: Transaction, row: OfferRow) -> bool:
    row.accepted_at = row.accepted_at or tx.now
    several = tx.offers.in_match(row.match_id)
    if any(one.accepted_at is None for one in several):
        return False
    match, members = tx.rounds.match(row.match_id), [one.enrolment for one in several]
    if forbidden_now(tx, members[0].programme, members, [match.enrolments]):  # somebody said so since
        _call_off(tx, None, several)
        return False
    _decided(tx, match, several, MatchState.INTRODUCED)
    introduce(tx, members[0].programme.weeks, match, members)
    settle_round(tx, match.round_id)
    return True


def _call_off(tx: Transaction, by: OfferRow | None, several: Sequence[OfferRow]) -> None:
    """End a match: everybody in it waits with priority, and all are told but who did not want it."""
    match = tx.rounds.match(several[0].match_id)
    for one in several:
        one.enrolment.waited_rounds += 1
        if by is None or one.id != by.id:
            tell(tx, one.enrolment, MessageKind.OFFER_OVER, str(match.id), subject=match.id)
    _decided(tx, match, several, MatchState.DECLINED)
    settle_round(tx, match.round_id)


def _decided(tx: Transaction, match: MatchRow, several: Iterable[OfferRow], state: MatchState) -> None:
    match.state = state
    tx.offers.forget(several)
    tx.outbox.revise(MessageKind.OFFER, match.id, state)


def fire_silence(tx: Transaction, due: list[DueSlot]) -> dict[UUID, SlotState]:
    """Take silence for a yes where the time to think is over; return what became of the slots."""
    for programme in sorted({slot.programme for slot in due}):
        tx.pairings.hold(programme)
    people = {slot.person for slot in due}
    found = {(one.enrolment.programme_id, one.owner_id): one for one in tx.offers.of_people(people)}
    fates: dict[UUID, SlotState] = {}
    for slot in due:
        row = found.get((slot.programme, slot.person))
        if row and row.accepted_at is None and (later := _later(tx, row)):
            again = Due(slot.programme, slot.person, slot.kind, slot.period, later)
            tx.slots.move([Move(slot.id, slot.due_at, again)])
            continue
        fates[slot.id] = SlotState.FIRED if row else SlotState.SKIPPED
        if row and row.accepted_at is None:
            _say_yes(tx, row)
    return fates


def _later(tx: Transaction, row: OfferRow) -> datetime | None:
    """Return until when somebody may still think: the slot is of an older match, or they could not be asked yet."""
    if row.answer_by <= tx.now and _is_on_the_way(tx, row):
        row.answer_by = offers.answer_by(row.enrolment.presence, tx.now)
    return row.answer_by if row.answer_by > tx.now else None


def _is_on_the_way(tx: Transaction, row: OfferRow) -> bool:
    waits = row.match_id in tx.outbox.on_the_way(MessageKind.OFFER, [row.match_id])
    return waits and tx.outbox.posted(MessageKind.OFFER, row.match_id, row.owner_id) is None


def read_offer(tx: Transaction, match_id: UUID, reader: PersonId) -> Offer | None:
    """Return what ``reader`` is asked about a match; None once it is decided or they have said yes."""
    match = tx.rounds.match(match_id)
    mine = [one for one in tx.offers.in_match(match_id) if one.owner_id == reader and one.accepted_at is None]
    if match.state is not MatchState.OFFERED or not mine:
        return None
    members = [tx.enrolments.get(one) for one in match.enrolments]
    me = mine[0].enrolment
    return Offer(
        mine[0].offer_id,
        me.programme.name,
        tuple(partner_of(row) for row in members if row.id != me.id),
        read_reasons(match.reasons, members),
        me.presence.day(mine[0].answer_by),
    )


def came_about(tx: Transaction, match_id: UUID) -> bool | None:
    """Say whether an offered match went live; None while somebody still thinks."""
    state = tx.rounds.match(match_id).state
    return None if state is MatchState.OFFERED else state is MatchState.INTRODUCED


def may_hear_of_the_end(tx: Transaction, match_id: UUID, reader: PersonId) -> bool:
    """Say whether ``reader`` was asked about a match that came to nothing, and still waits for a partner."""
    enrolment = tx.enrolments.of(reader, tx.rounds.get(tx.rounds.match(match_id).round_id).programme_id)
    waits = enrolment is not None and tx.pairings.current(enrolment.id) is None
    return waits and tx.outbox.posted(MessageKind.OFFER, match_id, reader) is not None
