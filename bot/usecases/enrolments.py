"""Join, pause, come back, leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.db.transaction import Transaction
from bot.domain import profiles
from bot.domain.access import Action, NotYours, decide
from bot.domain.enrolments import NOTICE_VERSION, AlreadyJoined, EnrolmentState, NoticeNotAgreed
from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor
from bot.domain.profiles import Profile
from bot.domain.programmes import NoProgramme, ProgrammePlan
from bot.usecases.participants import local_today, own_enrolment
from bot.usecases.people import withdraw


@dataclass(frozen=True, slots=True)
class Invitation:
    """A programme somebody can join, and whether they have agreed to its data notice already."""

    programme: ProgrammeId
    plan: ProgrammePlan
    agreed: bool


@dataclass(frozen=True, slots=True)
class Joined:
    plan: ProgrammePlan
    first_time: bool


def invitations(tx: Transaction, actor: Actor) -> tuple[Invitation, ...]:
    """Return the programmes the actor is not in yet.

    Raises NotWelcome, NoProgramme, or AlreadyJoined when they are in all of them.
    """
    decide(actor, Action.JOIN)
    programmes = tx.programmes.active()
    if not programmes:
        raise NoProgramme
    mine = {row.programme_id: row.state for row in tx.enrolments.all_of(actor.person)}
    open_ones = tuple(
        Invitation(row.programme_id, row.plan, mine.get(row.id) is EnrolmentState.AGREED)
        for row in programmes
        if mine.get(row.id) is not EnrolmentState.ACTIVE
    )
    if not open_ones:
        raise AlreadyJoined
    return open_ones


def invitation(tx: Transaction, actor: Actor, programme: UUID) -> Invitation:
    """Return the invitation to one programme. Raises as ``invitations``, and NotYours when there is no such one."""
    found = [one for one in invitations(tx, actor) if one.programme == programme]
    if found:
        return found[0]
    row = tx.enrolments.of(actor.person, programme)
    raise AlreadyJoined if row and row.state is EnrolmentState.ACTIVE else NotYours


def agree_to_notice(tx: Transaction, actor: Actor, programme: UUID) -> Invitation:
    """Keep that the actor read the data notice and agreed. Raises as ``invitation``."""
    invited = invitation(tx, actor, programme)
    tx.enrolments.agree(actor.person, programme, NOTICE_VERSION)
    return invited


def join(tx: Transaction, actor: Actor, programme: UUID, profile: Profile) -> Joined:
    """Write the actor's profile; the first time this makes them a participant.

    Raises NotWelcome, NoticeNotAgreed, or the refusals of ``kept_profile``.
    """
    decide(actor, Action.JOIN)
    row = tx.enrolments.of(actor.person, programme)
    if row is None or row.state is EnrolmentState.LEFT:
        raise NoticeNotAgreed
    tx.enrolments.fill(row, profiles.kept_profile(profile))
    first_time = row.state is EnrolmentState.AGREED
    if first_time:
        row.state, row.joined_at, row.used_at, row.waited_rounds = EnrolmentState.ACTIVE, tx.now, tx.now, 0
        row.resting = False
        tx.attendance.forget(row.id)
    return Joined(tx.programmes.get(programme).plan, first_time)


def is_enrolled(tx: Transaction, actor: Actor) -> bool:
    """Say whether the actor takes part in a programme."""
    return tx.enrolments.active_or_none(actor.person) is not None


def own_today(tx: Transaction, actor: Actor) -> date:
    """Return what day it is for the actor, if they take part at all. Raises NotEnrolled."""
    return local_today(tx, own_enrolment(tx, actor))


def read_profile(tx: Transaction, actor: Actor) -> tuple[ProgrammeId, Profile]:
    """Return the actor's programme and profile. Raises NotEnrolled."""
    row = own_enrolment(tx, actor)
    return ProgrammeId(row.programme_id), row.profile


def leave(tx: Transaction, actor: Actor) -> None:
    """Leave the programme now, without a reason; the partner is told kindly. Raises NotEnrolled."""
    withdraw(tx, own_enrolment(tx, actor))
