"""The ledger of a pairing: what everybody in it took on, side by side, for their eyes alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain import ledger
from bot.domain.cadence import local_day
from bot.domain.ledger import Entry, Origin, Standing
from bot.domain.pairings import NoPartnerYet
from bot.domain.people import Actor
from bot.usecases.participants import own_enrolment

Source = Callable[[Transaction, PairingRow], list[Entry]]


@dataclass(frozen=True, slots=True)
class Column:
    """What one person took on, one page of it. ``mine``: it is the reader's own."""

    name: str
    mine: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """``columns`` begin with the reader's own; ``page`` counts from 0."""

    columns: tuple[Column, ...]
    page: int
    pages: int


def read_ledger(tx: Transaction, actor: Actor, page: int = 0) -> Ledger:
    """Return one page of what the actor and their partners of today took on. Raises NotEnrolled or NoPartnerYet.

    It takes the same number of statements whatever stands in it.
    """
    enrolment = own_enrolment(tx, actor)
    pairing = tx.pairings.current(enrolment.id)
    if pairing is None:
        raise NoPartnerYet
    entries = [entry for source in SOURCES for entry in source(tx, pairing)]
    people = [enrolment, *pairing.others(actor.person)]
    sides = {one.owner_id: ledger.arranged(entry for entry in entries if entry.owner == one.owner_id) for one in people}
    pages = ledger.pages(sides.values())
    shown = min(max(page, 0), pages - 1)
    cut = slice(shown * ledger.PAGE, (shown + 1) * ledger.PAGE)
    columns = (Column(one.person.name, one is enrolment, tuple(sides[one.owner_id][cut])) for one in people)
    return Ledger(tuple(columns), shown, pages)


def _promises(tx: Transaction, pairing: PairingRow) -> list[Entry]:
    zones = {one.owner_id: one.person.zone for one in pairing.present}
    return [
        Entry(
            row.owner_id,
            Origin.PROMISE,
            ledger.standing_of(row.state),
            row.text or "",
            local_day(row.closed_at or row.since, zones[row.owner_id]),
            row.due_on,
        )
        for row in tx.promises.of_pairing(pairing.id)
        if row.owner_id in zones
    ]


def _follow_ups(tx: Transaction, pairing: PairingRow) -> list[Entry]:
    doers = {one.id: one for one in pairing.present}
    return [
        Entry(
            doers[row.enrolment_id].owner_id,
            Origin.MEETING,
            Standing(row.state.value),
            row.text or "",
            local_day(row.closed_at or row.made_at, doers[row.enrolment_id].person.zone),
            row.due_on,
        )
        for row in tx.follow_ups.of_pairing(pairing.id)
        if row.enrolment_id in doers
    ]


SOURCES: tuple[Source, ...] = (_promises, _follow_ups)
"""Where entries come from: each returns everything of one kind that the people of a pairing took on."""
