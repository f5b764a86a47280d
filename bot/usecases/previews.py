"""A round as its owner sees it before it goes live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.rounds import MatchRow, RoundRow
from bot.db.transaction import Transaction
from bot.domain import enrolments
from bot.domain.access import Action
from bot.domain.ids import RoundId
from bot.domain.people import Actor, Language
from bot.domain.rounds import MatchState, RoundOver, RoundState
from bot.matching.explain import FROM_OFFERS_AND_WANTS
from bot.usecases.attendance import who_sits_out
from bot.usecases.decisions import group_of, read_decisions
from bot.usecases.pairings import Reason, read_reasons
from bot.usecases.participants import local_today
from bot.usecases.programmes import owned_programme

FEWEST_TOLD = 5  # matches; fewer would tell of single people


class Note(StrEnum):
    """What is worth saying about a preview beside what it shows."""

    AS_BEFORE = "as_before"  # no other arrangement is as good
    NOT_KEPT = "not_kept"  # a match that was to be kept is not possible any more


@dataclass(frozen=True, slots=True)
class ProposedMatch:
    id: UUID
    people: tuple[str, ...]
    quality: str
    reasons: tuple[Reason, ...]
    kept: bool = False
    """Whether an owner keeps them together."""


@dataclass(frozen=True, slots=True)
class UnmatchedPerson:
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class OutOfRound:
    """How many participants a round was not made for. Counts, and no name."""

    on_break: int = 0
    with_partner: int = 0
    skipping: int = 0
    asked: int = 0
    """Who thinks about a match of an earlier round."""


@dataclass(frozen=True, slots=True)
class DepartmentMix:
    """How many matches are of one department, of several, and how many have somebody whose department is not known."""

    across: int
    within: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A round an owner can approve. Names, offers and wants only: nothing private."""

    id: RoundId
    programme: str
    matches: tuple[ProposedMatch, ...]
    unmatched: tuple[UnmatchedPerson, ...]
    weeks: int
    language: Language
    out: OutOfRound = OutOfRound()
    note: Note | None = None
    ask_first: bool = False
    mix: DepartmentMix | None = None
    """None where too few have a department: it would tell of single people."""

    @property
    def people(self) -> int:
        return sum(len(match.people) for match in self.matches)

    @property
    def qualities(self) -> Mapping[str, int]:
        """How many matches there are of each quality; none for a quality that does not occur."""
        return Counter(match.quality for match in self.matches)


def read_preview(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> Preview:
    """Return an open preview again, for paging. Raises NotAnOwner or RoundOver."""
    return preview_of(tx, open_round(tx, actor, room, round_id))


def read_match(tx: Transaction, actor: Actor, room: str, match_id: UUID) -> tuple[ProposedMatch, bool]:
    """Return one match that waits for a decision, and whether its people are asked first. Raises as ``open_match``."""
    row, match = open_match(tx, actor, room, match_id)
    shown = preview_of(tx, row)
    return next(one for one in shown.matches if one.id == match.id), shown.ask_first


def hand_out(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> Preview:
    """Return an open preview to be put into the owners' room as a file. Raises NotAnOwner or RoundOver."""
    row = open_round(tx, actor, room, round_id)
    tx.audit.record(actor.person, "hand_out", row.id)
    return preview_of(tx, row)


def open_round(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> RoundRow:
    """Return a round of the programme run from ``room`` that waits for a decision. Raises NotAnOwner or RoundOver."""
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    row = tx.rounds.find(round_id)
    if row is None or row.programme_id != programme.id or row.state is not RoundState.PREVIEW:
        raise RoundOver
    return row


def held_round(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> RoundRow:
    """Return an open round while nobody else decides on it, leaves or takes a break. Errors as ``open_round``."""
    tx.pairings.hold(owned_programme(tx, actor, room, Action.RUN_ROUND).id)
    return open_round(tx, actor, room, round_id)


def held_match(tx: Transaction, actor: Actor, room: str, match_id: UUID) -> tuple[RoundRow, MatchRow]:
    """Return a match that waits for a decision, and its round, held. Raises NotAnOwner or RoundOver."""
    tx.pairings.hold(owned_programme(tx, actor, room, Action.RUN_ROUND).id)
    return open_match(tx, actor, room, match_id)


def open_match(tx: Transaction, actor: Actor, room: str, match_id: UUID) -> tuple[RoundRow, MatchRow]:
    """Return a match that waits for a decision, and its round. Raises NotAnOwner or RoundOver."""
    owned_programme(tx, actor, room, Action.RUN_ROUND)
    match = tx.rounds.find_match(match_id)
    if match is None or match.state is not MatchState.PROPOSED:
        raise RoundOver
    return open_round(tx, actor, room, match.round_id), match


def preview_of(tx: Transaction, row: RoundRow, note: Note | None = None) -> Preview:
    """Return what an owner may see of a round."""
    programme = tx.programmes.get(row.programme_id)
    members = {enrolment.id: enrolment for enrolment in tx.enrolments.active_in(row.programme_id)}
    pins = read_decisions(row).pins
    return Preview(
        RoundId(row.id),
        programme.name,
        tuple(
            _proposed(
                match, [members[m] for m in match.enrolments if m in members], kept=group_of(match.members) in pins
            )
            for match in row.proposed
        ),
        tuple(
            UnmatchedPerson(members[UUID(one)].person.name, reason)
            for one, reason in row.unmatched.items()
            if UUID(one) in members
        ),
        programme.weeks,
        programme.language,
        _out(tx, row.programme_id, members),
        note,
        programme.ask_first,
        _mix(row, members),
    )


def _out(tx: Transaction, programme: UUID, members: Mapping[UUID, EnrolmentRow]) -> OutOfRound:
    taken, asked = tx.pairings.taken(programme) & members.keys(), tx.offers.thinking(programme) & members.keys()
    free = [one for one in members.values() if one.id not in taken | asked]
    away = [one for one in free if enrolments.is_paused(one.paused_until, local_today(tx, one))]
    skipping = who_sits_out(tx, programme, [one for one in free if one not in away])
    return OutOfRound(len(away), len(taken), len(skipping), len(asked))


def _mix(row: RoundRow, members: Mapping[UUID, EnrolmentRow]) -> DepartmentMix | None:
    across = within = unknown = 0
    for match in row.proposed:
        departments = [(members[one].department or "").casefold() for one in match.enrolments if one in members]
        if not all(departments):
            unknown += 1
        elif len(set(departments)) > 1:
            across += 1
        else:
            within += 1
    return DepartmentMix(across, within, unknown) if across + within >= FEWEST_TOLD else None


def _proposed(match: MatchRow, members: list[EnrolmentRow], *, kept: bool) -> ProposedMatch:
    names = tuple(row.person.name for row in members)
    why = tuple(one for one in read_reasons(match.reasons, members) if one.kind in FROM_OFFERS_AND_WANTS)
    return ProposedMatch(match.id, names, match.quality, why, kept)
