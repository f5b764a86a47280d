"""Matching rounds: gather who waits, propose, let an owner decide, introduce."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.rounds import MatchRow, RoundRow
from bot.db.transaction import Transaction
from bot.domain.access import Action
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.rounds import RoundOutdated, RoundState
from bot.matching.explain import ReasonKind, quality, reasons
from bot.matching.matches import Match, Solution
from bot.usecases.field import Field, waiting_in
from bot.usecases.introductions import introduce
from bot.usecases.participants import may_be_told_at
from bot.usecases.previews import Preview, open_round, preview_of
from bot.usecases.programmes import owned_programme

STORED = frozenset({ReasonKind.SKILL, ReasonKind.HOURS, ReasonKind.LANGUAGES})
"""The reasons that an introduction has words for."""


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """``left_out``: who was asked and is not in it, because they skip it, are on a break or have left."""

    matches: int
    people: int
    unmatched: int
    left_out: int = 0


def propose(tx: Transaction, actor: Actor, room: str, field: Field, solution: Solution) -> Preview:
    """Keep a solution as the programme's one open preview. Raises NotAnOwner."""
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    tx.pairings.hold(programme.id)
    put_aside_previews(tx, programme.id)
    unmatched = {one.id: str(one.reason) for one in solution.unmatched}
    row = tx.rounds.add(programme.id, seed=field.seed, made_by=actor.person, unmatched=unmatched)
    fill_in(tx, row, field, solution)
    tx.audit.record(actor.person, "propose", row.id)
    return preview_of(tx, row)


def put_aside_previews(tx: Transaction, programme: UUID) -> None:
    """Discard what waits for a decision: there is one open preview of a programme."""
    for older in tx.rounds.previews(programme):
        older.state, older.decided_at = RoundState.DISCARDED, tx.now


def fill_in(tx: Transaction, row: RoundRow, field: Field, solution: Solution) -> None:
    """Write the proposed matches into a round."""
    row.matches.extend(_match_row(tx, position, match, field) for position, match in enumerate(solution.matches))
    tx.flush()


def _match_row(tx: Transaction, position: int, match: Match, field: Field) -> MatchRow:
    people = {person.id: person for person in field.population.people}
    why = [
        {
            "kind": str(one.kind),
            "giver": one.giver,
            "receiver": one.receiver,
            "skill": one.skill,
            "amount": one.amount,
        }
        for one in reasons(match, people, field.policy, STORED)
    ]
    return MatchRow(
        workspace_id=tx.workspace,
        position=position,
        quality=str(quality(match, field.policy)),
        score=round(match.worth),
        members=list(match.members),
        reasons={"reasons": why},
    )


def approve(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> Preview:
    """Make the proposed matches live: pairings, introductions, and a kind word to whoever waits on.

    Raises NotAnOwner, RoundOver, or RoundOutdated when somebody in it cannot be matched any more.
    """
    row = _held_round(tx, actor, room, round_id)
    programme = tx.programmes.get(row.programme_id)
    preview = preview_of(tx, row)
    waiting = {enrolment.id: enrolment for enrolment in waiting_in(tx, row.programme_id)}
    if any(member not in waiting for match in row.matches for member in match.enrolments):
        raise RoundOutdated
    for match in row.matches:
        introduce(tx, programme.weeks, match, [waiting[member] for member in match.enrolments])
    tell_unmatched(tx, row, [waiting[UUID(one)] for one in row.unmatched if UUID(one) in waiting])
    row.state, row.decided_at = RoundState.INTRODUCED, tx.now
    tx.outbox.put(MessageKind.ROUND_APPROVED, to=programme.id, key=f"approved:{row.id}", subject=row.id)
    tx.audit.record(actor.person, "approve", row.id)
    return preview


def tell_unmatched(tx: Transaction, row: RoundRow, unmatched: Iterable[EnrolmentRow]) -> None:
    """Give whoever a round has no partner for priority in the next, and tell them why."""
    for enrolment in unmatched:
        enrolment.waited_rounds += 1
        tx.outbox.put(
            MessageKind.NOT_MATCHED,
            to=enrolment.owner_id,
            key=f"not_matched:{row.id}:{enrolment.id}",
            subject=row.id,
            not_before=may_be_told_at(tx, enrolment),
        )


def discard(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> None:
    """Put a preview aside. Raises NotAnOwner or RoundOver."""
    row = _held_round(tx, actor, room, round_id)
    row.state, row.decided_at = RoundState.DISCARDED, tx.now
    tx.audit.record(actor.person, "discard", row.id)


def _held_round(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> RoundRow:
    """Return an open round while nobody else decides on it, leaves or takes a break."""
    tx.pairings.hold(owned_programme(tx, actor, room, Action.RUN_ROUND).id)
    return open_round(tx, actor, room, round_id)


def unmatched_reason(tx: Transaction, round_id: UUID, enrolment: UUID) -> str | None:
    """Return why somebody was left out of a round, None when they are matched by now."""
    row = tx.rounds.find(round_id)
    if row is None or tx.pairings.current(enrolment):
        return None
    reason: Any = row.unmatched.get(str(enrolment))
    return reason if isinstance(reason, str) else None


def is_open(tx: Transaction, round_id: UUID) -> bool:
    """Say whether a round waits for a decision."""
    row = tx.rounds.find(round_id)
    return row is not None and row.state is RoundState.PREVIEW


def count_round(tx: Transaction, round_id: UUID) -> RoundCounts:
    """Return a round in counts."""
    row = tx.rounds.get(round_id)
    people = sum(len(match.members) for match in row.matches)
    return RoundCounts(len(row.matches), people, len(row.unmatched), sum((row.left_out or {}).values()))
