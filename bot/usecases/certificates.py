"""The certificate of participation somebody asks for, for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.db.transaction import Transaction
from bot.domain import cadence, certificates
from bot.domain.access import Action, decide
from bot.domain.certificates import NoCertificateYet, NothingToCertify, Span
from bot.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Certificate:
    """That somebody took part in a programme, from when to when, and for how many weeks with a partner."""

    name: str
    programme: str
    span: Span
    weeks: int
    made_on: date


def read_certificate(tx: Transaction, actor: Actor) -> Certificate:
    """Return the certificate of the programme in which the actor's last time together ended.

    Raises NotWelcome, NoCertificateYet while the first one lasts, or NothingToCertify.
    """
    decide(actor, Action.JOIN)
    person = tx.people.get(actor.person)
    ended = tx.pairings.ended_of(person.person_id)
    if not ended:
        enrolment = tx.enrolments.active_or_none(person.person_id)
        pairing = tx.pairings.current(enrolment.id) if enrolment else None
        raise NoCertificateYet(day=pairing.ends_on) if pairing else NothingToCertify
    programme = max(ended, key=lambda one: one[3])[0]
    spans = (
        Span(cadence.local_day(since, person.zone), min(last, cadence.local_day(until, person.zone)))
        for one, since, last, until in ended
        if one == programme
    )
    span, weeks = certificates.whole(spans)
    today = cadence.local_day(tx.now, person.zone)
    return Certificate(person.name, tx.programmes.get(programme).name, span, weeks, today)
