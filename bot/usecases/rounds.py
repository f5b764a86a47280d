"""Matching rounds: gather who waits, propose, let an owner decide, introduce."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.rounds import MatchRow, RoundRow
from bot.db.transaction import Transaction
from bot.domain import cadence, enrolments, programmes, rounds
from bot.domain.access import Action
from bot.domain.ids import ProgrammeId, RoundId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.profiles import skill_key
from bot.domain.rounds import NobodyFits, RoundOutdated, RoundOver, RoundState, TooFewToMatch
from bot.matching.explain import FROM_OFFERS_AND_WANTS, ReasonKind, quality, reasons
from bot.matching.matches import Match, Solution
from bot.matching.people import History, Person, Population
from bot.matching.policy import Policy
from bot.matching.solve import solve
from bot.usecases.pairings import Reason, read_reasons
from bot.usecases.participants import local_today, may_be_told_at
from bot.usecases.programmes import owned_programme

WEEK = timedelta(weeks=1)
STORED = frozenset({ReasonKind.SKILL, ReasonKind.HOURS, ReasonKind.LANGUAGES})
"""The reasons that an introduction has words for."""


@dataclass(frozen=True, slots=True)
class Field:
    """Everything a matching run needs, read at one moment; it is solved outside any transaction."""

    programme: ProgrammeId
    population: Population
    policy: Policy
    seed: int


@dataclass(frozen=True, slots=True)
class ProposedMatch:
    people: tuple[str, ...]
    quality: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class UnmatchedPerson:
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A round an owner can approve. Names, offers and wants only: nothing private."""

    id: RoundId
    programme: str
    matches: tuple[ProposedMatch, ...]
    unmatched: tuple[UnmatchedPerson, ...]
    weeks: int

    @property
    def people(self) -> int:
        return sum(len(match.people) for match in self.matches)


@dataclass(frozen=True, slots=True)
class RoundCounts:
    matches: int
    people: int
    unmatched: int


def check_round(tx: Transaction, actor: Actor, room: str) -> None:
    """Return if a round can be run from ``room`` now. Raises NotAnOwner or TooFewToMatch."""
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    waiting = len(_waiting(tx, programme.id))
    if waiting < rounds.FEWEST:
        raise TooFewToMatch(count=waiting)


def gather(tx: Transaction, actor: Actor, room: str) -> Field:
    """Return who can be matched now in the programme run from ``room``. Raises NotAnOwner or TooFewToMatch."""
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    waiting = _waiting(tx, programme.id)
    if len(waiting) < rounds.FEWEST:
        raise TooFewToMatch(count=len(waiting))
    return Field(
        programme.programme_id,
        Population.of((_person(tx, row) for row in waiting), _history(tx, programme.id)),
        _policy(programme.min_gap_weeks),
        tx.rounds.count(programme.id) + 1,
    )


def _waiting(tx: Transaction, programme: UUID) -> list[EnrolmentRow]:
    taken = tx.pairings.taken(programme)
    return [row for row in tx.enrolments.active_in(programme) if row.id not in taken and _can_be_matched(tx, row)]


def _can_be_matched(tx: Transaction, row: EnrolmentRow) -> bool:
    away = enrolments.is_paused(row.paused_until, local_today(tx, row))
    return not away and not row.person.deactivated


def _policy(min_gap_weeks: int) -> Policy:
    """Return the house's policy with the programme's gap: who met recently waits rather than meet again.

    Few common hours count against a pair but forbid none: nobody can say in their profile yet which hours they could
    shift, and what somebody can learn from another weighs more.
    """
    memory = max(min_gap_weeks, Policy().memory_weeks)
    return Policy(min_gap_weeks=min_gap_weeks, memory_weeks=memory, min_overlap_minutes=0, relax=())


def _person(tx: Transaction, row: EnrolmentRow) -> Person:
    profile = row.profile
    return Person(
        str(row.id),
        frozenset(map(skill_key, profile.offers)),
        frozenset(map(skill_key, profile.wants)),
        languages=frozenset(profile.languages),
        work=cadence.utc_window(profile.hours, row.person.zone, local_today(tx, row)),
        waited_rounds=row.waited_rounds,
    )


def _history(tx: Transaction, programme: UUID) -> History:
    met = [
        (str(one), str(other), ago / WEEK)
        for members, ago in tx.pairings.history(programme)
        for one in members
        for other in members
        if one < other
    ]
    return History.of(met)


def solve_field(field: Field) -> Solution:
    """Find the best matches. Pure arithmetic: takes its time outside any transaction. Raises NobodyFits."""
    solution = solve(field.population, field.policy, field.seed)
    if not solution.matches:
        raise NobodyFits(count=len(field.population))
    return solution


