"""Who can be matched now, and what the matching needs to know of them."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.programmes import ProgrammeRow
from bot.db.transaction import Transaction
from bot.domain import cadence, enrolments, rounds
from bot.domain.access import Action
from bot.domain.attendance import Attendance
from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor
from bot.domain.profiles import skill_key
from bot.domain.rounds import NobodyFits, TooFewToMatch
from bot.matching.matches import Solution
from bot.matching.people import History, Person, Population
from bot.matching.policy import Policy
from bot.matching.solve import solve
from bot.usecases.attendance import who_sits_out
from bot.usecases.participants import local_today
from bot.usecases.programmes import owned_programme

WEEK = timedelta(weeks=1)
LARGE = 500  # people from whom on a round is solved apart


@dataclass(frozen=True, slots=True)
class Field:
    """Everything a matching run needs, read at one moment; it is solved outside any transaction."""

    programme: ProgrammeId
    population: Population
    policy: Policy
    seed: int


def check_round(tx: Transaction, actor: Actor, room: str) -> None:
    """Return if a round can be run from ``room`` now. Raises NotAnOwner or TooFewToMatch."""
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    waiting = len(waiting_in(tx, programme.id))
    if waiting < rounds.FEWEST:
        raise TooFewToMatch(count=waiting)


def gather(tx: Transaction, actor: Actor, room: str, policy: Policy) -> Field:
    """Return who can be matched now in the programme run from ``room``. Raises NotAnOwner or TooFewToMatch."""
    field = field_of(tx, owned_programme(tx, actor, room, Action.RUN_ROUND), policy)
    if len(field.population) < rounds.FEWEST:
        raise TooFewToMatch(count=len(field.population))
    return field


def field_of(tx: Transaction, programme: ProgrammeRow, policy: Policy) -> Field:
    """Return who can be matched now in a programme, however few they are; ``policy`` is that of all programmes."""
    waiting = waiting_in(tx, programme.id)
    answers = tx.attendance.newest_in(programme.id)
    thirds = {one for one, given in answers.items() if given.answer is Attendance.THIRD}
    return Field(
        programme.programme_id,
        Population.of((_person(tx, row, third=row.id in thirds) for row in waiting), _history(tx, programme.id)),
        _with_gap(policy, programme.min_gap_weeks),
        tx.rounds.count(programme.id) + 1,
    )


def waiting_in(tx: Transaction, programme: UUID) -> list[EnrolmentRow]:
    """Return the enrolments of ``programme`` that have no partner and can be matched today."""
    taken = tx.pairings.taken(programme)
    free = [row for row in tx.enrolments.active_in(programme) if row.id not in taken and _can_be_matched(tx, row)]
    sitting_out = who_sits_out(tx, programme, free)
    return [row for row in free if row.id not in sitting_out]


def _can_be_matched(tx: Transaction, row: EnrolmentRow) -> bool:
    away = enrolments.is_paused(row.paused_until, local_today(tx, row))
    return not away and not row.person.deactivated


def _with_gap(policy: Policy, min_gap_weeks: int) -> Policy:
    """Return ``policy`` with the gap of one programme."""
    memory = max(min_gap_weeks, policy.memory_weeks)
    return policy.model_copy(update={"min_gap_weeks": min_gap_weeks, "memory_weeks": memory})


def _person(tx: Transaction, row: EnrolmentRow, *, third: bool) -> Person:
    profile = row.profile
    return Person(
        str(row.id),
        frozenset(map(skill_key, profile.offers)),
        frozenset(map(skill_key, profile.wants)),
        languages=frozenset(profile.languages),
        work=cadence.utc_window(profile.hours, row.person.zone, local_today(tx, row)),
        volunteer_third=third,
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


def find_matches(field: Field) -> Solution:
    """Return the best matches, perhaps none. Pure arithmetic: takes its time outside any transaction.

    Many people are matched in a process of their own, so that this one stays small and goes on answering.
    """
    if len(field.population) < LARGE:
        return _solve(field)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        return apart.submit(_solve, field).result()


def _solve(field: Field) -> Solution:
    return solve(field.population, field.policy, field.seed)


def solve_field(field: Field) -> Solution:
    """Find the best matches. Pure arithmetic: takes its time outside any transaction. Raises NobodyFits."""
    solution = find_matches(field)
    if not solution.matches:
        raise NobodyFits(count=len(field.population))
    return solution
