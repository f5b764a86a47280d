"""Finish goals or let them go, tell those they were shared with, and take them up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.db.goals import GoalRow
from bot.db.transaction import Transaction
from bot.domain import cadence, goals
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.goals import GoalState
from bot.domain.ids import GoalId, PersonId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.usecases.goals import (
    Goal,
    audience,
    check_room,
    for_author,
    goal_for_author,
    own_goal,
    own_goal_at_all,
)
from bot.usecases.participants import may_be_told_at, own_enrolment, tell

TOLD = {GoalState.DONE: MessageKind.GOAL_REACHED, GoalState.DROPPED: MessageKind.GOAL_LET_GO}


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed goal as its author sees it; ``day`` is their own."""

    goal: Goal
    day: date


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """``page`` counts from 0; ``pages`` is at least 1."""

    goals: tuple[Closed, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class ClosedElsewhere:
    """What a partner reads of a goal that was closed. ``carried``: in one message with other news."""

    id: GoalId
    author: str
    title: str
    cheered: bool
    carried: bool = False


def finish_goal(tx: Transaction, actor: Actor, goal: UUID) -> Goal:
    """Mark a goal of the actor's as reached; whom it is shared with hears of it. Raises NotYours or GoalClosed."""
    return _close(tx, own_goal(tx, actor, goal), GoalState.DONE)


def drop_goal(tx: Transaction, actor: Actor, goal: UUID, farewell: str) -> Goal:
    """Let a goal of the actor's go; its sentence stays with them. Raises NotYours, GoalClosed or TextTooLong."""
    row = own_goal(tx, actor, goal)
    row.farewell = goals.kept_farewell(farewell)
    return _close(tx, row, GoalState.DROPPED)


def _close(tx: Transaction, row: GoalRow, state: GoalState) -> Goal:
    row.state, row.ended_at = state, tx.now
    tx.flush()
    if audience(tx, row) and row.pairing_id:
        for other in tx.pairings.get(row.pairing_id).others(row.owner_id):
            tell(tx, other, TOLD[state], f"{row.id}:{tx.now.isoformat()}", subject=row.id)
    return goal_for_author(tx, row)


def resume_goal(tx: Transaction, actor: Actor, goal: UUID) -> Goal:
    """Take a closed goal of the actor's up again, and take back what partners were told of its end.

    One that is under way already stays so. Raises NotYours or TooManyGoals.
    """
    row = own_goal_at_all(tx, actor, goal)
    if row.state is not GoalState.ACTIVE:
        check_room(tx, tx.enrolments.get(row.enrolment_id))
        tx.outbox.withdraw(TOLD[row.state], row.id)
        row.state, row.ended_at = GoalState.ACTIVE, None
        tx.flush()
    return goal_for_author(tx, row)


def read_archive(tx: Transaction, actor: Actor, page: int = 0) -> ArchivePage:
    """Return one page of the actor's closed goals, last closed first. Raises NotEnrolled."""
    enrolment, size = own_enrolment(tx, actor), goals.ARCHIVE_PAGE
    total = tx.goals.closed_count(enrolment.id)
    pages = max(1, -(-total // size))
    page = min(max(page, 0), pages - 1)
    rows = tx.goals.closed_page(enrolment.id, page=page, size=size)
    zone = enrolment.person.zone
    closed = (
        Closed(goal, cadence.local_day(row.ended_at or row.made_at, zone))
        for row, goal in zip(rows, for_author(tx, rows), strict=True)
    )
    return ArchivePage(tuple(closed), page, pages, total)


def closed_elsewhere(tx: Transaction, goal: UUID, reader: PersonId, state: GoalState) -> ClosedElsewhere | None:
    """Return a goal closed as ``state`` as ``reader`` may see it now; None when it is not so, or not for them."""
    row = tx.goals.find(goal)
    if row is None or row.state is not state or reader not in audience(tx, row):
        return None
    return _closed_elsewhere(tx, row, reader)


def _closed_elsewhere(tx: Transaction, row: GoalRow, reader: PersonId) -> ClosedElsewhere:
    return ClosedElsewhere(
        row.goal_id,
        tx.people.get(row.owner_id).name,
        row.title or "",
        tx.outbox.exists(_cheer_key(row, reader)),
        tx.catch_up.is_carried(TOLD[row.state], row.id, reader),
    )


def cheer_goal(tx: Transaction, actor: Actor, goal: UUID) -> ClosedElsewhere:
    """Cheer for a goal a partner has reached, once. Raises NotYours."""
    row = tx.goals.find(goal)
    decide(actor, Action.CHEER, Thing(author=row.owner_id if row else None, partners=audience(tx, row)))
    if row is None or row.state is not GoalState.DONE:
        raise NotYours
    when = may_be_told_at(tx, tx.enrolments.get(row.enrolment_id))
    key = _cheer_key(row, actor.person)
    tx.outbox.put(MessageKind.CHEER, to=row.owner_id, key=key, subject=actor.person, not_before=when)
    shown = _closed_elsewhere(tx, row, actor.person)
    if shown.carried:
        tx.outbox.revise(TOLD[row.state], row.id, f"cheer:{actor.person}")
    return shown


def _cheer_key(row: GoalRow, person: PersonId) -> str:
    return f"cheer:{row.id}:{person}"
