"""What an owner changes in a preview: keep together, part, swap two people, move somebody into a trio.

Whatever a rule forbids is refused in one sentence, and every rule is asked before it is said: it could be a missing
language, a manager, a recent meeting or something private, and nobody can tell which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bot.db.rounds import MatchRow, RoundRow
from bot.db.transaction import Transaction
from bot.domain.ids import RoundId
from bot.domain.people import Actor
from bot.domain.rounds import CannotBeMatched, NobodyChosen
from bot.matching.matches import WhyAlone
from bot.matching.policy import Policy
from bot.matching.suits import match_of
from bot.usecases.decisions import Group, apart, group_of, read_decisions, together, without, write_decisions
from bot.usecases.field import field_among, waiting_in
from bot.usecases.matches import write_match
from bot.usecases.previews import Preview, held_match, held_round, open_match, open_round, preview_of
from bot.usecases.rounds import take_apart

PAIR = 2


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody in a preview, by enrolment."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """Who of a match can change places with whom: everybody else in the preview, the left over too. By name."""

    match: UUID
    mine: tuple[Somebody, ...]
    others: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A match of two that could become a trio."""

    id: UUID
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Who can be moved into which pair."""

    round: RoundId
    movable: tuple[Somebody, ...]
    pairs: tuple[Pair, ...]


def keep(tx: Transaction, actor: Actor, room: str, match_id: UUID) -> Preview:
    """Keep a match together in every further preview, or no longer if it is kept. Raises NotAnOwner or RoundOver."""
    row, match = held_match(tx, actor, room, match_id)
    decisions, group = read_decisions(row), group_of(match.members)
    kept = group in decisions.pins
    write_decisions(row, without(decisions, group) if kept else together(decisions, group))
    tx.audit.record(actor.person, "unkeep" if kept else "keep", row.id)
    return preview_of(tx, row)


def part(tx: Transaction, actor: Actor, room: str, match_id: UUID) -> Preview:
    """Take a match apart; its people are not put together again in this round. Raises NotAnOwner or RoundOver."""
    row, match = held_match(tx, actor, room, match_id)
    write_decisions(row, apart(read_decisions(row), group_of(match.members)))
    take_apart(row, match, [one.id for one in waiting_in(tx, row.programme_id)])
    tx.audit.record(actor.person, "part", row.id)
    return preview_of(tx, row)


def read_exchange(tx: Transaction, actor: Actor, room: str, match_id: UUID) -> Exchange:
    """Return who of a match can change places with whom. Raises NotAnOwner or RoundOver."""
    row, match = open_match(tx, actor, room, match_id)
    everybody = _everybody(tx, row)
    mine = set(match.enrolments)
    return Exchange(
        match.id,
        tuple(one for one in everybody if one.id in mine),
        tuple(one for one in everybody if one.id not in mine),
    )


def swap(
    tx: Transaction, actor: Actor, room: str, match_id: UUID, leaves: UUID, comes: UUID, policy: Policy
) -> Preview:
    """Have two people change places, one of this match and one of another or left over; the new matches are kept.

    Raises NotAnOwner, RoundOver, NobodyChosen, or CannotBeMatched.
    """
    row, match = held_match(tx, actor, room, match_id)
    other = next((one for one in row.proposed if comes in one.enrolments), None)
    if leaves not in match.enrolments or other is match or (other is None and str(comes) not in row.unmatched):
        raise NobodyChosen
    wanted = {match.id: _exchanged(match, leaves, comes)}
    if other:
        wanted[other.id] = _exchanged(other, comes, leaves)
    _rearrange(tx, row, wanted, policy)
    if other is None:
        _leave_over(row, leaves)
    tx.audit.record(actor.person, "swap", row.id)
    return preview_of(tx, row)


def _exchanged(match: MatchRow, leaves: UUID, comes: UUID) -> Group:
    return group_of(comes if member == leaves else member for member in match.enrolments)


def read_places(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> Places:
    """Return who is left over and could be moved into which pair. Raises NotAnOwner or RoundOver."""
    return _places(tx, open_round(tx, actor, room, round_id), None)


def read_places_of(tx: Transaction, actor: Actor, room: str, match_id: UUID) -> Places:
    """Return who of a match could be moved into which other pair. Raises NotAnOwner or RoundOver."""
    row, match = open_match(tx, actor, room, match_id)
    return _places(tx, row, match)


def _places(tx: Transaction, row: RoundRow, match: MatchRow | None) -> Places:
    movable = set(match.members if match else row.unmatched)
    everybody = {str(one.id): one for one in _everybody(tx, row)}
    return Places(
        RoundId(row.id),
        tuple(one for key, one in everybody.items() if key in movable),
        tuple(
            Pair(one.id, tuple(everybody[member].name for member in one.members))
            for one in row.proposed
            if one is not match and len(one.members) == PAIR and everybody.keys() >= set(one.members)
        ),
    )


def place(
    tx: Transaction, actor: Actor, room: str, round_id: UUID, third: UUID, joins: UUID, policy: Policy
) -> Preview:
    """Move somebody into a pair, which becomes a trio and is kept; who was alone with them is left over.

    Raises NotAnOwner, RoundOver, NobodyChosen, or CannotBeMatched.
    """
    row = held_round(tx, actor, room, round_id)
    target = next((one for one in row.proposed if one.id == joins and len(one.members) == PAIR), None)
    source = next((one for one in row.proposed if third in one.enrolments), None)
    if target is None or source is target or (source is None and str(third) not in row.unmatched):
        raise NobodyChosen
    wanted = {target.id: group_of([*target.members, str(third)])}
    if source and len(source.members) > PAIR:
        wanted[source.id] = group_of(source.members) - {str(third)}
    _rearrange(tx, row, wanted, policy)
    if source and source.id not in wanted:
        write_decisions(row, without(read_decisions(row), group_of(source.members) - {str(third)}))
        take_apart(row, source, set(source.enrolments) - {third})
    tx.audit.record(actor.person, "place", row.id)
    return preview_of(tx, row)


def _rearrange(tx: Transaction, row: RoundRow, wanted: Mapping[UUID, Group], policy: Policy) -> None:
    """Have matches be of other people and keep them so. Raises CannotBeMatched, and nothing has changed."""
    waiting = {str(one.id): one for one in waiting_in(tx, row.programme_id)}
    involved = sorted(member for group in wanted.values() for member in group)
    programme = tx.programmes.get(row.programme_id)
    field = field_among(tx, programme, [waiting[member] for member in involved if member in waiting], policy)
    # All of them are looked at before anything is said: a quick no would tell which match it is about.
    found = {id_: match_of(field.population, group, field.policy) for id_, group in wanted.items()}
    decisions = read_decisions(row)
    for match in row.proposed:
        made = found.get(match.id)
        if match.id in found and made is None:
            raise CannotBeMatched
        if made:
            write_match(match, made, field)
            decisions = together(decisions, wanted[match.id])
    write_decisions(row, decisions)
    row.unmatched = {one: why for one, why in row.unmatched.items() if one not in involved}


def _leave_over(row: RoundRow, person: UUID) -> None:
    row.unmatched = {**row.unmatched, str(person): str(WhyAlone.NOBODY_LEFT)}


def _everybody(tx: Transaction, row: RoundRow) -> list[Somebody]:
    """Return who is in a preview, by name."""
    here = {member for match in row.proposed for member in match.members} | row.unmatched.keys()
    people = [Somebody(one.id, one.person.name) for one in tx.enrolments.active_in(row.programme_id)]
    return sorted((one for one in people if str(one.id) in here), key=lambda one: (one.name.casefold(), one.id))
