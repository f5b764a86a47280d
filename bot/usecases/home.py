"""The personal dashboard: this week, partner, goals, notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.db.transaction import Transaction
from bot.domain import enrolments
from bot.domain.checkins import CheckinState
from bot.domain.people import Actor, is_colleague
from bot.domain.programmes import ProgrammePlan
from bot.usecases import checkins, goals, notes, pairings
from bot.usecases.goals import Goal
from bot.usecases.notes import Note
from bot.usecases.pairings import Together
from bot.usecases.participants import local_today
from bot.usecases.slots import next_checkin

NOTES = 3


@dataclass(frozen=True, slots=True)
class Promised:
    name: str
    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Home:
    """``open_checkin`` says whether this week's is waiting; ``promises`` are mine first, then my partners'."""

    plan: ProgrammePlan
    open_checkin: bool
    next_checkin: date | None
    paused_until: date | None
    together: Together | None
    promises: tuple[Promised, ...]
    goals: tuple[Goal, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Welcome:
    """What somebody sees who is not in: the programmes there are, by name."""

    programmes: tuple[str, ...]


def read_home(tx: Transaction, actor: Actor) -> Home | Welcome:
    """Return the actor's dashboard, or the way in for those who have not joined."""
    row = tx.enrolments.active_or_none(actor.person)
    if row is None or not is_colleague(actor.standing):
        names = (one.name for one in tx.programmes.active()) if is_colleague(actor.standing) else ()
        return Welcome(tuple(names))
    today = local_today(tx, row)
    pairing = tx.pairings.current(row.id)
    everyone = [row, *pairing.others(actor.person)] if pairing else []
    promised = [(one, checkins.open_promise(tx, one, pairing)) for one in everyone] if pairing else []
    latest = checkins.latest_of(tx, row)
    return Home(
        row.programme.plan,
        latest is not None and latest.state is CheckinState.OPEN,
        next_checkin(tx, row),
        row.paused_until if enrolments.is_paused(row.paused_until, today) else None,
        pairings.together_of(tx, row),
        tuple(Promised(one.person.name, *made) for one, made in promised if made),
        goals.goals_of(tx, row),
        notes.notes_of(tx, row, 0, NOTES).notes,
    )
