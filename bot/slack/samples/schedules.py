"""When the rounds of a programme come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.schedules import Rhythm, Schedule
from bot.slack.samples.content import Content
from bot.slack.samples.sample import MONDAY, NEXT_MONDAY, SUMMER, Sample, of
from bot.slack.screens import schedules
from bot.usecases.rounds import RoundCounts
from bot.usecases.schedules import LastRound, RoundsPlan


def samples(content: Content) -> Iterator[Sample]:
    every = Schedule(Rhythm.WEEKS, 6, SUMMER, late_joiners=True)
    last = LastRound(MONDAY, RoundCounts(matches=12, people=25, unmatched=1))
    plan = RoundsPlan(content.programme, every, 3, last, SUMMER, NEXT_MONDAY, waiting=1_204)
    by_hand = replace(plan, schedule=Schedule(), last=None, next_day=None, next_late_run=None, waiting=1)
    yield of(schedules.rounds, plan=plan)
    yield of(schedules.rounds, "by hand, none yet", plan=by_hand)
    yield of(schedules.form, "by hand", now=Schedule(), room="C0OWNERS1")
    yield of(schedules.form, "every six weeks", now=every, room="C0OWNERS1")
    yield of(schedules.kept, plan=plan)
    yield of(schedules.kept, "by hand", plan=by_hand)
