"""Who is with whom, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.cadence import Weekday
from bot.slack.samples.content import Content
from bot.slack.samples.sample import NEXT_MONDAY, SUMMER, THIRD, Sample, of
from bot.slack.screens import pairings
from bot.usecases.pairings import Introduction, Partner, Reason, Together


def _partners(content: Content) -> tuple[Partner, ...]:
    return tuple(
        Partner(f"U0PARTNER{number}", name, content.offers, content.wants, NEXT_MONDAY if number > 1 else None)
        for number, name in enumerate(content.names)
    )


def reasons(content: Content) -> tuple[Reason, ...]:
    me, partner = content.names[:2]
    return (
        Reason("skill", giver=me, receiver=partner, skill=content.offers[0], amount=0),
        Reason("skill", giver=partner, receiver=me, skill=content.wants[0], amount=0),
        Reason("hours", giver="", receiver="", skill="", amount=6 * 60 + 20),
        Reason("languages", giver="", receiver="", skill="", amount=2),
    )


def a_pairing(content: Content) -> Together:
    return Together(_partners(content)[1:], ends_on=SUMMER, group_channel="G0TANDEM1")


def samples(content: Content) -> Iterator[Sample]:
    intro = Introduction(
        programme=content.programme,
        language=content.language,
        members=_partners(content),
        reasons=reasons(content),
        weeks=12,
        weekday=Weekday.WEDNESDAY,
        hour=9,
    )
    trio = (*content.names, THIRD)[:3]
    yield of(pairings.introduction, intro=intro)
    yield of(pairings.introduction, "each alone", intro=intro, alone=True)
    three = tuple(replace(intro.members[0], slack_id=f"U0TRIO00{i}", name=name) for i, name in enumerate(trio))
    yield of(pairings.introduction, "three, no reason to tell", intro=replace(intro, members=three, reasons=()))
    together = a_pairing(content)
    away = replace(together.partners[0], paused_until=NEXT_MONDAY)
    yield of(pairings.partner, together=together)
    yield of(pairings.partner, "on a break", together=replace(together, partners=(away,), group_channel=None))
    for reason in ("nobody_else", "no_shared_language", "met_everyone", "left_over"):
        yield of(pairings.not_matched, reason, reason=reason)
    yield of(pairings.partner_left, "alone again", name=content.partners[0], waiting=True)
    yield of(pairings.partner_left, "two of three go on", name=content.partners[0], waiting=False)
    yield of(pairings.ended, names=content.partners)
