"""The daily pass through Slack's list of people: new names, zones, languages, and who is gone.

Slack tells of changes by events as well; the pass is for what was missed while nobody listened. It keeps facts of
people who take part or ran a round, and of nobody else. ``users.list`` is Tier 2, 20 calls a minute
(docs.slack.dev, "users.list"); a turn of PAGES calls a minute leaves room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.db.people import DirectoryEntry, PersonRow
from bot.db.session import Database
from bot.domain.ids import WorkspaceId
from bot.slack.directory import TROUBLE, read_member
from bot.usecases.people import keep_person

log = structlog.get_logger()
EVERY = timedelta(hours=24)
TURN = timedelta(minutes=1)
PAGES = 10  # in one turn
PAGE = 200  # people, as many as Slack recommends at once
SILENT = timedelta(minutes=15)  # until the next try when Slack refuses or does not answer


class Wake(Protocol):
    """Has the next tick come now; with ``plan`` the planner, too."""

    def __call__(self, *, plan: bool = False) -> None: ...


@dataclass(frozen=True, slots=True)
class PeoplePass:
    """Reads the list of one workspace. ``sync_people`` is a tick: it never waits, any number of processes run it."""

    database: Database
    workspace: WorkspaceId
    team: str
    web: WebClient
    now: Callable[[], datetime]
    wake: Wake

    def sync_people(self) -> int:
        """Read on for one turn, if one is due; return how many people were brought up to date."""
        with self.database.transaction(self.workspace) as tx:
            cursor = tx.passes.take_turn(TURN)
        if cursor is None:
            return 0
        try:
            return self._read_on(cursor)
        except SlackApiError as error:
            self._refused(error)
        except TROUBLE as error:
            self._put_off(SILENT, type(error).__name__)
        return 0

    def _read_on(self, cursor: str) -> int:
        count = 0
        for _ in range(PAGES):
            page = self.web.users_list(limit=PAGE, cursor=cursor, include_locale=True)
            count += self._keep([read_member(one, self.team) for one in page["members"]])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            with self.database.transaction(self.workspace) as tx:
                tx.passes.turn_page(cursor, every=EVERY)
            if not cursor:
                break
        return count

    def _keep(self, entries: Sequence[DirectoryEntry]) -> int:
        """Write down what is new about those we have a use for; return how many they are."""
        by_id = {entry.slack_id: entry for entry in entries}
        with self.database.transaction(self.workspace) as tx:
            known = tx.passes.needed(by_id)
            leaving = [row.slack_id for row in known if _leaves(row, by_id[row.slack_id])]
            moved = [row for row in known if _moves(row, by_id[row.slack_id])]
            for row in known:
                if row.slack_id not in leaving:
                    keep_person(tx, by_id[row.slack_id])
        for slack_id in leaving:  # each alone: it holds up whoever is with whom in a programme
            with self.database.transaction(self.workspace) as tx:
                keep_person(tx, by_id[slack_id])
        if moved or leaving:
            self.wake(plan=True)
        return len(known)

    def _refused(self, error: SlackApiError) -> None:
        name = str(error.response.get("error", "unknown")) if isinstance(error.response.data, dict) else "unreadable"
        if name == "invalid_cursor":  # it does not live for ever
            with self.database.transaction(self.workspace) as tx:
                tx.passes.begin_again()
            return
        self._put_off(_asked_to_wait(error.response.headers) or SILENT, name)

    def _put_off(self, wait: timedelta, why: str) -> None:
        log.warning("people_pass_put_off", error=why)
        with self.database.transaction(self.workspace) as tx:
            tx.passes.put_off(self.now() + wait)


def _leaves(row: PersonRow, entry: DirectoryEntry) -> bool:
    return entry.standing.deactivated and not row.deactivated


def _moves(row: PersonRow, entry: DirectoryEntry) -> bool:
    """Say whether something changes that decides when or how somebody is written to."""
    return row.zone != entry.zone or (entry.language or row.slack_language) != row.slack_language


def _asked_to_wait(headers: Any) -> timedelta | None:
    found = next((value for name, value in dict(headers).items() if name.lower() == "retry-after"), None)
    text = str(found[0] if isinstance(found, list) and found else found)
    return timedelta(seconds=int(text)) if text.isdigit() else None
