"""Plan what is due, for everybody at once: the weekly check-in at each person's own hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.slots import Member, Move
from bot.db.transaction import Transaction
from bot.domain import cadence
from bot.domain.cadence import Weekday
from bot.domain.slots import Due, SlotKind, SlotState
from bot.usecases.participants import local_today

HORIZON = timedelta(days=2)
A_WEEK = timedelta(days=7)
CHUNK = 1_000  # slots written in one transaction: on SQLite everybody else waits for it


class Rhythm(NamedTuple):
    """When a programme's check-ins come. ``holidays`` is the region of whoever has none of their own."""

    weekday: Weekday
    hour: int
    holidays: str


class Occasion(NamedTuple):
    """One week's check-in in one zone: the day it usually has, the local day it has, and its instant."""

    usual: date
    day: date
    week: str
    at: datetime


class Unplanned(NamedTuple):
    """A check-in that no slot stands for yet, or with ``move`` one that stands at another hour."""

    due: Due
    move: Move | None


def unplanned_checkins(tx: Transaction) -> list[Unplanned]:
    """Return every check-in due from four days ago to two days ahead that is not planned for its person's local hour.

    Looking back is what makes a week that began while nobody was running still happen, once. This goes through
    everybody, so it only reads: nobody has to wait for it.
    """
    calendar = _Calendar(tx)
    members = tx.slots.members(SlotKind.CHECKIN, calendar.weeks())
    return [one for _, pairing in groupby(members, key=_pairing) for one in _unplanned(list(pairing), calendar)]


def _pairing(member: Member) -> UUID:
    return member.pairing


def _unplanned(rows: Sequence[Member], calendar: _Calendar) -> Iterator[Unplanned]:
    introduced = introduced_on(rows[0].started_at, (row.zone for row in rows))
    planned = {(row.person, row.period): row for row in rows}
    for member in {row.person: row for row in rows}.values():
        for occasion in calendar.occasions(member.programme, member.zone, member.holidays, member.weekday):
            agreed = cadence.is_in_rhythm(occasion.usual, introduced, member.every_weeks)
            if agreed and introduced < occasion.day <= member.ends_on:
                due = Due(member.programme, member.person, SlotKind.CHECKIN, occasion.week, occasion.at)
                standing = planned.get((member.person, occasion.week))
                if standing is None:
                    yield Unplanned(due, None)
                elif move := _move(standing, due):
                    yield Unplanned(due, move)


def _move(standing: Member, due: Due) -> Move | None:
    if standing.state is not SlotState.PLANNED or standing.slot is None or standing.due_at is None:
        return None
    return Move(standing.slot, standing.due_at, due) if standing.due_at != due.at else None


class _Calendar:
    """The occasions of every rhythm, worked out once for each zone and holiday region."""

    def __init__(self, tx: Transaction) -> None:
        self._now = tx.now
        rhythms = tx.programmes.rhythms()
        self._rhythms = {one: Rhythm(Weekday(weekday), hour, region) for one, weekday, hour, region in rhythms}
        self._known: dict[tuple[UUID, str, str | None, int | None], list[Occasion]] = {}

    def weeks(self) -> list[str]:
        """Return every ISO week that an occasion can be in."""
        reach = range(-cadence.CATCH_UP.days - 1, HORIZON.days + 2)
        return sorted({cadence.iso_week(self._now.date() + timedelta(days=days)) for days in reach})

    def occasions(self, programme: UUID, zone: str, holidays: str | None, weekday: int | None) -> list[Occasion]:
        key = (programme, zone, holidays, weekday)
        if key not in self._known:
            usual = self._rhythms[programme]
            rhythm = usual if weekday is None else usual._replace(weekday=Weekday(weekday))
            self._known[key] = list(_occasions(rhythm, zone, holidays, self._now))
        return self._known[key]


def _occasions(rhythm: Rhythm, zone: str, holidays: str | None, now: datetime) -> Iterator[Occasion]:
    today = cadence.local_day(now, zone)
    region = rhythm.holidays if holidays is None else holidays
    for usual in cadence.checkin_days(rhythm.weekday, today - cadence.CATCH_UP - A_WEEK, today + HORIZON):
        # Where the rest of the week is off the slot stands at its usual day, and is skipped when that comes.
        day = cadence.checkin_day(usual, region) or usual
        at = cadence.instant(day, cadence.clock_time(rhythm.hour * 60), zone)
        if day <= today + HORIZON and at > now - cadence.CATCH_UP:
            yield Occasion(usual, day, cadence.iso_week(day), at)


def plan_checkins(tx: Transaction, unplanned: Iterable[Unplanned]) -> int:
    """Plan these check-ins, move those that are planned for another hour; return how many are new."""
    several = list(unplanned)
    tx.slots.move(one.move for one in several if one.move)
    return tx.slots.plan(one.due for one in several if not one.move)


def next_checkin(tx: Transaction, enrolment: EnrolmentRow) -> date | None:
    """Return the day of an enrolment's next check-in, today's included until its hour; None when none will come."""
    pairing = tx.pairings.current(enrolment.id)
    if pairing is None:
        return None
    programme, there = enrolment.programme, enrolment.presence
    introduced = introduced_on(pairing.started_at, (member.person.zone for member in pairing.present))
    first = max(local_today(tx, enrolment), introduced + timedelta(days=1), enrolment.paused_until or date.min)
    weekday = Weekday(programme.weekday if pairing.weekday is None else pairing.weekday)
    for usual in cadence.checkin_days(weekday, first - A_WEEK, pairing.ends_on):
        if not cadence.is_in_rhythm(usual, introduced, pairing.every_weeks):
            continue
        day = cadence.checkin_day(usual, there.region)
        if day is None or not first <= day <= pairing.ends_on:
            continue
        due = cadence.instant(day, cadence.clock_time(programme.hour * 60), there.zone)
        if due > tx.now and not tx.checkins.in_week(enrolment.id, cadence.iso_week(day)):
            return day
    return None


def introduced_on(started_at: datetime, zones: Iterable[str]) -> date:
    """Return the day of the introduction, the latest of its members' own: nobody is asked on it, all begin together."""
    return max(cadence.local_day(started_at, zone) for zone in zones)
