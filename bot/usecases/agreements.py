"""Agree on expectations: write a version, read it, sign it; all signatures put it into force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.db.agreements import AgreementRow
from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain import agreements
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.agreements import AgreementExpired, AgreementOver, Terms
from bot.domain.cadence import Weekday
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.pairings import NoPartnerYet, PairingState
from bot.domain.people import Actor
from bot.usecases.participants import local_today, own_enrolment, tell


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version as a member reads it. ``mine``: the reader signed it; ``missing``: the names of who did not yet."""

    id: UUID
    version: int
    author: str
    terms: Terms
    mine: bool
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    in_force_at: datetime | None
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """The version that counts until all have signed a newer one."""

    id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Drafting:
    """What the form starts from: the newest version if there is one, else what the programme suggests."""

    pairing: UUID
    partners: tuple[str, ...]
    terms: Terms
    version: int


@dataclass(frozen=True, slots=True)
class Written:
    """A version just kept; ``overtaken`` when somebody kept another meanwhile, and then nothing was kept."""

    agreement: Agreement
    partners: tuple[str, ...]
    overtaken: bool


def read_agreement(tx: Transaction, actor: Actor) -> Agreement | None:
    """Return the newest version of the actor's pairing, None without one. Raises NotEnrolled or NoPartnerYet."""
    _, pairing = _own_pairing(tx, actor)
    row = tx.agreements.latest(pairing.id)
    return _beside_the_ruling(tx, row, pairing, actor.person) if row else None


def draft_agreement(tx: Transaction, actor: Actor) -> Drafting:
    """Return what the actor's form starts from. Raises NotEnrolled or NoPartnerYet."""
    enrolment, pairing = _own_pairing(tx, actor)
    row = tx.agreements.latest(pairing.id)
    names = _names(pairing.others(actor.person))
    if row:
        return Drafting(pairing.id, names, _terms_today(row, pairing), row.version)
    programme = enrolment.programme
    usual = Terms(None, None, None, programme.guidelines or None, Weekday(programme.weekday), 1, pairing.ends_on)
    return Drafting(pairing.id, names, usual, 0)


def _terms_today(row: AgreementRow, pairing: PairingRow) -> Terms:
    """Return the terms of a version; one from before the pairing was renewed lasts as long as that does now."""
    older = pairing.renewed_at is not None and row.made_at < pairing.renewed_at
    return replace(row.terms, until=max(row.until, pairing.ends_on)) if older else row.terms


def write_agreement(tx: Transaction, actor: Actor, terms: Terms, *, pairing: UUID, seen: int) -> Written:
    """Keep a new version, signed by the actor, and ask the others to sign; ``seen``: the version it was written on.

    Whoever changes nothing signs the newest version.

    Raises NotEnrolled, NoPartnerYet, AgreementOver when the form belongs to another pairing, or as ``kept_terms``.
    """
    enrolment, own = _own_pairing(tx, actor)
    if own.id != pairing:
        raise AgreementOver
    kept = agreements.kept_terms(terms, local_today(tx, enrolment))
    tx.pairings.hold(own.programme_id)
    latest = tx.agreements.latest(own.id)
    partners = _names(own.others(actor.person))
    if latest and latest.version != seen:
        return Written(_agreement(latest, own, actor.person), partners, overtaken=True)
    if latest and latest.terms == kept:  # nothing is changed: it is signed
        tx.agreements.sign(latest, actor.person)
        put_into_force(tx, own)
        return Written(_agreement(latest, own, actor.person), partners, overtaken=False)
    row = tx.agreements.add(own, actor.person, kept)
    for other in own.others(actor.person):
        tell(tx, other, MessageKind.AGREEMENT_WRITTEN, str(row.id), subject=row.id)
    return Written(_agreement(row, own, actor.person), partners, overtaken=False)


