"""Goals that are reached or let go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.goals import ARCHIVE_PAGE, GoalState
from bot.slack.samples.content import Content
from bot.slack.samples.goals import a_goal, private
from bot.slack.samples.sample import MONDAY, Sample, of, two_partners
from bot.slack.screens import archive
from bot.usecases.archive import ArchivePage, Closed, ClosedElsewhere


def samples(content: Content) -> Iterator[Sample]:
    goal = a_goal(content)
    done, dropped = replace(goal, state=GoalState.DONE), replace(goal, state=GoalState.DROPPED)
    yield of(archive.goal_reached, goal=done)
    yield of(archive.goal_reached, "private", goal=private(done))
    yield of(archive.farewell_form, goal=goal)
    yield of(archive.farewell_form, "private", goal=private(goal))
    read_by_both = replace(goal, readers=two_partners(content))
    yield of(archive.goal_reached, "of three", goal=read_by_both)
    yield of(archive.farewell_form, "of three", goal=read_by_both)
    yield of(archive.goal_let_go, goal=dropped)
    closed = tuple(Closed(one, MONDAY) for one in (done, dropped, private(dropped)))
    yield of(archive.archive, page=ArchivePage(closed, page=0, pages=1, total=len(closed)))
    full = (Closed(dropped, MONDAY),) * ARCHIVE_PAGE
    yield of(archive.archive, "middle", page=ArchivePage(full, page=1, pages=3, total=27))
    yield of(archive.archive, "empty", page=ArchivePage((), page=0, pages=1, total=0))
    read = ClosedElsewhere(goal.id, content.me, content.goal, cheered=False)
    yield of(archive.partner_reached, read=read)
    yield of(archive.partner_reached, "cheered", read=replace(read, cheered=True))
    yield of(archive.partner_let_go, read=read)
