"""Who can be matched now, and what the matching needs to know of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.programmes import ProgrammeRow
from bot.db.skills import SkillSide
from bot.db.transaction import Transaction
from bot.domain import cadence, enrolments, rounds
from bot.domain.access import Action
from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor
from bot.domain.rounds import NobodyFits, TooFewToMatch
from bot.matching.matches import Solution
from bot.matching.people import Decisions, History, Person, Population
from bot.matching.policy import Policy
from bot.matching.solve import solve
from bot.usecases.decisions import Group, among, group_of, read_decisions
from bot.usecases.participants import local_today
from bot.usecases.programmes import owned_programme

WEEK = timedelta(weeks=1)
TRIES = 4
"""How many seeds are tried before there is no other arrangement that is as good."""


@dataclass(frozen=True, slots=True)
class Field:
    """Everything a matching run needs, read at one moment; it is solved outside any transaction."""

    programme: ProgrammeId
    population: Population
    policy: Policy
    seed: int
    shown: frozenset[Group] = frozenset()
    """The matches of the preview that is open already; another arrangement is looked for."""


def check_round(tx: Transaction, actor: Actor, room: str) -> None:
    """Return if a round can be run from ``room`` now. Raises NotAnOwner or TooFewToMatch."""
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    waiting = len(waiting_in(tx, programme.id))
    if waiting < rounds.FEWEST:
        raise TooFewToMatch(count=waiting)


def gather(tx: Transaction, actor: Actor, room: str) -> Field:
    """Return who can be matched now in the programme run from ``room``. Raises NotAnOwner or TooFewToMatch."""
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    waiting = waiting_in(tx, programme.id)
    if len(waiting) < rounds.FEWEST:
        raise TooFewToMatch(count=len(waiting))
    found = field_of(tx, programme, waiting)
    decided, shown = _decided(tx, programme.id)
    decisions = among(decided, {str(row.id) for row in waiting})
    return replace(found, population=replace(found.population, decisions=decisions), shown=shown)


def field_of(tx: Transaction, programme: ProgrammeRow, people: Iterable[EnrolmentRow]) -> Field:
    """Return what the matching needs to know of some people of a programme."""
    return Field(
        programme.programme_id,
        Population.of(_people(tx, list(people), programme.id), _history(tx, programme.id)),
        _policy(programme.min_gap_weeks),
        tx.rounds.count(programme.id) + 1,
    )


def _decided(tx: Transaction, programme: UUID) -> tuple[Decisions, frozenset[Group]]:
    """Return what owners decided on the open preview of ``programme``, and the matches they see there."""
    for row in tx.rounds.previews(programme):
        return read_decisions(row), frozenset(group_of(match.members) for match in row.proposed)
    return Decisions(), frozenset()


def waiting_in(tx: Transaction, programme: UUID) -> list[EnrolmentRow]:
    """Return the enrolments of ``programme`` that have no partner and can be matched today."""
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


def _person(tx: Transaction, row: EnrolmentRow, others: Mapping[str, str], thirds: int) -> Person:
    """Return a person as the matching knows them; ``others`` are the ids of everybody who waits, by Slack id.

    Whom they named is told to the matching and to nothing else.
    """
    profile, how, named = row.profile, row.working, row.wishes
    style = tuple(step for step in how.style if step)
    return Person(
        str(row.id),
        row.keys(SkillSide.OFFER),
        row.keys(SkillSide.WANT),
        languages=frozenset(profile.languages),
        department=(how.department or "").casefold(),
        manager=others.get(how.manager or "", ""),
        level=how.level,
        work=cadence.utc_window(profile.hours, row.person.zone, local_today(tx, row)),
        site=how.site or "",
        style=style if len(style) == len(how.style) else None,
        capacity=how.capacity,
        exclude=_among(named.avoided, others),
        competes_with=_among(named.competing, others),
        wishes=_among(named.wished, others),
        volunteer_third=how.volunteer_third,
        thirds=thirds,
        waited_rounds=row.waited_rounds,
    )


def _among(slack_ids: Iterable[str], others: Mapping[str, str]) -> frozenset[str]:
    return frozenset(others[one] for one in slack_ids if one in others)


def _people(tx: Transaction, waiting: list[EnrolmentRow], programme: UUID) -> Iterator[Person]:
    """Yield everybody who waits."""
    others = {row.person.slack_id: str(row.id) for row in waiting}
    met = tx.pairings.history(programme)
    thirds = Counter(one for members, _ in met if len(members) > rounds.FEWEST for one in members)
    return (_person(tx, row, others, thirds[row.id]) for row in waiting)


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
    """Find the best matches, others than those shown if there are any as good.

    Pure arithmetic: takes its time outside any transaction. Raises NobodyFits.
    """
    solution = solve(field.population, field.policy, field.seed)
    for seed in range(field.seed + 1, field.seed + TRIES if field.shown else 0):
        if groups_of(solution) != field.shown:
            break
        solution = solve(field.population, field.policy, seed)
    if not solution.matches:
        raise NobodyFits(count=len(field.population))
    return solution


def groups_of(solution: Solution) -> frozenset[Group]:
    """Return who goes together in a solution."""
    return frozenset(group_of(match.members) for match in solution.matches)
