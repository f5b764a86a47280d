"""Rounds that lie ahead: planned by the schedule, solved by one process, closed when nothing of them lives."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from bot.db.base import in_words
from bot.db.pairings import PairingRow
from bot.db.rounds import MatchRow, RoundRow
from bot.domain.ids import PersonId
from bot.domain.pairings import PairingState
from bot.domain.rounds import AHEAD, MatchState, RoundState

if TYPE_CHECKING:
    from bot.db.transaction import Transaction

_UNDECIDED = (MatchState.PROPOSED, MatchState.OFFERED)


class Planned(NamedTuple):
    """A round as the schedule wants it: ``day`` is local, ``due_at`` when it runs."""

    programme: UUID
    day: date
    due_at: datetime
    late: bool
    made_by: PersonId


class Runs:
    """Queries on rounds that run by themselves."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def dated(self, programmes: Collection[UUID], earliest: date) -> list[RoundRow]:
        """Return the rounds of ``programmes`` that have a day from ``earliest`` on, whatever became of them."""
        query = self._all().where(RoundRow.programme_id.in_(programmes), RoundRow.day >= earliest)
        return self._tx.all(query.order_by(RoundRow.day))

    def plan(self, several: Iterable[Planned]) -> int:
        """Plan what is not there yet, once per programme and day; return how many are new."""
        made = self._tx.insert_all(RoundRow, (self._values(one) for one in several))
        return len(made)

    def _values(self, one: Planned) -> dict[str, object]:
        return {
            "programme_id": one.programme,
            "state": RoundState.PLANNED,
            "seed": 0,
            "made_by": one.made_by,
            "made_at": self._tx.now,
            "unmatched": {},
            "day": one.day,
            "late": one.late,
            "due_at": one.due_at,
        }

    def drop(self, rounds: Iterable[UUID]) -> int:
        """Take back rounds that nobody has solved, with the answers to them; return how many."""
        unsolved = RoundRow.id.in_(list(rounds)), in_words(RoundRow.state, AHEAD)
        mine = RoundRow.workspace_id == self._tx.workspace
        return self._tx.change(sa.delete(RoundRow).where(mine, *unsolved).execution_options(synchronize_session=False))

    def ahead(self) -> list[RoundRow]:
        """Return every round that is planned and not solved yet."""
        return self._tx.all(self._all().where(in_words(RoundRow.state, AHEAD)).order_by(RoundRow.id))

    def due(self) -> list[RoundRow]:
        """Return the rounds whose moment has come and that nobody solves, the oldest first."""
        free = sa.or_(RoundRow.held_until.is_(None), RoundRow.held_until <= self._tx.now)
        query = self._all().where(in_words(RoundRow.state, AHEAD), RoundRow.due_at <= self._tx.now, free)
        return self._tx.all(query.order_by(RoundRow.due_at, RoundRow.id))

    def next_due(self) -> datetime | None:
        """Return when the next planned round runs."""
        query = sa.select(RoundRow.due_at).where(
            RoundRow.workspace_id == self._tx.workspace, in_words(RoundRow.state, AHEAD)
        )
        return self._tx.session.scalar(query.order_by(RoundRow.due_at).limit(1))

    def next_of(self, programme: UUID) -> RoundRow | None:
        """Return the next round of a programme that everybody is asked for."""
        query = self._all().where(RoundRow.programme_id == programme, in_words(RoundRow.state, AHEAD), ~RoundRow.late)
        return self._tx.one_or_none(query.order_by(RoundRow.day).limit(1))

    def take(self, round_id: UUID, token: UUID, until: datetime) -> bool:
        """Have one process solve a round until a moment; say whether it is the one that named ``token``."""
        free = sa.or_(RoundRow.held_until.is_(None), RoundRow.held_until <= self._tx.now)
        change = sa.update(RoundRow).where(
            RoundRow.workspace_id == self._tx.workspace,
            RoundRow.id == round_id,
            in_words(RoundRow.state, AHEAD),
            free,
        )
        held = change.values(held_by=token, held_until=until).execution_options(synchronize_session=False)
        return self._tx.change(held) == 1

    def held(self, round_id: UUID, token: UUID) -> RoundRow | None:
        """Return a round that is still to be solved by whoever named ``token``, kept from others."""
        query = self._all().where(RoundRow.id == round_id, RoundRow.held_by == token, in_words(RoundRow.state, AHEAD))
        return self._tx.one_or_none(query.with_for_update())

    def lock(self, row: RoundRow) -> None:
        """Read a round anew and keep it from who would solve it."""
        self._tx.session.refresh(row, with_for_update=True)

    def begin(self, rounds: Collection[UUID]) -> None:
        """Say of planned rounds that people have been asked."""
        planned = RoundRow.id.in_(rounds), RoundRow.state == RoundState.PLANNED
        mine = RoundRow.workspace_id == self._tx.workspace
        self._tx.change(sa.update(RoundRow).where(mine, *planned).values(state=RoundState.COLLECTING))

    def over(self) -> list[UUID]:
        """Return the rounds that went live and of which nothing lives or waits for an answer any more."""
        living = (
            sa.select(PairingRow.id)
            .join(MatchRow, MatchRow.id == PairingRow.match_id)
            .where(MatchRow.round_id == RoundRow.id, PairingRow.state == PairingState.ACTIVE)
            .correlate(RoundRow)
        )
        open_ones = (
            sa.select(MatchRow.id)
            .where(MatchRow.round_id == RoundRow.id, in_words(MatchRow.state, _UNDECIDED))
            .correlate(RoundRow)
        )
        query = sa.select(RoundRow.id).where(
            RoundRow.workspace_id == self._tx.workspace,
            RoundRow.state == RoundState.INTRODUCED,
            ~living.exists(),
            ~open_ones.exists(),
        )
        return self._tx.scalars(query)

    def close(self, rounds: Collection[UUID]) -> int:
        """Close rounds that went live; return how many."""
        live = RoundRow.id.in_(rounds), RoundRow.state == RoundState.INTRODUCED
        mine = RoundRow.workspace_id == self._tx.workspace
        change = sa.update(RoundRow).where(mine, *live).values(state=RoundState.CLOSED)
        return self._tx.change(change.execution_options(synchronize_session=False))

    def _all(self) -> sa.Select[RoundRow]:
        return sa.select(RoundRow).where(RoundRow.workspace_id == self._tx.workspace)


LEASE = timedelta(minutes=10)
"""How long a process may solve a round before another one takes it over."""
