"""Count once a week what owners may see in numbers, and read what was counted. Nothing here is ever counted live."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from bot.db.snapshots import Agreeing, SnapshotRow
from bot.db.transaction import Transaction
from bot.domain import cadence, enrolments, snapshots
from bot.domain.snapshots import Answer, Figure, Measure


class Count(NamedTuple):
    """One measure of one programme in one week, counted and not written down yet."""

    programme: UUID
    measure: Measure
    week: str
    figure: Figure
    until: datetime


@dataclass(frozen=True, slots=True)
class AgreementCount:
    """How many pairings wait for a signature after ``days`` days, as it was counted on ``day``.

    Without a ``figure`` nothing was counted yet, and ``day`` is when it will be.
    """

    figure: Figure | None
    day: date
    days: int


def count_due(tx: Transaction) -> list[Count]:
    """Return the counts of this week that are due and not there yet. This only reads.

    They are due on Monday at six in UTC; whoever was not running then counts later in the week, the same pairings. A
    week in which nobody was running has none: what was true then cannot be counted afterwards.
    """
    moment = snapshots.moment(tx.now)
    if tx.now < moment:
        return []
    week = snapshots.week(tx.now)
    return [_unsigned(tx, one, week) for one in tx.snapshots.missing(Measure.UNSIGNED, week, moment)]


def keep_counts(tx: Transaction, counts: Iterable[Count]) -> int:
    """Write counts down for good; return how many are new: of two processes the first one's stay."""
    kept = [tx.snapshots.keep(one.programme, one.measure, one.week, one.figure, one.until) for one in counts]
    return sum(kept)


def _unsigned(tx: Transaction, programme: UUID, week: str) -> Count:
    rules = tx.programmes.get(programme).rules
    before = tx.snapshots.counted_until(programme, Measure.UNSIGNED)
    at, days, restored = snapshots.moment(tx.now), rules.unsigned_count_days, tx.restores.last()
    after, until = snapshots.span(at, days, before, restored)
    people = tx.snapshots.agreeing(programme, after, until)
    group = {one.pairing for one in people}
    not_waiting = {one.pairing for one in people if _is_not_waited_for(tx, one)}
    figure = snapshots.told(len(group - not_waiting), len(group), rules.min_group)
    return Count(programme, Measure.UNSIGNED, week, figure, until)


def _is_not_waited_for(tx: Transaction, one: Agreeing) -> bool:
    """Say whether an agreement counts, or somebody is on a break: nobody is reminded of it then either.

    They stay in the group: who is on a break must not be seen by what is missing in it.
    """
    return one.signed or enrolments.is_paused(one.paused_until, cadence.local_day(tx.now, one.zone))


def agreements_of(tx: Transaction, programmes: Collection[UUID]) -> dict[UUID, AgreementCount]:
    """Return what was counted last in each of ``programmes``."""
    found = tx.snapshots.since(programmes, Measure.UNSIGNED, tx.now - snapshots.FRESH)
    return {one: _newest(tx, found.get(one, [])) for one in programmes}


def _newest(tx: Transaction, rows: list[SnapshotRow]) -> AgreementCount:
    """Return the newest count that tells anything, else that there was none, else when one comes."""
    row = next((one for one in rows if one.answer is not Answer.TOO_FEW), rows[0] if rows else None)
    if row is None:
        return AgreementCount(None, snapshots.next_day(tx.now), 0)
    return AgreementCount(row.figure, row.taken_at.date(), (snapshots.moment(row.taken_at) - row.counted_until).days)
