"""How I work: what the matching knows of somebody besides their skills."""

from __future__ import annotations

from bot.db.transaction import Transaction
from bot.domain import working
from bot.domain.people import Actor
from bot.domain.working import Company, Working
from bot.usecases.participants import own_enrolment


def read_working(tx: Transaction, actor: Actor) -> Working:
    """Return what the actor has said about how they work. Raises NotEnrolled."""
    return own_enrolment(tx, actor).working


def write_working(tx: Transaction, actor: Actor, said: Working, company: Company) -> None:
    """Keep how the actor works. Choosing a site brings its public holidays. Raises NotEnrolled or as kept_working."""
    row = own_enrolment(tx, actor)
    before = row.working
    row.works(working.kept_working(said, company, before))
    if row.site != before.site:
        row.holidays = company.sites.get(row.site or "") or None
