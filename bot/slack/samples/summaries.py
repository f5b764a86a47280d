"""A check-in as the partner reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.checkins import Outcome
from bot.domain.ids import CheckinId
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, Sample, of
from bot.slack.screens import summaries
from bot.usecases.summaries import CheckinSummary


def samples(content: Content) -> Iterator[Sample]:
    read = CheckinSummary(
        id=CheckinId(ID),
        author=content.me,
        outcome=Outcome.KEPT,
        promised=content.promise,
        progress=content.progress,
        goal_title=content.goal,
        goal_done=1,
        goal_steps=len(content.steps),
        promise=content.promise,
        next_day=NEXT_MONDAY,
        cheered=False,
    )
    yield of(summaries.summary, read=read)
    yield of(summaries.summary, "partly, cheered", read=replace(read, outcome=Outcome.PARTLY, cheered=True))
    yield of(summaries.summary, "not yet, no steps", read=replace(read, outcome=Outcome.NOT_YET, goal_steps=0))
    bare = replace(read, outcome=None, promised=None, progress=None, goal_title=None)
    yield of(summaries.summary, "first week, nothing but a promise", read=bare)
    yield of(summaries.cheered, name=content.partners[0])
