"""Catch up after a pause: nobody is written to at night because of it, and nobody finds a pile of messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.db.catch_up import Waiting
from bot.db.claims import UNWRITABLE
from bot.db.outbox import MessageRow, Outgoing
from bot.db.transaction import Transaction
from bot.domain import catch_up, messages, participants
from bot.domain.cadence import WorkingHours
from bot.domain.ids import PersonId, new_id
from bot.domain.messages import Destination, MessageKind, MessageState, Verb
from bot.domain.participants import Presence
from bot.domain.slots import GRACE


@dataclass(slots=True)
class Plan:
    """What is to become of messages that waited: put off to a moment, folded into another, or told together."""

    put_off: dict[UUID, datetime] = field(default_factory=dict)
    folded: dict[UUID, UUID] = field(default_factory=dict)
    together: list[tuple[UUID, list[UUID]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.put_off or self.folded or self.together)


def plan(tx: Transaction, person: UUID | None = None) -> Plan:
    """Return what is to be done about messages (to ``person``, or to everybody) that waited for over an hour."""
    made = Plan()
    if not tx.catch_up.anything_older(GRACE, person):
        return made
    waiting: dict[UUID, list[Waiting]] = defaultdict(list)
    for one in tx.catch_up.waiting(person):
        waiting[one.person].append(one)
    reminders = [one for several in waiting.values() for one in several if one.kind is MessageKind.CHECKIN_REMINDER]
    made.folded = _into_prompts(tx, reminders)
    late = {who: several for who, several in waiting.items() if any(_is_old(tx, one) for one in several)}
    for who, there in _presences(tx, late).items():
        _plan_for(tx, made, who, there, [one for one in late[who] if one.id not in made.folded])
    return made


def is_late(tx: Transaction, row: MessageRow) -> bool:
    """Say whether a message to a person waited so long that ``merge_late`` has to look at it before it goes."""
    return (
        row.state is MessageState.PENDING
        and row.destination is Destination.PERSON
        and row.verb is Verb.POST
        and tx.now - row.made_at > GRACE
    )


def _into_prompts(tx: Transaction, reminders: Collection[Waiting]) -> dict[UUID, UUID]:
    """Return for reminders whose check-in still waits the message by which it is asked."""
    if not reminders:
        return {}
    prompts = tx.outbox.on_the_way(MessageKind.CHECKIN, [one.subject for one in reminders if one.subject])
    return {one.id: prompts[one.subject] for one in reminders if one.subject in prompts}


def _is_old(tx: Transaction, one: Waiting) -> bool:
    return tx.now - one.made_at > GRACE


def _plan_for(tx: Transaction, made: Plan, who: UUID, there: Presence, several: list[Waiting]) -> None:
    moment = participants.may_be_told_at(there, tx.now)
    if moment > tx.now:
        made.put_off |= {one.id: moment for one in several if _is_old(tx, one)}
        return
    news = [one for one in several if catch_up.may_be_carried(one.kind)]
    late = [one for one in news if catch_up.is_late(there, one.made_at, one.not_before, tx.now)]
    if len(late) >= catch_up.ENOUGH:
        made.together += [(who, [one.id for one in some]) for some in _batches(news)]


def _batches(news: list[Waiting]) -> Iterator[list[Waiting]]:
    return (news[start : start + catch_up.MOST] for start in range(0, len(news), catch_up.MOST))


def merge_late(tx: Transaction, person: UUID | None = None) -> int:
    """Put off, fold and bring together what waited for over an hour; return how many messages that changed.

    Outside somebody's working hours it waits for their next morning. Three or more pieces of late news become one
    message that carries them all; a check-in stays its own, and a reminder is folded into one that still waits.
    """
    wanted = plan(tx, person)
    held = tx.catch_up.hold([*wanted.put_off, *wanted.folded, *(one for _, parts in wanted.together for one in parts)])
    tx.catch_up.put_off({one: moment for one, moment in wanted.put_off.items() if one in held})
    for reminder, prompt in wanted.folded.items():
        if reminder in held:
            tx.catch_up.carry([reminder], prompt)
    for who, parts in wanted.together:
        if still := [one for one in parts if one in held]:
            _bring_together(tx, who, still)
    return len(held)


def _bring_together(tx: Transaction, who: UUID, parts: list[UUID]) -> None:
    [carrier] = tx.outbox.put_all(MessageKind.CATCH_UP, [Outgoing(who, f"{MessageKind.CATCH_UP}:{new_id()}")])
    tx.catch_up.carry(parts, carrier)


def _presences(tx: Transaction, people: Collection[UUID]) -> dict[UUID, Presence]:
    """Return when each of ``people`` is there: as in the programme they last used, else by their zone alone."""
    enrolled = tx.enrolments.in_use(people)
    others = tx.people.all_of([PersonId(who) for who in people if who not in enrolled])
    alone = {row.id: Presence(row.zone, WorkingHours()) for row in others}
    return alone | {who: row.presence for who, row in enrolled.items()}


def release(tx: Transaction, part: MessageRow) -> None:
    """Have something a full message has no room for go on its own, when its reader is there."""
    there = _presences(tx, [part.target_id]).get(part.target_id)
    tx.catch_up.release(part, participants.may_be_told_at(there, tx.now) if there else tx.now)


def release_broken(tx: Transaction, part: MessageRow) -> None:
    """Have something that cannot be written be tried and held on its own, so that it holds up none of the others."""
    part.attempt, part.error = part.attempt + 1, UNWRITABLE
    tx.catch_up.release(part, messages.retry_at(tx.now, part.attempt))
