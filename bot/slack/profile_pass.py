"""The pass through the Slack profiles of who takes part: department, manager and level, before they have said any.

The matching asks for them, and not everybody opens the form that would fill them in. ``users.profile.get`` is Tier 4,
100 calls a minute (docs.slack.dev, "users.profile.get"). What somebody said in person is never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from slack_sdk import WebClient

from bot.db.session import Database
from bot.domain.ids import WorkspaceId
from bot.domain.working import filled_in
from bot.slack.directory import TROUBLE, read_fields

log = structlog.get_logger()
TURN = 20  # people in one tick
SILENT = timedelta(minutes=15)  # until the next try when Slack refuses or does not answer


@dataclass(slots=True)
class ProfilePass:
    """Fills in profiles of one workspace. ``fill_profiles`` is a tick: it never waits, any number of processes run it.

    ``wanted`` is the id of Slack's field by what it says, "" where none is configured; ``levels`` are in rising order.
    """

    database: Database
    workspace: WorkspaceId
    web: WebClient
    now: Callable[[], datetime]
    wanted: Mapping[str, str]
    levels: Sequence[str]
    _rests_until: datetime | None = field(default=None, init=False)

    def fill_profiles(self) -> int:
        """Fill in some profiles that are still open; return how many."""
        if not any(self.wanted.values()) or (self._rests_until and self.now() < self._rests_until):
            return 0
        with self.database.reading(self.workspace) as tx:
            waiting = [(row.id, row.person.slack_id) for row in tx.enrolments.silent_on_work(TURN)]
        for count, (enrolment, slack_id) in enumerate(waiting):
            try:
                found = read_fields(self.web.users_profile_get(user=slack_id))
            except TROUBLE as error:
                log.warning("profile_pass_put_off", error=type(error).__name__)
                self._rests_until = self.now() + SILENT
                return count
            with self.database.transaction(self.workspace) as tx:
                row = tx.enrolments.get(enrolment)
                said = {name: found[key] for name, key in self.wanted.items() if key in found}
                row.works(filled_in(row.working, said, self.levels))
        return len(waiting)
