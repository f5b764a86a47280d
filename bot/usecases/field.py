"""Who can be matched now, and what the matching needs to know of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing import get_context
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.programmes import ProgrammeRow
from bot.db.skills import SkillSide
from bot.db.transaction import Transaction
from bot.domain import cadence, enrolments, rounds
from bot.domain.access import Action
from bot.domain.attendance import Attendance
from bot.domain.ids import ProgrammeId
from bot.domain.people import Actor
from bot.domain.rounds import NobodyFits, TooFewToMatch
from bot.matching.matches import Solution
from bot.matching.people import Decisions, History, Person, Population
from bot.matching.policy import Policy
from bot.matching.solve import solve
from bot.matching.suits import forbidden
from bot.usecases.attendance import who_sits_out
from bot.usecases.decisions import Group, among, group_of, read_decisions
from bot.usecases.participants import local_today
from bot.usecases.programmes import owned_programme

WEEK = timedelta(weeks=1)
TRIES = 4
"""How many seeds are tried before there is no other arrangement that is as good."""
LARGE = 500
"""People from whom on a round is solved in a process of its own."""


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


def gather(tx: Transaction, actor: Actor, room: str, policy: Policy) -> Field:
    """Return who can be matched now in the programme run from ``room``. Raises NotAnOwner or TooFewToMatch."""
    field = field_of(tx, owned_programme(tx, actor, room, Action.RUN_ROUND), policy)
    if len(field.population) < rounds.FEWEST:
        raise TooFewToMatch(count=len(field.population))
    return field


def field_of(tx: Transaction, programme: ProgrammeRow, policy: Policy) -> Field:
    """Return who can be matched now in a programme, however few they are; ``policy`` is that of all programmes."""
    waiting = waiting_in(tx, programme.id)
    found = field_among(tx, programme, waiting, policy)
    decided, shown = _decided(tx, programme.id)
    decisions = among(decided, {str(row.id) for row in waiting})
    return replace(found, population=replace(found.population, decisions=decisions), shown=shown)


def field_among(tx: Transaction, programme: ProgrammeRow, people: Iterable[EnrolmentRow], policy: Policy) -> Field:
    """Return what the matching needs to know of some people of a programme."""
    answers = tx.attendance.newest_in(programme.id)
    thirds = {one for one, given in answers.items() if given.answer is Attendance.THIRD}
    return Field(
        programme.programme_id,
        Population.of(_people(tx, list(people), programme.id, thirds), _history(tx, programme.id)),
        _with_gap(policy, programme.min_gap_weeks),
        tx.rounds.count(programme.id) + 1,
    )


def _decided(tx: Transaction, programme: UUID) -> tuple[Decisions, frozenset[Group]]:
    """Return what owners decided on the open preview of ``programme``, and the matches they see there."""
    for row in tx.rounds.previews(programme):
        return read_decisions(row), frozenset(group_of(match.members) for match in row.proposed)
    return Decisions(), frozenset()


def waiting_in(tx: Transaction, programme: UUID) -> list[EnrolmentRow]:
    """Return the enrolments of ``programme`` that have no partner and can be matched today."""
    taken = tx.pairings.taken(programme) | tx.offers.thinking(programme)
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


def _person(tx: Transaction, row: EnrolmentRow, others: Mapping[str, str], thirds: int, *, third: bool) -> Person:
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
        volunteer_third=third or how.volunteer_third,
        thirds=thirds,
        waited_rounds=row.waited_rounds,
    )


def _among(slack_ids: Iterable[str], others: Mapping[str, str]) -> frozenset[str]:
    return frozenset(others[one] for one in slack_ids if one in others)


def _people(
    tx: Transaction, waiting: list[EnrolmentRow], programme: UUID, volunteers: Collection[UUID]
) -> Iterator[Person]:
    """Yield everybody who waits; ``volunteers`` said before this round that they could be third."""
    others = {row.person.slack_id: str(row.id) for row in waiting}
    met = tx.pairings.history(programme)
    thirds = Counter(one for members, _ in met if len(members) > rounds.FEWEST for one in members)
    return (_person(tx, row, others, thirds[row.id], third=row.id in volunteers) for row in waiting)


def _history(tx: Transaction, programme: UUID) -> History:
    met = [
        (str(one), str(other), ago / WEEK)
        for members, ago in [*tx.pairings.history(programme), *tx.offers.turned_down(programme)]
        for one in members
        for other in members
        if one < other
    ]
    return History.of(met)


def find_matches(field: Field) -> Solution:
    """Return the best matches, perhaps none, others than those shown if there are any as good.

    Pure arithmetic: takes its time outside any transaction.
    Many people are matched in a process of their own, so that this one stays small and goes on answering.
    """
    if len(field.population) < LARGE:
        return _solve(field)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        return apart.submit(_solve, field).result()


def _solve(field: Field) -> Solution:
    solution = solve(field.population, field.policy, field.seed)
    for seed in range(field.seed + 1, field.seed + TRIES if field.shown else 0):
        if groups_of(solution) != field.shown:
            break
        solution = solve(field.population, field.policy, seed)
    return solution


def solve_field(field: Field) -> Solution:
    """Return what ``find_matches`` does. Raises NobodyFits."""
    solution = find_matches(field)
    if not solution.matches:
        raise NobodyFits(count=len(field.population))
    return solution


def forbidden_now(
    tx: Transaction, programme: ProgrammeRow, people: Iterable[EnrolmentRow], groups: Iterable[Iterable[UUID]]
) -> frozenset[Group]:
    """Return which of ``groups`` of ``people`` break a rule that is never set aside: somebody said so since."""
    field = field_among(tx, programme, people, Policy())
    return forbidden(field.population, [group_of(one) for one in groups], field.policy)


def groups_of(solution: Solution) -> frozenset[Group]:
    """Return who goes together in a solution."""
    return frozenset(group_of(match.members) for match in solution.matches)
