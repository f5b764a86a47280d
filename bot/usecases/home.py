"""The personal dashboard: this week, partner, goals, notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.db.enrolments import EnrolmentRow
from bot.db.programmes import ProgrammeRow
from bot.db.transaction import Transaction
from bot.domain import enrolments
from bot.domain.checkins import CheckinState
from bot.domain.pairings import NoPartnerYet
from bot.domain.people import Actor, is_colleague
from bot.domain.programmes import ProgrammePlan
from bot.domain.weeks import Week, begun
from bot.usecases import checkins, goals, meetings, notes, pairings, weeks
from bot.usecases.goals import MyGoals
from bot.usecases.meeting_cards import Meeting
from bot.usecases.notes import Note
from bot.usecases.pairings import Together
from bot.usecases.participants import local_today
from bot.usecases.slots import next_checkin
from bot.usecases.snapshots import AgreementCount, agreements_of
from bot.usecases.waiting import why_alone

NOTES = 3


@dataclass(frozen=True, slots=True)
class Promised:
    """``mine``: it is the reader's own."""

    name: str
    text: str
    due_on: date
    mine: bool


@dataclass(frozen=True, slots=True)
class Owned:
    """A programme the reader helps to run: its name, the owners' room, its rounds, and what was counted in it."""

    name: str
    room: str
    last_round: date | None
    next_round: date | None
    agreements: AgreementCount


@dataclass(frozen=True, slots=True)
class Home:
    """``open_checkin`` says whether this week's is waiting; ``promises`` are mine first, then my partners'.

    ``alone`` is the sentence that says why there is no partner, where there is none.
    """

    plan: ProgrammePlan
    open_checkin: bool
    next_checkin: date | None
    paused_until: date | None
    together: Together | None
    promises: tuple[Promised, ...]
    goals: MyGoals
    notes: tuple[Note, ...]
    name: str
    alone: NoPartnerYet | None
    meeting: Meeting | None = None
    weeks: tuple[Week, ...] = ()
    owned: tuple[Owned, ...] = ()


@dataclass(frozen=True, slots=True)
class Welcome:
    """What somebody sees who is not in: the programmes there are, by name."""

    programmes: tuple[str, ...]
    owned: tuple[Owned, ...] = ()


def read_home(tx: Transaction, actor: Actor) -> Home | Welcome:
    """Return the actor's dashboard, or the way in for those who have not joined."""
    row = tx.enrolments.active_or_none(actor.person)
    if row is None or not is_colleague(actor.standing):
        names = (one.name for one in tx.programmes.active()) if is_colleague(actor.standing) else ()
        return Welcome(tuple(names), _owned(tx, actor))
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
        tuple(Promised(one.person.name, *made, mine=one is row) for one, made in promised if made),
        goals.goals_of(tx, row),
        notes.latest_notes(tx, row, NOTES),
        row.person.name,
        None if pairing else why_alone(tx, row),
        meetings.next_of(tx, row),
        _weeks(tx, row),
        _owned(tx, actor),
    )


def _weeks(tx: Transaction, row: EnrolmentRow) -> tuple[Week, ...]:
    return begun(weeks.weeks_of(tx, row))


def _owned(tx: Transaction, actor: Actor) -> tuple[Owned, ...]:
    """Return the programmes run from rooms the actor was seen in."""
    found = [one for one in tx.programmes.active() if one.room in actor.rooms and is_colleague(actor.standing)]
    counted = agreements_of(tx, [one.id for one in found])
    return tuple(_owned_one(tx, one, counted[one.id]) for one in found)


def _owned_one(tx: Transaction, row: ProgrammeRow, agreements: AgreementCount) -> Owned:
    last, ahead = tx.rounds.last_approved(row.id), tx.runs.next_of(row.id)
    return Owned(
        row.name,
        row.room,
        last.decided_at.date() if last and last.decided_at else None,
        ahead.day if ahead else None,
        agreements,
    )
