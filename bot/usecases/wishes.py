"""Who with: for the actor and the matching alone."""

from __future__ import annotations

from bot.db.transaction import Transaction
from bot.domain import wishes
from bot.domain.people import Actor
from bot.domain.wishes import Wishes
from bot.usecases.participants import own_enrolment


def read_wishes(tx: Transaction, actor: Actor) -> Wishes:
    """Return whom the actor named. Raises NotEnrolled."""
    return own_enrolment(tx, actor).wishes


def write_wishes(tx: Transaction, actor: Actor, said: Wishes) -> None:
    """Keep whom the actor would like to be matched with, and whom not. Raises NotEnrolled or as ``kept_wishes``."""
    own_enrolment(tx, actor).wish(wishes.kept_wishes(said, actor.slack_id))
