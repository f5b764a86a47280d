"""Start a programme and steer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.db.programmes import ProgrammeRow
from bot.db.transaction import Transaction
from bot.domain import programmes
from bot.domain.access import Action, NotAnOwner, Thing, decide
from bot.domain.ids import ProgrammeId
from bot.domain.messages import MessageKind, MessageState
from bot.domain.people import Actor, is_colleague
from bot.domain.programmes import NoProgramme, ProgrammePlan, Room
from bot.domain.rules import Rules
from bot.usecases.snapshots import AgreementCount, agreements_of


@dataclass(frozen=True, slots=True)
class Status:
    """Delivery health in counts, when the last round was and the next one is, and what was counted of agreements.

    Nothing about any person: what is about people comes from the weekly snapshot alone.
    """

    name: str
    waiting: int
    sent: int
    held: int
    failed: int
    errors: tuple[tuple[str, int], ...]
    last_round: date | None
    next_round: date | None
    agreements: AgreementCount


def check_setup(tx: Transaction, actor: Actor, room: Room) -> ProgrammePlan | None:
    """Say whether ``actor`` may set up (or change) the programme run from ``room``; return its plan if there is one.

    Raises BotNotInvited, RoomShared, RoomNotPrivate, NotAllowedToSetUp or NotAnOwner.
    """
    existing = _may_set_up(tx, actor, room)
    return existing.plan if existing else None


def set_up(
    tx: Transaction, actor: Actor, room: Room, plan: ProgrammePlan, *, min_gap_weeks: int, holidays: str, rules: Rules
) -> ProgrammeId:
    """Create or change the programme run from ``room``. Errors as ``check_setup`` and ``kept_plan``.

    ``holidays`` is the configured region of whoever has none of their own, ``rules`` what else is configured.
    """
    existing = _may_set_up(tx, actor, room)
    kept = programmes.kept_plan(plan)
    if existing:
        existing.follow(kept)
    else:
        existing = tx.programmes.add(kept, room=room.channel, min_gap_weeks=min_gap_weeks)
        tx.flush()
        tx.outbox.put(MessageKind.PROGRAMME_READY, to=existing.id, key=f"ready:{existing.id}", subject=existing.id)
    existing.holidays, existing.own_rules = holidays, rules.changed()
    tx.audit.record(actor.person, "set_up", existing.id)
    return existing.programme_id


def _may_set_up(tx: Transaction, actor: Actor, room: Room) -> ProgrammeRow | None:
    """Return the programme run from ``room`` if there is one. Who may not start one learns nothing about the room."""
    existing = tx.programmes.run_from(room.channel)
    if existing is None:
        decide(actor, Action.SET_UP)
        programmes.check_room(room)
        if room.channel not in actor.rooms:
            raise NotAnOwner
        return None
    programmes.check_room(room)
    decide(actor, Action.EDIT_PROGRAMME, Thing(room=existing.room))
    return existing


def read_status(tx: Transaction, actor: Actor, room: str) -> Status:
    """Return the health of the programme run from ``room``. Raises NotAnOwner."""
    programme = owned_programme(tx, actor, room, Action.READ_STATUS)
    tx.audit.record(actor.person, "read_status", programme.id)
    counts = tx.outbox.counts()
    last, ahead = tx.rounds.last_approved(programme.id), tx.runs.next_of(programme.id)
    return Status(
        programme.name,
        waiting=sum(counts.get(s, 0) for s in (MessageState.PENDING, MessageState.SENDING, MessageState.AMBIGUOUS)),
        sent=counts.get(MessageState.SENT, 0),
        held=counts.get(MessageState.HELD, 0),
        failed=counts.get(MessageState.FAILED, 0),
        errors=tuple(sorted(tx.outbox.errors().items())),
        last_round=last.decided_at.date() if last and last.decided_at else None,
        next_round=ahead.day if ahead else None,
        agreements=agreements_of(tx, [programme.id])[programme.id],
    )


def owned_programme(tx: Transaction, actor: Actor, room: str, action: Action) -> ProgrammeRow:
    """Return the programme run from ``room`` if ``actor`` may do ``action`` to it. Raises NotAnOwner or NotWelcome."""
    decide(actor, action, Thing(room=room))
    return tx.programmes.owned_by_room(room)


def read_guidelines(tx: Transaction, actor: Actor) -> ProgrammePlan:
    """Return the plan of the programme the actor takes part in, else of the oldest one. Raises NoProgramme."""
    decide(actor, Action.JOIN)
    enrolment = tx.enrolments.active_or_none(actor.person)
    if enrolment:
        return enrolment.programme.plan
    active = tx.programmes.active()
    if not active:
        raise NoProgramme
    return active[0].plan


def announce_owner(tx: Transaction, room: str, newcomer: Actor) -> bool:
    """Tell the owners' room that somebody joined it, and so became an owner; say whether that is so."""
    programme = tx.programmes.run_from(room)
    if programme is None or not is_colleague(newcomer.standing):
        return False
    tx.audit.record(newcomer.person, "became_owner", programme.id)
    key = f"owner:{programme.id}:{newcomer.person}:{tx.now.isoformat()}"
    return tx.outbox.put(MessageKind.OWNER_JOINED, to=programme.id, key=key, subject=newcomer.person)
