"""Look back at the end of a time together, and say what comes next; all who want to go on together do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.db.closings import ClosingRow
from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain import closings
from bot.domain.access import NotYours
from bot.domain.closings import LookBack, Wish
from bot.domain.enrolments import EnrolmentState
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.visibility import Visibility
from bot.usecases import goals
from bot.usecases.archive import drop_goal
from bot.usecases.goals import Goal
from bot.usecases.milestones import answers_until, own_time
from bot.usecases.participants import local_today, tell
from bot.usecases.renewals import apply_wish, renew_if_all_want
from bot.usecases.thanks import thank


@dataclass(frozen=True, slots=True)
class Thanked:
    """A partner, and what the actor has thanked them for so far."""

    slack_id: str
    name: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Closing:
    """What the form at the end starts from. ``until``: the last day, or once it has passed until when answers count.

    ``renewed``: it is about a term after which they went on together, so what comes next is decided.
    """

    pairing: UUID
    term: int
    partners: tuple[Thanked, ...]
    learned: str | None
    visibility: Visibility
    goals: tuple[Goal, ...]
    wish: Wish
    until: date
    over: bool
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class LookedBack:
    """What came of a form at the end; ``renewed_until`` when everybody wants to go on, with this answer the last."""

    pairing: UUID
    term: int
    partners: tuple[str, ...]
    wish: Wish
    ends_on: date
    over: bool
    renewed_until: date | None
    thanked: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Learned:
    author: str
    text: str


def read_closing(tx: Transaction, actor: Actor, pairing: UUID, term: int | None = None) -> Closing:
    """Return what the actor's look back at a term starts from, the present one unless said: what they wrote already.

    Raises NotYours or TimeOver.
    """
    row, mine = own_time(tx, actor, pairing)
    asked = row.term if term is None else term
    if not 0 <= asked <= row.term:
        raise NotYours
    kept = tx.closings.of_all([row.id]).get((mine.id, asked))
    written = {one: thanks.text for one, thanks in tx.thanks.written(row, asked, actor.person).items()}
    return Closing(
        row.id,
        asked,
        tuple(_thanked(one, written.get(one.owner_id)) for one in _others(row, mine)),
        kept.learned if kept else None,
        kept.visibility if kept else Visibility.PRIVATE,
        _open_goals(tx, mine) if asked == row.term else (),
        kept.wished if kept else Wish(),
        answers_until(row, mine) or row.ends_on,
        row.ended_at is not None,
        renewed=asked < row.term,
    )


def _thanked(one: EnrolmentRow, text: str | None) -> Thanked:
    return Thanked(one.person.slack_id, one.person.name, text)


def _open_goals(tx: Transaction, mine: EnrolmentRow) -> tuple[Goal, ...]:
    return goals.goals_of(tx, mine).active if mine.state is EnrolmentState.ACTIVE else ()


def _others(row: PairingRow, mine: EnrolmentRow) -> list[EnrolmentRow]:
    return [one for one in row.party if one.id != mine.id]


def look_back(tx: Transaction, actor: Actor, pairing: UUID, term: int, given: LookBack) -> LookedBack:
    """Keep how the actor looks back, bring what is meant for the others, and go on together if all want to.

    ``term`` is the one the form was about: what is next is decided only in the present one. What is wished for after
    the end counts at once.

    Raises NotYours, TimeOver, or as ``kept_look_back``.
    """
    programme = tx.pairings.programme_of(pairing)
    if programme:
        tx.pairings.hold(programme)
    row, mine = own_time(tx, actor, pairing)
    if not 0 <= term <= row.term:
        raise NotYours
    others = _others(row, mine)
    kept = closings.kept_look_back(given, [one.person.slack_id for one in others], local_today(tx, mine))
    thank(tx, row, term, actor.person, others, kept.thanks)
    _keep(tx, tx.closings.begin(row, mine, term), kept, others)
    for goal in _open_goals(tx, mine):
        if goal.id in kept.let_go:
            drop_goal(tx, actor, goal.id, "")
    renewed = term == row.term and renew_if_all_want(tx, row)
    if term == row.term and row.ended_at and not renewed:
        apply_wish(tx, mine, kept.wish)
    return LookedBack(
        row.id,
        term,
        tuple(one.person.name for one in others),
        kept.wish,
        row.ends_on,
        row.ended_at is not None,
        row.ends_on if renewed or term < row.term else None,
        any(kept.thanks.values()),
        shared=bool(kept.learned) and kept.visibility is Visibility.SHARED,
    )


def _keep(tx: Transaction, row: ClosingRow, kept: LookBack, others: list[EnrolmentRow]) -> None:
    before = row.shared
    row.learned, row.visibility, row.wish = kept.learned, kept.visibility, closings.as_kept(kept.wish)
    row.written_at = tx.now
    tx.flush()
    if before and not row.shared:
        tx.outbox.withdraw(MessageKind.LEARNED, row.id)
    elif before and before != row.shared:
        tx.outbox.revise(MessageKind.LEARNED, row.id, tx.now.isoformat())
    elif row.shared and not before:
        for one in others:
            tell(tx, one, MessageKind.LEARNED, f"{row.id}:{tx.now.isoformat()}", subject=row.id)


def told_learned(tx: Transaction, closing: UUID, reader: PersonId) -> Learned | None:
    """Return what somebody shares of what they learned, for one of those who were with them; None for others."""
    row = tx.closings.find(closing)
    if row is None or not row.shared:
        return None
    party = {one.owner_id: one for one in tx.pairings.get(row.pairing_id).party}
    if reader not in party or row.owner_id not in party or reader == row.owner_id:
        return None
    return Learned(party[row.owner_id].person.name, row.shared)
