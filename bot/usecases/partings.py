"""Part without fault: it does not fit, everybody gets a new partner, and nobody learns who asked."""

from __future__ import annotations

from uuid import UUID

from bot.db.transaction import Transaction
from bot.domain import pairings
from bot.domain.messages import MessageKind
from bot.domain.pairings import EndReason
from bot.domain.people import Actor
from bot.usecases.agreements import put_into_force
from bot.usecases.meeting_cards import settle_all
from bot.usecases.pairings import own_pairing
from bot.usecases.participants import tell


def part(tx: Transaction, actor: Actor, pairing: UUID) -> bool:
    """End the actor's pairing for everybody in it; say whether it goes on without them, being a trio.

    All are told the same, who asked for it too, and wait with priority. Raises NotYours when it is over already.
    """
    row, mine = own_pairing(tx, actor, pairing)
    others = row.others(actor.person)
    if len(others) >= pairings.FEWEST:
        tx.pairings.leave(row, mine.id)
        mine.waited_rounds += 1
        put_into_force(tx, row)
        settle_all(tx, row)
        for other in others:
            tell(tx, other, MessageKind.PARTED_FROM, f"{row.id}:{mine.id}", subject=mine.id)
        return True
    tx.pairings.end(row, EndReason.NO_FIT)
    for one in (mine, *others):
        one.waited_rounds += 1
        tell(tx, one, MessageKind.PARTED, str(row.id), subject=row.id)
    return False