def read_version(tx: Transaction, actor: Actor, agreement: UUID) -> Agreement:
    """Return one version of an agreement of the actor's pairing, also an older one. Raises NotYours when that ended."""
    row = tx.agreements.find(agreement)
    pairing = tx.pairings.get(row.pairing_id) if row else None
    decide(actor, Action.SIGN, Thing(partners=pairing.people if pairing else frozenset()))
    if row is None or pairing is None:
        raise NotYours
    return _agreement(row, pairing, actor.person)


def sign_agreement(tx: Transaction, actor: Actor, agreement: UUID) -> Agreement:
    """Sign a version; with the last signature it is in force.

    Raises NotYours, AgreementOver for an older one, or AgreementExpired.
    """
    row = tx.agreements.find(agreement)
    pairing = tx.pairings.get(row.pairing_id) if row else None
    decide(actor, Action.SIGN, Thing(partners=pairing.people if pairing else frozenset()))
    if row is None or pairing is None:
        raise NotYours
    tx.pairings.hold(pairing.programme_id)
    latest = tx.agreements.latest(pairing.id)
    if pairing.state is not PairingState.ACTIVE or latest is None or latest.id != row.id:
        raise AgreementOver
    if row.until <= local_today(tx, own_enrolment(tx, actor)):
        raise AgreementExpired
    tx.agreements.sign(row, actor.person)
    put_into_force(tx, pairing)
    return _beside_the_ruling(tx, row, pairing, actor.person)


def put_into_force(tx: Transaction, pairing: PairingRow) -> None:
    """Let the newest version rule the pairing once everybody who is in it today has signed."""
    row = tx.agreements.latest(pairing.id)
    if row is None or row.in_force_at or not pairing.people or not pairing.people <= row.signers:
        return
    if any(row.until <= local_today(tx, member) for member in pairing.present):
        return  # it would end what goes on
    row.in_force_at = tx.now
    pairing.ends_on, pairing.weekday, pairing.every_weeks = row.until, row.weekday, row.every_weeks
    for member in pairing.present:
        tell(tx, member, MessageKind.AGREEMENT_SIGNED, str(row.id), subject=row.id)


def told_agreement(tx: Transaction, agreement: UUID, reader: PersonId, *, signed: bool) -> Agreement | None:
    """Return a version for a message to one of its people; None when it is no longer theirs or no longer news.

    ``signed``: the message says that all have signed; else it asks for a signature.
    """
    row = tx.agreements.find(agreement)
    if row is None:
        return None
    pairing = tx.pairings.get(row.pairing_id)
    latest = tx.agreements.latest(pairing.id)
    if pairing.state is not PairingState.ACTIVE or reader not in pairing.people or latest is None:
        return None
    if latest.id != row.id or signed != (row.in_force_at is not None) or (not signed and reader in row.signers):
        return None
    return _beside_the_ruling(tx, row, pairing, reader)


def _beside_the_ruling(tx: Transaction, row: AgreementRow, pairing: PairingRow, reader: PersonId) -> Agreement:
    """Return the newest version with the one that counts until it is signed."""
    ruling = None if row.in_force_at else tx.agreements.in_force(pairing.id)
    shown = _agreement(row, pairing, reader)
    return replace(shown, ruling=Ruling(ruling.id, ruling.version)) if ruling else shown


def _own_pairing(tx: Transaction, actor: Actor) -> tuple[EnrolmentRow, PairingRow]:
    enrolment = own_enrolment(tx, actor)
    pairing = tx.pairings.current(enrolment.id)
    if pairing is None:
        raise NoPartnerYet
    return enrolment, pairing


def _agreement(row: AgreementRow, pairing: PairingRow, reader: PersonId) -> Agreement:
    present = pairing.present
    return Agreement(
        row.id,
        row.version,
        next((one.enrolment.person.name for one in pairing.memberships if one.enrolment.owner_id == row.owner_id), ""),
        row.terms,
        reader in row.signers,
        _names([one for one in present if one.owner_id in row.signers]),
        _names([one for one in present if one.owner_id not in row.signers]),
        row.in_force_at,
    )


def _names(rows: list[EnrolmentRow]) -> tuple[str, ...]:
    return tuple(row.person.name for row in rows)
