"""The company's own list of skills: suggest from it, look at it, tidy it."""

from __future__ import annotations

from bot.db.transaction import Transaction
from bot.domain import skills
from bot.domain.access import Action, NotEnrolled, decide
from bot.domain.people import Actor
from bot.domain.skills import Suggestion


def suggest_skills(tx: Transaction, actor: Actor, typed: str) -> tuple[Suggestion, ...]:
    """Return skills that colleagues have named, and the typed one to add; nobody's name is among them.

    Raises NotWelcome, or NotEnrolled for who has not agreed to the data notice.
    """
    decide(actor, Action.JOIN)
    if not tx.enrolments.takes_part(actor.person):
        raise NotEnrolled
    return skills.suggestions(typed, tx.skills.names())
