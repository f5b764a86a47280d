"""Run the rounds whose moment has come. Solving takes its time outside any transaction."""

from __future__ import annotations

from bot.db.session import Database
from bot.domain.ids import WorkspaceId
from bot.matching.policy import Policy
from bot.usecases.field import find_matches
from bot.usecases.runs import Taken, close_over, gather_run, keep_run, take_due


def run_due(database: Database, policy: Policy) -> int:
    """Solve every round that is due and that no other process solves; return how many."""
    return sum(_run_due(database, workspace, policy) for workspace, _ in database.workspaces())


def _run_due(database: Database, workspace: WorkspaceId, policy: Policy) -> int:
    with database.reading(workspace) as tx:
        if not tx.runs.due():
            return 0
    with database.transaction(workspace) as tx:
        taken = take_due(tx)
    return sum(_run(database, workspace, one, policy) for one in taken)


def _run(database: Database, workspace: WorkspaceId, taken: Taken, policy: Policy) -> bool:
    with database.reading(workspace) as tx:
        field = gather_run(tx, taken, policy)
    solution = find_matches(field)
    with database.transaction(workspace) as tx:
        return keep_run(tx, taken, field, solution)


def close(database: Database) -> int:
    """Close every round of which no pairing lives any more; return how many."""
    return sum(_close(database, workspace) for workspace, _ in database.workspaces())


def _close(database: Database, workspace: WorkspaceId) -> int:
    with database.reading(workspace) as tx:
        over = tx.runs.over()
    if not over:
        return 0
    with database.transaction(workspace) as tx:
        return close_over(tx, over)
