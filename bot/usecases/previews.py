"""A round as its owner sees it before it goes live."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.rounds import MatchRow, RoundRow
from bot.db.transaction import Transaction
from bot.domain.access import Action
from bot.domain.ids import RoundId
from bot.domain.people import Actor
from bot.domain.rounds import RoundOver, RoundState
from bot.matching.explain import FROM_OFFERS_AND_WANTS
from bot.usecases.pairings import Reason, read_reasons
from bot.usecases.programmes import owned_programme


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
    ask_first: bool = False

    @property
    def people(self) -> int:
        return sum(len(match.people) for match in self.matches)


def read_preview(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> Preview:
    """Return an open preview again, for paging. Raises NotAnOwner or RoundOver."""
    return preview_of(tx, open_round(tx, actor, room, round_id))


def open_round(tx: Transaction, actor: Actor, room: str, round_id: UUID) -> RoundRow:
    """Return a round of the programme run from ``room`` that waits for a decision. Raises NotAnOwner or RoundOver."""
    programme = owned_programme(tx, actor, room, Action.RUN_ROUND)
    row = tx.rounds.find(round_id)
    if row is None or row.programme_id != programme.id or row.state is not RoundState.PREVIEW:
        raise RoundOver
    return row


def preview_of(tx: Transaction, row: RoundRow) -> Preview:
    """Return what an owner may see of a round."""
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
        programme.ask_first,
    )


def _proposed(match: MatchRow, members: list[EnrolmentRow]) -> ProposedMatch:
    names = tuple(row.person.name for row in members)
    why = tuple(one for one in read_reasons(match.reasons, members) if one.kind in FROM_OFFERS_AND_WANTS)
    return ProposedMatch(names, match.quality, why)