def propose(tx: Transaction, actor: Actor, room: str, field: Field, solution: Solution) -> Preview:
    """Keep a solution as the programme's one open preview. Raises NotAnOwner."""
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    tx.pairings.hold(programme.id)
    for older in tx.rounds.previews(programme.id):
        older.state, older.decided_at = RoundState.DISCARDED, tx.now
    unmatched = {one.id: str(one.reason) for one in solution.unmatched}
    row = tx.rounds.add(programme.id, seed=field.seed, made_by=actor.person, unmatched=unmatched)
    row.matches.extend(_match_row(tx, position, match, field) for position, match in enumerate(solution.matches))
    tx.flush()
    tx.audit.record(actor.person, "propose", row.id)
    return _preview(tx, row)


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
    preview = _preview(tx, row)
    waiting = {enrolment.id: enrolment for enrolment in _waiting(tx, row.programme_id)}
    if any(member not in waiting for match in row.matches for member in match.enrolments):
        raise RoundOutdated
    for match in row.matches:
        _introduce(tx, programme.weeks, match, [waiting[member] for member in match.enrolments])
    for enrolment in (waiting[UUID(one)] for one in row.unmatched if UUID(one) in waiting):
        enrolment.waited_rounds += 1
        tx.outbox.put(
            MessageKind.NOT_MATCHED,
            to=enrolment.owner_id,
            key=f"not_matched:{row.id}:{enrolment.id}",
            subject=row.id,
            not_before=may_be_told_at(tx, enrolment),
        )
    row.state, row.decided_at = RoundState.APPROVED, tx.now
    tx.outbox.put(MessageKind.ROUND_APPROVED, to=programme.id, key=f"approved:{row.id}", subject=row.id)
    tx.audit.record(actor.person, "approve", row.id)
    return preview


def _introduce(tx: Transaction, weeks: int, match: MatchRow, members: Iterable[EnrolmentRow]) -> None:
    people = list(members)
    ends_on = programmes.last_day(cadence.local_day(tx.now, people[0].person.zone), weeks)
    pairing = tx.pairings.add(people[0].programme_id, match.id, [row.id for row in people], ends_on)
    for row in people:
        row.waited_rounds = 0
        tx.goals.share_waiting(row.enrolment_id, pairing.id)
    tx.outbox.put(MessageKind.INTRODUCTION, to=pairing.id, key=f"introduction:{pairing.id}", subject=pairing.id)


def discard(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> None:
    """Put a preview aside. Raises NotAnOwner or RoundOver."""
    row = _held_round(tx, actor, room, round_id)
    row.state, row.decided_at = RoundState.DISCARDED, tx.now
    tx.audit.record(actor.person, "discard", row.id)


def read_preview(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> Preview:
    """Return an open preview again, for paging. Raises NotAnOwner or RoundOver."""
    return _preview(tx, _open_round(tx, actor, room, round_id))


def _held_round(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> RoundRow:
    """Return an open round while nobody else decides on it, leaves or takes a break."""
    tx.pairings.hold(owned_programme(tx, actor, room, Action.RUN_ROUND).id)
    return _open_round(tx, actor, room, round_id)


def _open_round(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> RoundRow:
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    row = tx.rounds.find(round_id)
    if row is None or row.programme_id != programme.id or row.state is not RoundState.PREVIEW:
        raise RoundOver
    return row


def unmatched_reason(tx: Transaction, round_id: UUID, enrolment: UUID) -> str | None:
    """Return why somebody was left out of a round, None when they are matched by now."""
    row = tx.rounds.find(round_id)
    if row is None or tx.pairings.current(enrolment):
        return None
    reason: Any = row.unmatched.get(str(enrolment))
    return reason if isinstance(reason, str) else None


def count_round(tx: Transaction, round_id: UUID) -> RoundCounts:
    """Return a round in counts."""
    row = tx.rounds.get(round_id)
    people = sum(len(match.members) for match in row.matches)
    return RoundCounts(len(row.matches), people, len(row.unmatched))


def _preview(tx: Transaction, row: RoundRow) -> Preview:
    programme = tx.programmes.get(row.programme_id)
    members = {enrolment.id: enrolment for enrolment in tx.enrolments.active_in(row.programme_id)}
    return Preview(
        RoundId(row.id),
        programme.name,
        tuple(_proposed(match, [members[m] for m in match.enrolments if m in members]) for match in row.matches),
        tuple(
            UnmatchedPerson(members[UUID(one)].person.name, reason)
            for one, reason in row.unmatched.items()
            if UUID(one) in members
        ),
        programme.weeks,
    )


def _proposed(match: MatchRow, members: list[EnrolmentRow]) -> ProposedMatch:
    names = tuple(row.person.name for row in members)
    why = tuple(one for one in read_reasons(match.reasons, members) if one.kind in FROM_OFFERS_AND_WANTS)
    return ProposedMatch(names, match.quality, why)
