"""What people expect of each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.agreements import LONGEST, Terms
from bot.domain.cadence import Weekday
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, SUMMER, Sample, of
from bot.slack.screens import agreements
from bot.usecases.agreements import Agreement, Drafting, Ruling
from bot.usecases.signatures import Unsigned

SIGNED = datetime(2026, 11, 9, 10, 0, tzinfo=UTC)


def _terms(content: Content) -> Terms:
    hopes, place, sign, rules = (
        text[:LONGEST] for text in (content.hope, content.purpose, content.progress, content.guidelines)
    )
    return Terms(hopes, place, sign, rules, Weekday.WEDNESDAY, 2, SUMMER)


def samples(content: Content) -> Iterator[Sample]:
    terms = _terms(content)
    bare = Terms(None, None, None, None, Weekday.SUNDAY, 1, SUMMER)
    first = Agreement(
        ID, 1, content.partners[0], terms, mine=False, signed=content.partners, missing=(content.me,), in_force_at=None
    )
    second = replace(first, version=2)
    mine = replace(first, mine=True, signed=(content.me,), missing=content.partners)
    yield of(agreements.agreement_form, drafting=Drafting(ID, content.partners, terms, 1))
    yield of(agreements.agreement_form, "first version", drafting=Drafting(ID, content.partners, bare, 0))
    yield of(
        agreements.agreement_form,
        "overtaken",
        drafting=Drafting(ID, content.partners, terms, 2),
        mine=terms,
        theirs=content.partners[0],
    )
    yield of(agreements.agreement, "to sign", shown=first)
    yield of(agreements.agreement, "waits for others", shown=mine)
    yield of(agreements.agreement, "in force", shown=replace(mine, missing=(), in_force_at=SIGNED))
    yield of(agreements.agreement, "beside the one that counts", shown=replace(mine, version=2, ruling=Ruling(ID, 1)))
    yield of(agreements.older, shown=replace(mine, missing=(), in_force_at=SIGNED))
    yield of(agreements.unsigned, "nothing written", waiting=Unsigned(content.partners, ""))
    yield of(agreements.unsigned, "waits for a signature", waiting=Unsigned(content.partners, content.partners[0]))
    yield of(agreements.none_yet)
    yield of(agreements.written, shown=first)
    yield of(agreements.written, "a change", shown=second)
    yield of(agreements.signed, shown=replace(mine, missing=(), signed=content.names, in_force_at=SIGNED))
    yield of(agreements.kept, shown=mine)
    whole = replace(mine, missing=(), signed=content.names, in_force_at=SIGNED)
    yield of(agreements.kept, "signed by all", shown=whole)
    yield of(agreements.agreement, "signed by nobody who is there", shown=replace(first, signed=()))
