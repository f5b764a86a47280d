"""Set when a programme's rounds come, and plan them: once per programme and day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from bot.db.programmes import ProgrammeRow
from bot.db.runs import Planned
from bot.db.schedules import ScheduleRow
from bot.db.transaction import Transaction
from bot.domain import cadence, schedules
from bot.domain.access import Action
from bot.domain.people import Actor
from bot.domain.rounds import AHEAD
from bot.domain.schedules import HEADS_UP_DAYS, Schedule
from bot.usecases.field import waiting_in
from bot.usecases.programmes import owned_programme
from bot.usecases.rounds import RoundCounts, count_round

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LastRound:
    """The last round that went live, in counts."""

    day: date
    counts: RoundCounts


@dataclass(frozen=True, slots=True)
class RoundsPlan:
    """What an owner sees of a programme's rounds: counts and dates. ``waiting`` could be matched now."""

    programme: str
    schedule: Schedule
    heads_up_days: int
    last: LastRound | None
    next_day: date | None
    next_late_run: date | None
    waiting: int


def read_rounds(tx: Transaction, actor: Actor, room: str) -> RoundsPlan:
    """Return the rounds of the programme run from ``room``. Raises NotAnOwner."""
    return _plan_of(tx, owned_programme(tx, actor, room, Action.RUN_ROUND))


def _plan_of(tx: Transaction, programme: ProgrammeRow) -> RoundsPlan:
    row = tx.schedules.of(programme.id)
    return RoundsPlan(
        programme.name,
        row.schedule if row else Schedule(),
        row.heads_up_days if row else HEADS_UP_DAYS,
        _last(tx, programme.id),
        next_day(tx, row),
        _next_late_run(tx, row),
        len(waiting_in(tx, programme.id)),
    )


def _last(tx: Transaction, programme: UUID) -> LastRound | None:
    row = tx.rounds.last_approved(programme)
    return LastRound(row.decided_at.date(), count_round(tx, row.id)) if row and row.decided_at else None


def next_day(tx: Transaction, row: ScheduleRow | None) -> date | None:
    """Return the day of the next round that has not run yet; None when rounds are run by hand."""
    if row is None:
        return None
    calendar = row.calendar
    today = calendar.today(tx.now)
    over = {one.day for one in tx.runs.dated([row.programme_id], today) if one.state not in AHEAD}
    day = calendar.next_round(today)
    return calendar.next_round(day + A_DAY) if day in over and day else day


def _next_late_run(tx: Transaction, row: ScheduleRow | None) -> date | None:
    return row.calendar.next_late_run(row.calendar.today(tx.now) + A_DAY) if row else None


def open_schedule(tx: Transaction, actor: Actor, room: str) -> Schedule:
    """Return the schedule as its form starts from: its first day is the next round's. Raises NotAnOwner."""
    programme = owned_programme(tx, actor, room, Action.EDIT_PROGRAMME)
    row = tx.schedules.of(programme.id)
    return replace(row.schedule, first_day=next_day(tx, row)) if row else Schedule()


def set_schedule(tx: Transaction, actor: Actor, room: str, schedule: Schedule) -> RoundsPlan:
    """Keep when the rounds of the programme run from ``room`` come; days count in the actor's own zone.

    Raises NotAnOwner and the refusals of ``kept_schedule``.
    """
    programme = owned_programme(tx, actor, room, Action.EDIT_PROGRAMME)
    before, zone = tx.schedules.of(programme.id), tx.people.get(actor.person).zone
    known = next_day(tx, before) if before else None
    kept = schedules.kept_schedule(schedule, cadence.local_day(tx.now, zone), known)
    tx.schedules.keep(programme.id, kept, zone=zone, set_by=actor.person)
    plan_rounds(tx, unplanned_rounds(tx))
    tx.audit.record(actor.person, "set_schedule", programme.id)
    return _plan_of(tx, programme)


class Replanned(NamedTuple):
    """What the schedules want to have planned and is not, and what is planned and nobody wants."""

    new: list[Planned]
    stale: list[UUID]


def unplanned_rounds(tx: Transaction) -> Replanned:
    """Return how the planned rounds differ from the schedules. This only reads."""
    rows = {row.programme_id: row for row in tx.schedules.active()}
    wanted = {(one.programme, one.day): one for row in rows.values() for one in _wanted(tx, row)}
    earliest = min((row.calendar.today(tx.now) for row in rows.values()), default=tx.now.date())
    there = {(one.programme_id, one.day): one for one in tx.runs.ahead()}
    known = {(one.programme_id, one.day) for one in tx.runs.dated(list(rows), earliest)} if rows else set()
    stale = [
        one.id
        for key, one in there.items()
        if one.day and one.due_at and one.due_at > tx.now and not _same(wanted.get((key[0], one.day)), one.late)
    ]
    gone = {key for key, one in there.items() if one.id in stale}
    return Replanned([one for key, one in wanted.items() if key in gone or key not in known], stale)


def _same(wanted: Planned | None, late: bool) -> bool:  # noqa: FBT001  a column of the row, not a switch
    return wanted is not None and wanted.late is late


def _wanted(tx: Transaction, row: ScheduleRow) -> Iterator[Planned]:
    """Yield the rounds of today and the next one, and the weekly runs of today and next week between them."""
    calendar = row.calendar
    today = calendar.today(tx.now)
    regular = {calendar.next_round(today), calendar.next_round(today + A_DAY)}
    late = {calendar.next_late_run(today), calendar.next_late_run(today + A_DAY)} - regular
    for days, is_late in ((regular, False), (late, True)):
        for day in sorted(one for one in days if one):
            moment = calendar.moment(day)
            if moment > tx.now:
                yield Planned(row.programme_id, day, moment, is_late, row.set_by)


def plan_rounds(tx: Transaction, replanned: Replanned) -> int:
    """Plan these rounds, take those back; return how many changed."""
    dropped = tx.runs.drop(replanned.stale) if replanned.stale else 0
    return dropped + tx.runs.plan(replanned.new)
