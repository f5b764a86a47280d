"""How a week felt: asked only of whoever wants to be asked."""

from __future__ import annotations

from bot.db.transaction import Transaction
from bot.domain.people import Actor
from bot.usecases.participants import own_enrolment


def ask_mood(tx: Transaction, actor: Actor, *, on: bool) -> bool:
    """Have the actor's check-in ask how the week felt, or no longer: then what is kept goes. Raises NotEnrolled."""
    row = own_enrolment(tx, actor)
    row.asks_mood = on
    if not on:
        tx.moods.forget(row.id)
    return on
