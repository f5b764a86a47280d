"""Matching rounds: propose, let an owner decide on all or some of the matches, introduce."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.rounds import MatchRow, RoundRow
from bot.db.transaction import Transaction
from bot.domain.access import Action
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.rounds import MatchState, RoundOutdated, RoundOver, RoundState
from bot.matching.matches import Solution, WhyAlone
from bot.matching.people import Decisions
from bot.usecases.decisions import as_stored, group_of
from bot.usecases.field import Field, forbidden_now, groups_of, waiting_in
from bot.usecases.matches import new_match
from bot.usecases.offers import go_live, settle_round
from bot.usecases.participants import may_be_told_at
from bot.usecases.previews import Note, Preview, held_match, held_round, preview_of
from bot.usecases.programmes import owned_programme


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """``left_out``: who was asked and is not in it, because they skip it, are on a break or have left."""

    matches: int
    people: int
    unmatched: int
    ask_first: bool = False
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Approval:
    """What came of a yes: how many matches go live, how many had fallen apart meanwhile, and what is left.

    ``rest`` is the preview with the matches that still wait for a decision, None after the last one; ``waiting`` how
    many people have nobody now; ``ask_first``: the people of the matches are asked before they are introduced.
    """

    live: int
    fallen: int
    rest: Preview | None
    waiting: int
    ask_first: bool = False


def propose(tx: Transaction, actor: Actor, room: str, field: Field, solution: Solution) -> Preview:
    """Keep a solution as the programme's one open preview. Raises NotAnOwner."""
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    tx.pairings.hold(programme.id)
    put_aside_previews(tx, programme.id)
    unmatched = {one.id: str(one.reason) for one in solution.unmatched}
    row = tx.rounds.add(programme.id, seed=field.seed, made_by=actor.person, unmatched=unmatched)
    fill_in(tx, row, field, solution)
    tx.audit.record(actor.person, "propose", row.id)
    return preview_of(tx, row, _note(field, solution))


def _note(field: Field, solution: Solution) -> Note | None:
    groups = groups_of(solution)
    if not field.population.decisions.pins <= groups:
        return Note.NOT_KEPT
    return Note.AS_BEFORE if groups == field.shown else None


def put_aside_previews(tx: Transaction, programme: UUID) -> None:
    """Put what waits for a decision aside: there is one open preview of a programme."""
    for older in tx.rounds.previews(programme):
        _put_aside(tx, older)


def fill_in(tx: Transaction, row: RoundRow, field: Field, solution: Solution) -> None:
    """Write the proposed matches into a round, and what owners decided that still holds."""
    wanted = field.population.decisions
    row.decisions = as_stored(Decisions(wanted.pins & groups_of(solution), wanted.forbidden))
    row.matches.extend(new_match(tx, position, match, field) for position, match in enumerate(solution.matches))
    tx.flush()


def approve(
    tx: Transaction, actor: Actor, room: str, round_id: UUID, chosen: frozenset[UUID] | None = None
) -> Approval:
    """Make proposed matches live or ask their people first, all or the chosen ones.

    A match that is not possible any more falls apart: somebody left or found a partner, or a rule forbids it by now.

    With the last match the round is over: whoever waits on gets a kind word. Raises NotAnOwner, RoundOver, or
    RoundOutdated when none of the matches is possible any more; nothing has happened then.
    """
    row = held_round(tx, actor, room, round_id)
    asked = [match for match in row.proposed if chosen is None or match.id in chosen]
    if chosen is not None and len(asked) < len(chosen):
        raise RoundOver
    waiting = {enrolment.id: enrolment for enrolment in waiting_in(tx, row.programme_id)}
    programme = tx.programmes.get(row.programme_id)
    there = [match for match in asked if waiting.keys() >= set(match.enrolments)]
    not_now = forbidden_now(tx, programme, waiting.values(), (match.enrolments for match in there))
    live = [match for match in there if group_of(match.enrolments) not in not_now]
    if not live:
        raise RoundOutdated
    for match in live:
        go_live(tx, programme, match, [waiting.pop(member) for member in match.enrolments])
    fallen = [match for match in asked if match not in live]
    for match in fallen:
        take_apart(row, match, waiting)
    tx.audit.record(actor.person, "approve", row.id)
    if not row.proposed:
        _finish(tx, row, waiting)
    rest = preview_of(tx, row) if row.proposed else None
    return Approval(len(live), len(fallen), rest, len(waiting), programme.ask_first)


def approve_one(tx: Transaction, actor: Actor, room: str, match_id: UUID) -> Approval:
    """Make one proposed match live. Errors as ``approve``."""
    row, _ = held_match(tx, actor, room, match_id)
    return approve(tx, actor, room, row.id, frozenset({match_id}))


def take_apart(row: RoundRow, match: MatchRow, waiting: Iterable[UUID]) -> None:
    """Have a proposed match never go live; those of its people who wait are left over."""
    still = set(waiting)
    match.state = MatchState.DECLINED
    left = {str(member): str(WhyAlone.NOBODY_LEFT) for member in match.enrolments if member in still}
    row.unmatched = {**row.unmatched, **left}


def _finish(tx: Transaction, row: RoundRow, waiting: Mapping[UUID, EnrolmentRow]) -> None:
    """Close a round whose every match is decided on; ``waiting`` are those who have nobody."""
    tell_unmatched(tx, row, [waiting[UUID(one)] for one in row.unmatched if UUID(one) in waiting])
    _announce(tx, row)


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


def _announce(tx: Transaction, row: RoundRow) -> None:
    row.state, row.decided_at = RoundState.APPROVED, tx.now
    settle_round(tx, row.id)
    tx.outbox.put(MessageKind.ROUND_APPROVED, to=row.programme_id, key=f"approved:{row.id}", subject=row.id)


def discard(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> None:
    """Put a preview aside; what was approved of it lives on. Raises NotAnOwner or RoundOver."""
    row = held_round(tx, actor, room, round_id)
    _put_aside(tx, row)
    tx.audit.record(actor.person, "discard", row.id)


def _put_aside(tx: Transaction, row: RoundRow) -> None:
    for match in row.proposed:
        match.state = MatchState.DECLINED
    if any(match.state is MatchState.INTRODUCED for match in row.matches):
        _announce(tx, row)
    else:
        row.state, row.decided_at = RoundState.DISCARDED, tx.now


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
    """Return a round in counts: what went live, or would."""
    row = tx.rounds.get(round_id)
    live = [match for match in row.matches if match.state is not MatchState.DECLINED or match.offered_at]
    matched = {member for match in live for member in match.members}
    asked = any(match.offered_at for match in live)
    left_out = sum((row.left_out or {}).values())
    return RoundCounts(len(live), len(matched), len(row.unmatched.keys() - matched), asked, left_out)
