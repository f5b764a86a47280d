"""Pairings: who is with whom, the introduction, and kind ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.skills import SkillSide
from bot.db.transaction import Transaction
from bot.domain import pairings
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.ids import PairingId, PersonId
from bot.domain.messages import MessageKind
from bot.domain.pairings import EndReason, PairingState
from bot.domain.people import Actor, Language
from bot.usecases.agreements import put_into_force
from bot.usecases.meeting_cards import settle_all
from bot.usecases.meeting_times import Proposals, propose_times
from bot.usecases.participants import own_enrolment, tell
from bot.usecases.waiting import why_alone


@dataclass(frozen=True, slots=True)
class Partner:
    """What partners see of each other: the name, what they offer and want, and a break if they take one."""

    slack_id: str
    name: str
    offers: tuple[str, ...]
    wants: tuple[str, ...]
    paused_until: date | None


@dataclass(frozen=True, slots=True)
class Together:
    """One pairing as a member sees it."""

    id: PairingId
    partners: tuple[Partner, ...]
    ends_on: date
    group_channel: str | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why people fit.

    A ``skill`` has a giver, a receiver and the skill as the receiver wrote it; shared ``hours`` (minutes a day)
    and ``languages`` (how many) have an amount.
    """

    kind: str
    giver: str
    receiver: str
    skill: str
    amount: int


@dataclass(frozen=True, slots=True)
class Introduction:
    programme: str
    language: Language
    members: tuple[Partner, ...]
    reasons: tuple[Reason, ...]
    weeks: int
    weekday: int
    hour: int
    meeting: Proposals


def read_partner(tx: Transaction, actor: Actor) -> Together:
    """Return the actor's current pairing. Raises NotEnrolled or NoPartnerYet."""
    enrolment = own_enrolment(tx, actor)
    together = together_of(tx, enrolment)
    if together is None:
        raise why_alone(tx, enrolment)
    return together


def own_pairing(tx: Transaction, actor: Actor, pairing: UUID) -> tuple[PairingRow, EnrolmentRow]:
    """Return a pairing the actor is in today, and their enrolment, while nobody else changes it. Raises NotYours."""
    programme = tx.pairings.programme_of(pairing)
    if programme:
        tx.pairings.hold(programme)
    row = tx.pairings.find(pairing)
    mine = [one for one in row.present if one.owner_id == actor.person] if row else []
    decide(actor, Action.PART, Thing(partners=row.people if row else frozenset()))
    if row is None or not mine:
        raise NotYours
    return row, mine[0]


def together_of(tx: Transaction, enrolment: EnrolmentRow) -> Together | None:
    """Return the current pairing of ``enrolment`` as its member sees it."""
    pairing = tx.pairings.current(enrolment.id)
    if pairing is None:
        return None
    partners = tuple(partner_of(other) for other in pairing.others(enrolment.owner_id))
    # Once somebody left, the group message is one in which they still read.
    channel = pairing.group_channel if len(pairing.present) == len(pairing.memberships) else None
    return Together(pairing.pairing_id, partners, pairing.ends_on, channel)


def partner_of(row: EnrolmentRow) -> Partner:
    """Return what partners see of the person of an enrolment."""
    offers, wants = row.named(SkillSide.OFFER), row.named(SkillSide.WANT)
    return Partner(row.person.slack_id, row.person.name, offers, wants, row.paused_until)


def introduction(tx: Transaction, pairing: PairingRow) -> Introduction | None:
    """Return what a new pairing is told about itself; None when it has ended."""
    if pairing.state is not PairingState.ACTIVE:
        return None
    programme = tx.programmes.get(pairing.programme_id)
    members = pairing.present
    return Introduction(
        programme.name,
        common_language(members, programme.language),
        tuple(partner_of(row) for row in members),
        read_reasons(tx.rounds.match(pairing.match_id).reasons, members),
        programme.weeks,
        programme.weekday,
        programme.hour,
        propose_times(tx, members),
    )


def common_language(members: list[EnrolmentRow], otherwise: Language) -> Language:
    """Return the language a group is spoken to in: theirs if they share one, else the programme's."""
    languages = {row.person.language for row in members}
    return languages.pop() if len(languages) == 1 else otherwise


def read_reasons(stored: dict[str, Any], members: list[EnrolmentRow]) -> tuple[Reason, ...]:
    """Return stored reasons with names and wording of those in ``members``; reasons about others are left out."""
    by_id = {str(row.id): row for row in members}
    return tuple(
        _reason(item, by_id)
        for item in stored["reasons"]
        if not item["giver"] or (item["giver"] in by_id and item["receiver"] in by_id)
    )


def _reason(item: dict[str, Any], members: dict[str, EnrolmentRow]) -> Reason:
    if not item["giver"]:
        return Reason(item["kind"], "", "", "", item["amount"])
    giver, receiver = members[item["giver"]], members[item["receiver"]]
    written = {one.skill.key: one.skill.name for one in receiver.skills if one.side is SkillSide.WANT}
    skill = written.get(item["skill"], item["skill"])
    return Reason(item["kind"], giver.person.name, receiver.person.name, skill, item["amount"])


def step_out(tx: Transaction, enrolment: EnrolmentRow) -> None:
    """Take somebody out of their pairing; two who remain go on, one who remains is told and waits with priority."""
    pairing = tx.pairings.current(enrolment.id)
    if pairing is None:
        return
    others = pairing.others(enrolment.owner_id)
    tx.pairings.leave(pairing, enrolment.id)
    if len(others) < pairings.FEWEST:
        tx.pairings.end(pairing, EndReason.LEFT)
        for other in others:
            other.waited_rounds += 1
    put_into_force(tx, pairing)
    settle_all(tx, pairing)
    for other in others:
        tell(tx, other, MessageKind.PARTNER_LEFT, f"{pairing.id}:{enrolment.id}", subject=enrolment.id)


def group_members(tx: Transaction, pairing: UUID) -> tuple[str, ...]:
    """Return the Slack ids of everybody in a pairing, in order; nobody once it has ended."""
    row = tx.pairings.get(pairing)
    return tuple(sorted(one.person.slack_id for one in row.present)) if row.state is PairingState.ACTIVE else ()


def former_partners(tx: Transaction, pairing: UUID, person: PersonId) -> tuple[str, ...]:
    """Return the names of those who were with ``person`` in a pairing to its end."""
    row = tx.pairings.get(pairing)
    others = [m.enrolment for m in row.memberships if m.left_at == row.ended_at and m.enrolment.owner_id != person]
    return tuple(other.person.name for other in others)
