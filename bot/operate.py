"""What an operator does at the terminal: see how far the outbox is, and decide about messages that were set aside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.bootstrap import open_database
from bot.config import Settings
from bot.db.session import Database
from bot.domain.ids import WorkspaceId
from bot.usecases import backlog
from bot.usecases.backlog import Parked
from bot.usecases.backlog import Progress as Outbox

LOOK_EVERY = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Desk:
    """The outboxes of one database, as far as its operator may see them."""

    database: Database
    posts_per_second: float

    def outboxes(self) -> list[tuple[str, Outbox]]:
        """Return (Slack team id, how far its outbox is) of every workspace."""
        found = []
        for workspace, team in self.database.workspaces():
            with self.database.reading(workspace) as tx:
                found.append((team, backlog.read_progress(tx, self.posts_per_second)))
        return found

    def parked(self) -> list[Parked]:
        """Return messages that were set aside."""
        found: list[Parked] = []
        for workspace in self._workspaces():
            with self.database.reading(workspace) as tx:
                found += backlog.list_parked(tx)
        return found

    def release(self, messages: list[UUID]) -> int:
        """Send these once more; return how many there were."""
        return self._each(messages, backlog.release)

    def drop(self, messages: list[UUID]) -> int:
        """Let these go; return how many there were."""
        return self._each(messages, backlog.drop)

    def _each(self, messages: list[UUID], decide: backlog.Decision) -> int:
        count = 0
        for workspace in self._workspaces():
            with self.database.transaction(workspace) as tx:
                count += sum(decide(tx, message) for message in messages)
        return count

    def _workspaces(self) -> list[WorkspaceId]:
        return [workspace for workspace, _ in self.database.workspaces()]


@contextmanager
def desk(settings: Settings) -> Iterator[Desk]:
    """Open the configured database for its operator."""
    database = open_database(settings)
    try:
        yield Desk(database, settings.delivery.messages_per_second)
    finally:
        database.close()


def status_lines(outboxes: list[tuple[str, Outbox]]) -> list[str]:
    """Return how far each outbox is, in words."""
    if not outboxes:
        return ["No workspace yet: nothing was ever sent from this database."]
    return [line for team, outbox in outboxes for line in _lines(team, outbox)]


def _lines(team: str, outbox: Outbox) -> Iterator[str]:
    yield f"Workspace {team}"
    yield f"  due now    {outbox.due:>8}{_waited(outbox)}{_until(outbox.finish)}"
    yield f"  later      {outbox.later:>8}"
    yield f"  under way  {outbox.under_way:>8}"
    yield f"  sent       {outbox.sent_last_hour:>8}   within the last hour"
    if outbox.unclear:
        yield f"  unclear    {outbox.unclear:>8}   looked up before they are sent again"
    for word, count in (("held", outbox.held), ("failed", outbox.failed)):
        if count:
            yield f"  {word:<10} {count:>8}   `tandem outbox list` says why"


def _waited(outbox: Outbox) -> str:
    return f"   the oldest for {outbox.lag_seconds:.0f} s" if outbox.lag_seconds >= 1 else ""


def _until(finish: datetime | None) -> str:
    return f"   done about {finish:%H:%M:%S} UTC" if finish else ""


def watch(place: Desk, console: Console, stop: threading.Event) -> None:
    """Show a bar per workspace until nothing is due or ``stop`` is set."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bars:
        tasks = {team: bars.add_task(f"sending in {team}", total=_open(outbox)) for team, outbox in place.outboxes()}
        while not stop.is_set():
            outboxes = place.outboxes()
            for team, outbox in outboxes:
                _move(bars, tasks[team], _open(outbox))
            if not any(_open(outbox) for _, outbox in outboxes):
                return
            stop.wait(LOOK_EVERY)


def _open(outbox: Outbox) -> int:
    return outbox.due + outbox.under_way


def _move(bars: Progress, task: int, still: int) -> None:
    """Show that ``still`` messages are left; more than before makes the bar longer, not shorter."""
    (bar,) = [one for one in bars.tasks if one.id == task]
    total = max(int(bar.total or 0), still)
    bars.update(bar.id, total=total, completed=total - still)


def parked_table(parked: list[Parked]) -> Table:
    """Return messages that were set aside as a table: ids that tell nothing, and what went wrong."""
    table = Table("id", "state", "error", "tries", "since (UTC)", box=None, pad_edge=False)
    for one in parked:
        table.add_row(str(one.id), str(one.state), one.error, str(one.attempts), f"{one.made_at:%Y-%m-%d %H:%M}")
    return table
