"""The jobs of procrastinate that stand for waiting messages: at most one waiting job per message."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from bot.db.outbox import Mail

if TYPE_CHECKING:
    from bot.db.transaction import Transaction

_REPLACED = "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(:messages)"
_ORPHANS = """
    SELECT message.id, message.priority, message.not_before FROM message
    WHERE message.workspace_id = :workspace AND message.state IN ('pending', 'ambiguous')
      AND message.not_before < :since AND NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs AS job
        WHERE job.queueing_lock = message.id::text AND job.status IN ('todo', 'doing'))
    LIMIT :most
"""


def replace_jobs(connection: sa.Connection, messages: Iterable[UUID]) -> None:
    """Take away the waiting jobs of ``messages``, because new ones follow in this commit."""
    connection.execute(sa.text(_REPLACED), {"messages": [str(message) for message in messages]})


def orphans(tx: Transaction, since: timedelta, most: int) -> list[Mail]:
    """Return up to ``most`` messages whose moment came longer than ``since`` ago and that no job stands for."""
    values = {"workspace": tx.workspace, "since": tx.now - since, "most": most}
    return [Mail(one, priority, moment) for one, priority, moment in tx.session.execute(sa.text(_ORPHANS), values)]
