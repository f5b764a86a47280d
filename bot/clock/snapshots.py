"""The weekly count. Counting reads only; writing it down is short."""

from __future__ import annotations

from bot.db.session import Database
from bot.domain.ids import WorkspaceId
from bot.usecases.snapshots import count_due, keep_counts


def take_due(database: Database) -> int:
    """Count in every programme what is due this week and not counted yet; return how many counts are new."""
    return sum(_take_due(database, workspace) for workspace, _ in database.workspaces())


def _take_due(database: Database, workspace: WorkspaceId) -> int:
    with database.reading(workspace) as tx:
        counts = count_due(tx)
    if not counts:
        return 0
    with database.transaction(workspace) as tx:
        return keep_counts(tx, counts)
