"""A check-in as the partner reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.checkins import Outcome
from bot.domain.goals import Confidence
from bot.domain.ids import CheckinId
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, Sample, of
from bot.slack.screens import summaries
from bot.usecases.summaries import CheckinSummary, SharedGoal


def samples(content: Content) -> Iterator[Sample]:
    read = CheckinSummary(
        id=CheckinId(ID),
        author=content.me,
        outcome=Outcome.KEPT,
        promised=content.promise,
        progress=content.progress,
        goals=(SharedGoal(content.goal, 1, len(content.steps), Confidence.ON_TRACK),),
        promise=content.promise,
        next_day=NEXT_MONDAY,
        cheered=False,
    )
    bare_goal = SharedGoal(content.goal, 0, 0, None)
    yield of(summaries.summary, read=read)
    yield of(summaries.summary, "partly, cheered", read=replace(read, outcome=Outcome.PARTLY, cheered=True))
    yield of(summaries.summary, "not yet, no steps", read=replace(read, outcome=Outcome.NOT_YET, goals=(bare_goal,)))
    bare = replace(read, outcome=None, promised=None, progress=None, goals=())
    yield of(summaries.summary, "first week, nothing but a promise", read=bare)
    yield of(summaries.summary, "the last", read=replace(read, outcome=Outcome.PARTLY, promise=""))
    several = tuple(SharedGoal(content.goal, 1, len(content.steps), one) for one in Confidence)
    asked = replace(read, goals=several, hand_up=True)
    yield of(summaries.summary, "could use a hand", read=asked)
    yield of(summaries.summary, "help offered", read=replace(asked, helping=True, cheered=True))
    yield of(summaries.cheered, name=content.partners[0])
