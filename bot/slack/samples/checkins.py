"""The weekly message, and what each tap turns it into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.answers import CheckinAnswer
from bot.domain.checkins import CheckinState, Outcome
from bot.domain.goals import Confidence
from bot.domain.ids import CheckinId
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, MONDAY, NEXT_MONDAY, Sample, of, two_partners
from bot.slack.screens import checkins, postponements
from bot.usecases.checkins import CheckinPrompt, GoalAsked
from bot.usecases.postponements import Postponed, PutAside
from bot.usecases.promises import OFFERED, NextStep


def asked_of(content: Content) -> CheckinPrompt:
    """Return a check-in with everything in it."""
    confidences = (Confidence.ON_TRACK, Confidence.STUCK, None)
    return CheckinPrompt(
        id=CheckinId(ID),
        name=content.me,
        partners=content.partners,
        promised=content.promise,
        question="worked",
        next_day=NEXT_MONDAY,
        line_is_shared=True,
        answer=None,
        plan=content.promise,
        since=MONDAY - timedelta(weeks=2),
        steps=tuple(
            NextStep(UUID(int=ID.int + i), content.steps[i % len(content.steps)], content.goal, shared=i > 0)
            for i in range(OFFERED)
        ),
        goals=tuple(GoalAsked(UUID(int=ID.int + i), content.goal, one) for i, one in enumerate(confidences)),
    )


def answer_of(content: Content, outcome: Outcome | None = Outcome.PARTLY) -> CheckinAnswer:
    return CheckinAnswer(outcome, content.progress, content.promise, content.reflection)


def samples(content: Content) -> Iterator[Sample]:
    asked = asked_of(content)
    first = replace(asked, promised=None, plan=None, since=None)
    done = replace(asked, answer=answer_of(content), state=CheckinState.ANSWERED, weeks=5)
    bare = replace(asked, steps=(), plan=None, since=None)
    kept = replace(asked, outcome=Outcome.KEPT, settled=True)
    yield of(checkins.prompt, asked=asked)
    yield of(checkins.prompt, "of three", asked=replace(first, partners=two_partners(content)))
    yield of(checkins.prompt, "no plan, not carried over", asked=bare)
    yield of(checkins.prompt, "first week", asked=first)
    yield of(checkins.prompt, "first week, no step", asked=replace(first, steps=()))
    for outcome in (Outcome.PARTLY, Outcome.NOT_YET):
        yield of(checkins.what_then, outcome, asked=replace(asked, outcome=outcome))
    yield of(checkins.what_next, "kept", asked=kept)
    yield of(checkins.what_next, "let go, no step", asked=replace(bare, outcome=Outcome.NOT_YET, settled=True))
    yield of(checkins.next_tap, asked=kept)
    yield of(checkins.answered, asked=done)
    yield of(checkins.answered, "no row of weeks", asked=replace(done, weeks=1))
    yield of(checkins.standing, "answered", asked=done)
    yield from _last(asked)
    yield of(checkins.reminded, asked=asked)
    yield of(checkins.in_a_row, asked=done)
    yield from _postponed(asked, content)


def last_of(asked: CheckinPrompt) -> CheckinPrompt:
    """Return the last check-in of a time together."""
    return replace(asked, steps=(), asks_promise=False, last=True)


def _last(asked: CheckinPrompt) -> Iterator[Sample]:
    last = last_of(asked)
    done = replace(last, outcome=Outcome.NOT_YET, settled=True, state=CheckinState.ANSWERED)
    yield of(checkins.prompt, "the last", asked=last)
    yield of(checkins.prompt, "the last, nothing promised", asked=replace(last, promised=None, plan=None, since=None))
    yield of(checkins.the_last, asked=last)
    yield of(checkins.answered, "the last", asked=done)
    yield of(checkins.answered, "without a promise, going on", asked=replace(done, last=False))


def _postponed(asked: CheckinPrompt, content: Content) -> Iterator[Sample]:
    at = datetime.combine(MONDAY, datetime.min.time()).replace(hour=12)
    yield of(postponements.later, postponed=Postponed(asked, at))
    yield of(postponements.later, "no time left today", postponed=Postponed(asked, None))
    yield of(postponements.aside, asked=replace(asked, state=CheckinState.NOT_THIS_WEEK))
    both = replace(asked, state=CheckinState.NOT_THIS_WEEK, partners=two_partners(content))
    yield of(postponements.aside, "of three", asked=both)
    yield of(postponements.aside, "first week", asked=replace(asked, promised=None))
    yield of(postponements.aside, "the last, nothing promised", asked=replace(last_of(asked), promised=None))
    yield of(postponements.told_aside, "the last", told=PutAside(content.me, None, NEXT_MONDAY, last=True))
    yield of(postponements.told_aside, told=PutAside(content.me, content.promise, NEXT_MONDAY))
    yield of(postponements.told_aside, "first week", told=PutAside(content.me, None, NEXT_MONDAY))
