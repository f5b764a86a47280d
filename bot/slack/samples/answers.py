"""The forms of a check-in, and its thanks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.answers import PromiseMissing
from bot.domain.checkins import CheckinState, Outcome
from bot.domain.moods import Mood
from bot.domain.promises import Then
from bot.domain.reflections import QUESTIONS
from bot.locales import Words
from bot.slack.samples import summaries
from bot.slack.samples.checkins import answer_of, asked_of, last_of
from bot.slack.samples.content import Content
from bot.slack.samples.sample import Sample, of, two_partners
from bot.slack.screens import answers, moods
from bot.slack.screens.trouble import refusal_line
from bot.usecases.answers import Kept


def samples(content: Content, words: Words) -> Iterator[Sample]:
    asked = asked_of(content)
    first = replace(asked, promised=None, plan=None, since=None, steps=(), goals=())
    done = replace(asked, answer=answer_of(content), state=CheckinState.ANSWERED, outcome=Outcome.PARTLY, weeks=5)
    typed = replace(answer_of(content), then=Then.CARRY, step=asked.steps[1].id, hand_up=True, mood=Mood.LOW)
    longest_question = max(QUESTIONS, key=lambda key: len(QUESTIONS[key]))
    yield of(answers.form, asked=asked)
    yield of(answers.form, "done was tapped", asked=replace(asked, outcome=Outcome.KEPT))
    yield of(answers.form, "first week", asked=first)
    yield of(answers.form, "edited, the line stays private", asked=replace(done, line_is_shared=False))
    yield of(answers.form, "longest question", asked=replace(asked, question=longest_question))
    [read, *_] = summaries.samples(content)
    preview = {"asked": replace(asked, asks_mood=True), "typed": typed}
    yield of(answers.form, "asks for the mood, previewed", **preview, seen=read.given["read"])
    yield of(answers.form, "nothing to preview yet", **preview, seen=refusal_line(PromiseMissing(), words))
    yield of(answers.line_form, asked=asked)
    both = replace(asked, partners=two_partners(content), answer=typed)
    yield of(answers.form, "of three, previewed", asked=both, typed=typed, seen=read.given["read"])
    yield of(answers.line_form, "of three", asked=both)
    yield of(answers.kept, "of three", result=Kept(both, first_time=True))
    yield of(answers.line_form, "smaller", asked=asked, then=Then.SMALLER)
    for outcome in (*Outcome, None):
        answered = replace(done, answer=answer_of(content, outcome), outcome=outcome)
        yield of(answers.kept, outcome or "first week", result=Kept(answered, first_time=True))
    last = last_of(asked)
    yield of(answers.form, "the last", asked=last)
    yield of(answers.form, "the last, the line stays private", asked=replace(last, line_is_shared=False, promised=None))
    for outcome in (*Outcome, None):
        said = replace(last, outcome=outcome, state=CheckinState.ANSWERED)
        yield of(answers.kept, f"the last, {outcome or 'nothing promised'}", result=Kept(said, first_time=True))
    yield of(answers.kept, "asked for the mood", result=Kept(replace(done, asks_mood=True), first_time=True))
    yield of(moods.switch, "on", on=True)
    yield of(moods.switch, "off", on=False)
    yield of(moods.switched, "on", on=True)
    yield of(moods.switched, "off", on=False)
