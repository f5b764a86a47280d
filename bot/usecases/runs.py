"""The day of a round: one process takes it, solves it outside any transaction, and lays the preview before the owners.

A process that dies at it loses it after a while to another one; whatever is run twice finds the round decided.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from bot.db.rounds import RoundRow
from bot.db.runs import LEASE
from bot.db.transaction import Transaction
from bot.domain.ids import new_id
from bot.domain.messages import MessageKind
from bot.domain.rounds import RoundState
from bot.matching.matches import Solution
from bot.matching.policy import Policy
from bot.usecases.attendance import count_left_out
from bot.usecases.field import Field, field_of, waiting_in
from bot.usecases.rounds import fill_in, put_aside_previews, tell_unmatched


class Taken(NamedTuple):
    """A round that this process, and no other, solves now."""

    round: UUID
    programme: UUID
    token: UUID


def take_due(tx: Transaction) -> list[Taken]:
    """Take the rounds whose moment has come: the newest of each programme; older ones are over without it."""
    newest = {row.programme_id: row for row in tx.runs.due()}
    taken = []
    for row in tx.runs.due():
        token = new_id()
        if not tx.runs.take(row.id, token, tx.now + LEASE):
            continue
        if row is newest[row.programme_id] and not _is_in_the_way(tx, row):
            taken.append(Taken(row.id, row.programme_id, token))
        else:
            _decide(tx, row, RoundState.DISCARDED)
    return taken


def _is_in_the_way(tx: Transaction, row: RoundRow) -> bool:
    """Say whether a weekly run would take away what an owner is still looking at."""
    return row.late and bool(tx.rounds.previews(row.programme_id))


def gather_run(tx: Transaction, taken: Taken, policy: Policy) -> Field:
    """Return who can be matched in a round that was taken."""
    return field_of(tx, tx.programmes.get(taken.programme), policy)


def keep_run(tx: Transaction, taken: Taken, field: Field, solution: Solution) -> bool:
    """Keep a solution as the programme's open preview and tell the owners' room; say whether it was still wanted.

    Where there is no match, the owners are told in one line; the people are told why, unless it was a weekly run.
    """
    tx.pairings.hold(taken.programme)
    row = tx.runs.held(taken.round, taken.token)
    if row is None:
        return False
    row.seed, row.unmatched = field.seed, {one.id: str(one.reason) for one in solution.unmatched}
    row.left_out = count_left_out(tx, row, {UUID(one.id) for one in field.population.people})
    if solution.matches:
        put_aside_previews(tx, row.programme_id)
        row.state, row.made_at = RoundState.PREVIEW, tx.now
        fill_in(tx, row, field, solution)
        _tell_room(tx, row, MessageKind.ROUND_READY)
    else:
        _decide(tx, row, RoundState.DISCARDED)
        if not row.late:
            unmatched = {enrolment.id: enrolment for enrolment in waiting_in(tx, row.programme_id)}
            tell_unmatched(tx, row, [unmatched[UUID(one)] for one in row.unmatched if UUID(one) in unmatched])
            _tell_room(tx, row, MessageKind.ROUND_TOO_FEW)
    tx.audit.record(row.made_by, "run_round", row.id)
    return True


def _decide(tx: Transaction, row: RoundRow, state: RoundState) -> None:
    row.state, row.decided_at = state, tx.now
    tx.flush()


def _tell_room(tx: Transaction, row: RoundRow, kind: MessageKind) -> None:
    tx.outbox.put(kind, to=row.programme_id, key=f"{kind}:{row.id}", subject=row.id)


def close_over(tx: Transaction, rounds: list[UUID]) -> int:
    """Close rounds of which no pairing lives any more; return how many."""
    return tx.runs.close(rounds)
