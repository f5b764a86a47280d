"""The weekly check-in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.checkins import CheckinAnswer, Outcome
from bot.domain.ids import CheckinId
from bot.domain.reflections import QUESTIONS
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, Sample, of
from bot.slack.screens import checkins
from bot.usecases.checkins import CheckinPrompt, Kept


def prompt_sample(content: Content) -> CheckinPrompt:
    return CheckinPrompt(
        id=CheckinId(ID),
        name=content.me,
        partners=content.partners,
        promised=content.promise,
        question="worked",
        next_day=NEXT_MONDAY,
        line_is_shared=True,
        answer=None,
    )


def _answer(content: Content, outcome: Outcome | None = Outcome.PARTLY) -> CheckinAnswer:
    return CheckinAnswer(outcome, content.progress, content.promise, content.reflection)


def samples(content: Content) -> Iterator[Sample]:
    asked = prompt_sample(content)
    first = replace(asked, promised=None)
    done = replace(asked, answer=_answer(content))
    longest_question = max(QUESTIONS, key=lambda key: len(QUESTIONS[key]))
    yield of(checkins.prompt, asked=asked)
    yield of(checkins.prompt, "first week", asked=first)
    yield of(checkins.form, asked=asked, outcome=Outcome.KEPT)
    yield of(checkins.form, "first week", asked=first)
    yield of(checkins.form, "edited, the line stays private", asked=replace(done, line_is_shared=False))
    yield of(checkins.form, "longest question", asked=replace(asked, question=longest_question))
    for outcome in (*Outcome, None):
        answered = replace(asked, answer=_answer(content, outcome))
        yield of(checkins.kept, outcome or "first week", result=Kept(answered, first_time=True))
    yield of(checkins.answered, asked=done)
