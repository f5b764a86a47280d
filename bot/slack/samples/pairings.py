"""Who is with whom, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.cadence import Weekday
from bot.domain.ids import PairingId
from bot.domain.meeting_times import LENGTH
from bot.matching.matches import WhyAlone
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, SUMMER, THIRD, Sample, of
from bot.slack.screens import pairings
from bot.usecases.meeting_times import OnTheClock, Proposals
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
    return Together(PairingId(ID), _partners(content)[1:], ends_on=SUMMER, group_channel="G0TANDEM1")


def _clock(hour: int, *names: str) -> OnTheClock:
    start = datetime(2026, 11, 9, hour, 30, tzinfo=UTC)
    return OnTheClock(names, start, start + LENGTH)


def samples(content: Content) -> Iterator[Sample]:
    intro = Introduction(
        programme=content.programme,
        language=content.language,
        members=_partners(content),
        reasons=reasons(content),
        weeks=12,
        weekday=Weekday.WEDNESDAY,
        hour=9,
        meeting=Proposals(((_clock(9, *content.names),), (_clock(13, *content.names),)), common=True),
    )
    trio = (*content.names, THIRD)[:3]
    yield of(pairings.introduction, intro=intro)
    yield of(pairings.introduction, "each alone", intro=intro, alone=True)
    three = tuple(replace(intro.members[0], slack_id=f"U0TRIO00{i}", name=name) for i, name in enumerate(trio))
    yield of(pairings.introduction, "three, no reason to tell", intro=replace(intro, members=three, reasons=()))
    apart = tuple(_clock(9 + 4 * turn, name) for turn, name in enumerate(content.names))
    yield of(pairings.introduction, "two clocks", intro=replace(intro, meeting=Proposals((apart,) * 3, common=True)))
    never = Proposals((apart,), common=False)
    yield of(pairings.introduction, "no common hour", intro=replace(intro, meeting=never))
    yield of(pairings.introduction, "no time at all", intro=replace(intro, meeting=Proposals((), common=False)))
    together = a_pairing(content)
    away = replace(together.partners[0], paused_until=NEXT_MONDAY)
    yield of(pairings.partner, together=together)
    yield of(pairings.partner, "on a break", together=replace(together, partners=(away,), group_channel=None))
    for reason in WhyAlone:
        yield of(pairings.not_matched, reason.replace("_", " "), reason=str(reason))
    yield of(pairings.parting, "a pair", trio=False)
    yield of(pairings.parting, "one of three", trio=True)
    yield of(pairings.parted, "on the list again", names=content.partners, waiting=True)
    yield of(pairings.parted, "with somebody new already", names=content.partners, waiting=False)
    yield of(pairings.parted_from, name=content.partners[0])
    yield of(pairings.partner_left, "alone again", name=content.partners[0], waiting=True)
    yield of(pairings.partner_left, "two of three go on", name=content.partners[0], waiting=False)
