"""A programme and its owners' room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.cadence import Weekday
from bot.domain.programmes import ProgrammePlan
from bot.slack.samples import snapshots as snapshot_samples
from bot.slack.samples.content import Content
from bot.slack.samples.sample import MONDAY, NEXT_MONDAY, Sample, of
from bot.slack.screens import programmes
from bot.usecases.programmes import Status


def a_plan(content: Content) -> ProgrammePlan:
    return ProgrammePlan(
        name=content.programme,
        purpose=content.purpose,
        weekday=Weekday.WEDNESDAY,
        hour=9,
        weeks=12,
        guidelines=content.guidelines,
        language=content.language,
    )


def samples(content: Content) -> Iterator[Sample]:
    plan = a_plan(content)
    fresh = replace(plan, name="", purpose="", guidelines="")
    status = Status(
        content.programme,
        waiting=2,
        sent=1_418,
        held=0,
        failed=0,
        errors=(),
        last_round=MONDAY,
        next_round=None,
        agreements=snapshot_samples.a_count("few wait"),
    )
    planned = replace(status, next_round=NEXT_MONDAY, agreements=snapshot_samples.a_count("some wait"))
    errors = ((content.error, 12), ("timeout", 1))
    broken = replace(status, held=1, failed=12, errors=errors, last_round=None, agreements=snapshot_samples.NOT_YET)
    yield of(programmes.setup_form, "new", plan=fresh, room="C0OWNERS1")
    yield of(programmes.setup_form, "to change", plan=plan, room="C0OWNERS1")
    yield of(programmes.setup_kept, plan=plan)
    yield of(programmes.ready, plan=plan)
    yield of(programmes.owner_joined, slack_id="U0OWNER02")
    yield of(programmes.status, "all is well", state=status)
    yield of(programmes.status, "a round is planned", state=planned)
    yield of(programmes.status, "something failed", state=broken)
    yield of(programmes.guidelines, plan=plan)
    yield of(programmes.guidelines, "nothing written", plan=replace(plan, guidelines=""))
    yield of(programmes.welcome_card, names=(content.programme,) * (content.many - 1))
    yield of(programmes.welcome_card, "no programme", names=())
