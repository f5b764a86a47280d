"""How I work."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.working import Company, Working
from bot.slack.samples.content import Content
from bot.slack.samples.sample import Sample, of
from bot.slack.screens import working


def samples(content: Content) -> Iterator[Sample]:
    company = Company({"Berlin": "DE-BE", "Lisbon": "PT"}, ("Junior", "Senior", "Lead"))
    said = Working((2, None, 5), "Berlin", content.department, "U0BOSS", 2, 3, volunteer_third=True)
    yield of(working.working_form, "new", said=Working(), company=Company({}))
    yield of(working.working_form, "to change", said=said, company=company, follows=True)
    yield of(working.working_form, "the site and the level are gone", said=said, company=Company({}, ("Junior",)))
    yield of(working.more)
    yield of(working.saved)
