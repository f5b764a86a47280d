"""Half-time, the last week and the end."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.closings import Next
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, SUMMER, Sample, of, two_partners
from bot.slack.screens import milestones
from bot.usecases.renewals import Renewed


def samples(content: Content) -> Iterator[Sample]:
    names = content.partners
    yield of(milestones.half_time, names=names, pairing=str(ID), agreed=True)
    yield of(milestones.half_time, "nothing agreed", names=names, pairing=str(ID), agreed=False)
    both = two_partners(content)
    yield of(milestones.half_time, "of three", names=both, pairing=str(ID), agreed=True)
    yield of(milestones.closing, "of three", names=both, ends_on=SUMMER, pairing=str(ID), term=0)
    yield of(milestones.renewed, "of three", told=Renewed(both, SUMMER, agreed=True))
    yield of(milestones.still_right, pairing=str(ID))
    yield of(milestones.closing, names=names, ends_on=SUMMER, pairing=str(ID), term=0)
    yield of(milestones.ended, names=names, wish=None, pairing=str(ID), term=0, until=NEXT_MONDAY)
    for wish in Next:
        yield of(milestones.ended, wish.replace("_", " "), names=names, wish=wish, pairing=str(ID), term=0, until=None)
    yield of(milestones.renewed, told=Renewed(names, SUMMER, agreed=True))
    yield of(milestones.renewed, "nothing agreed", told=Renewed(names, SUMMER, agreed=False))
