"""The daily pass through Slack's list of people: how far it has come. One process goes on at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.db.base import WorkspaceRow
from bot.db.enrolments import EnrolmentRow
from bot.db.people import PersonRow
from bot.db.rounds import RoundRow

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class Passes:
    """The pass of one workspace. A turn is the right to read some pages until the next turn begins."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def take_turn(self, turn: timedelta) -> str | None:
        """Return the cursor to go on from, empty at the beginning; None when no page is due or another is at it."""
        row = self._locked()
        if row.pass_next_at and row.pass_next_at > self._tx.now:
            return None
        row.pass_next_at = self._tx.now + turn
        if not row.pass_cursor:
            row.pass_begun_at = self._tx.now
        return row.pass_cursor or ""

    def turn_page(self, cursor: str, *, every: timedelta) -> None:
        """Keep where to go on; an empty ``cursor`` ends the pass, and the next begins ``every`` after this one did."""
        row = self._locked()
        row.pass_cursor = cursor
        if not cursor:
            row.pass_next_at = (row.pass_begun_at or self._tx.now) + every

    def begin_again(self) -> None:
        """Have the next turn begin at the first page."""
        self._locked().pass_cursor = ""

    def put_off(self, until: datetime) -> None:
        """Have nobody take a turn before ``until``."""
        self._locked().pass_next_at = until

    def needed(self, slack_ids: Iterable[str]) -> list[PersonRow]:
        """Return who of ``slack_ids`` takes or took part, or ran a round. Of nobody else is anything kept fresh."""
        takes_part = sa.exists().where(EnrolmentRow.owner_id == PersonRow.id)
        owner = sa.exists().where(RoundRow.made_by == PersonRow.id)
        return self._tx.all(
            sa.select(PersonRow)
            .where(PersonRow.workspace_id == self._tx.workspace, PersonRow.slack_id.in_(list(slack_ids)))
            .where(sa.or_(takes_part, owner))
            .order_by(PersonRow.id)
        )

    def _locked(self) -> WorkspaceRow:
        # With the key shared: rows of this workspace may be written meanwhile.
        query = sa.select(WorkspaceRow).where(WorkspaceRow.id == self._tx.workspace).with_for_update(key_share=True)
        return self._tx.session.scalars(query.execution_options(populate_existing=True)).one()
