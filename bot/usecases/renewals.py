"""The planned end of pairings: who goes on together, who gets a new partner, takes a break or leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.db.closings import ClosingRow
from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain import cadence, closings, pairings, programmes
from bot.domain.closings import Next, Wish
from bot.domain.enrolments import EnrolmentState
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.pairings import EndReason, PairingState
from bot.usecases.milestones import answers_until
from bot.usecases.participants import local_today, tell
from bot.usecases.people import withdraw


@dataclass(frozen=True, slots=True)
class Renewed:
    """A pairing that goes on; ``agreed``: there is an agreement to look at again."""

    partners: tuple[str, ...]
    ends_on: date
    agreed: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """The end as one of its people is told. ``until``: they have not looked back yet and can until then."""

    partners: tuple[str, ...]
    wish: Next | None
    until: date | None
    term: int


def end_completed(tx: Transaction) -> int:
    """End every pairing whose last day has passed for all its members, and say so; return how many.

    What each of them wished for comes next.
    """
    day = cadence.furthest_day(tx.now)
    for programme in tx.pairings.ending_in(day):
        tx.pairings.hold(programme)
    over = [row for row in tx.pairings.ending(day) if _all_past(tx, row)]
    wishes = tx.closings.of_all([row.id for row in over]) if over else {}
    for pairing in over:
        _end(tx, pairing, wishes)
    return len(over)


def _all_past(tx: Transaction, pairing: PairingRow) -> bool:
    zones = [row.person.zone for row in pairing.present]
    return all(pairings.is_over(pairing.ends_on, cadence.local_day(tx.now, zone)) for zone in zones)


def _end(tx: Transaction, pairing: PairingRow, wishes: Mapping[tuple[UUID, int], ClosingRow]) -> None:
    members = pairing.present
    tx.pairings.end(pairing, EndReason.COMPLETED)
    for member in members:  # before a break begins, so that the word comes before it too
        tell(tx, member, MessageKind.PAIRING_ENDED, f"{pairing.id}{_again(pairing)}", subject=pairing.id)
    for member in members:
        kept = wishes.get((member.id, pairing.term))
        if kept:
            apply_wish(tx, member, kept.wished)


def _again(pairing: PairingRow) -> str:
    return f":{pairing.term}" if pairing.term else ""


def apply_wish(tx: Transaction, mine: EnrolmentRow, wish: Wish) -> None:
    """Let come to pass what somebody wished for after the end, unless they have a new partner by now."""
    if mine.state is not EnrolmentState.ACTIVE or tx.pairings.current(mine.id):
        return
    match wish.next:
        case Next.LEAVE:
            withdraw(tx, mine)
        case Next.PAUSE if wish.back_on and wish.back_on > local_today(tx, mine):
            mine.paused_until = wish.back_on
        case Next.NEW | Next.RENEW:
            tx.attendance.forget(mine.id)  # whoever was out for being silent is in again
        case _:
            pass


def renew_if_all_want(tx: Transaction, row: PairingRow) -> bool:
    """Let a pairing go on for as many weeks again if everybody in it wants to and can; say whether it does."""
    party = row.party
    kept = tx.closings.of_all([row.id])
    wished = [kept[one.id, row.term].wished.next if (one.id, row.term) in kept else None for one in party]
    if len(party) < pairings.FEWEST or not closings.all_want_to_go_on(wished):
        return False
    if row.state is PairingState.ENDED and not all(_is_free(tx, one) for one in party):
        return False
    today = max(local_today(tx, one) for one in party)
    tx.pairings.renew(row, programmes.last_day(max(row.ends_on, today), party[0].programme.weeks))
    for one in party:
        one.waited_rounds = 0
        tell(tx, one, MessageKind.RENEWED, f"{row.id}:{row.term}", subject=row.id)
    return True


def _is_free(tx: Transaction, one: EnrolmentRow) -> bool:
    if one.state is not EnrolmentState.ACTIVE or one.person.deactivated:
        return False
    return tx.pairings.current(one.id) is None and tx.offers.open_of(one.id) is None


def told_renewed(tx: Transaction, pairing: UUID, reader: PersonId) -> Renewed | None:
    """Return what is told of a pairing that goes on; None when it has ended since."""
    row = tx.pairings.get(pairing)
    if row.state is not PairingState.ACTIVE or reader not in row.people:
        return None
    names = tuple(one.person.name for one in row.others(reader))
    return Renewed(names, row.ends_on, tx.agreements.latest(row.id) is not None)


def told_end(tx: Transaction, pairing: UUID, reader: PersonId) -> Ended | None:
    """Return what ``reader`` is told of the planned end; None when it lives again or they were not in it to the end."""
    row = tx.pairings.get(pairing)
    mine = next((one for one in row.party if one.owner_id == reader), None)
    if mine is None or row.state is PairingState.ACTIVE:
        return None
    kept = tx.closings.of_all([row.id]).get((mine.id, row.term))
    others = tuple(one.person.name for one in row.party if one.id != mine.id)
    return Ended(others, kept.wished.next if kept else None, None if kept else answers_until(row, mine), row.term)
