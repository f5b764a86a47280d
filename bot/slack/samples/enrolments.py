"""Joining, breaks and leaving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.cadence import WorkingHours
from bot.domain.dates import DateUnclear
from bot.domain.ids import ProgrammeId
from bot.domain.profiles import SPOKEN, Profile
from bot.locales import Words
from bot.slack.samples import programmes as programmes_samples
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, Sample, of
from bot.slack.screens import (
    enrolments,
    trouble,
)
from bot.usecases.breaks import Break
from bot.usecases.enrolments import Invitation, Joined


def samples(content: Content, words: Words) -> Iterator[Sample]:
    yield from _joining(content)
    yield from _breaks(content, words)


def _joining(content: Content) -> Iterator[Sample]:
    plan = programmes_samples.a_plan(content)
    invited = Invitation(ProgrammeId(ID), plan, agreed=False)
    profile = Profile(content.offers, content.wants, content.hope, ("de", "en"), WorkingHours(8 * 60, 16 * 60 + 30))
    speaks_all = replace(profile, languages=SPOKEN, hours=WorkingHours(0, 23 * 60 + 30))
    yield of(enrolments.choose_programme, invitations=(invited,) * (content.many - 1))
    yield of(enrolments.notice, invitation=invited)
    yield of(enrolments.notice, "no purpose", invitation=replace(invited, plan=replace(plan, purpose="")))
    yield of(enrolments.profile_form, "new", programme=str(ID), profile=None)
    yield of(enrolments.profile_form, "to change", programme=str(ID), profile=profile)
    yield of(enrolments.profile_form, "every language", programme=str(ID), profile=speaks_all)
    yield of(enrolments.joined, result=Joined(plan, first_time=True))
    yield of(enrolments.joined, "profile changed", result=Joined(plan, first_time=False))
    yield of(enrolments.choose_language)
    yield of(enrolments.language_chosen)
    yield of(enrolments.left)
    yield of(enrolments.leaving)


def _breaks(content: Content, words: Words) -> Iterator[Sample]:
    problem = trouble.refusal_line(DateUnclear(), words)
    yield of(enrolments.pause_form)
    yield of(enrolments.pause_form, "date not understood", typed=content.typed, problem=problem)
    yield of(enrolments.paused, taken=Break(NEXT_MONDAY, content.partners))
    yield of(enrolments.paused, "no partner", taken=Break(NEXT_MONDAY, ()))
    yield of(enrolments.resumed)
    yield of(enrolments.partner_paused, name=content.partners[0], until=words.date(NEXT_MONDAY))
    yield of(enrolments.partner_back, name=content.partners[0])
