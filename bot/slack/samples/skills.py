"""The company's list of skills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.skills import suggestions
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, Sample, of
from bot.slack.screens import skills
from bot.usecases.skills import Merge, Skill


def samples(content: Content) -> Iterator[Sample]:
    yield of(skills.suggested, suggestions=suggestions(content.wants[0], content.offers))
    yield of(skills.suggested, "nothing typed", suggestions=suggestions("", content.offers))
    listed = tuple(Skill(ID, name, 3, 1) for name in (*content.offers, *content.wants))
    yield of(skills.targets, found=listed[:4])
    yield of(skills.skill_list, skills=listed, page=0)
    yield of(skills.skill_list, "nobody has joined", skills=(), page=0)
    yield of(skills.skill_list, "in the middle", skills=(listed * 40)[:40], page=1)
    merge = Merge(listed[0], listed[1], 3)
    yield of(skills.merge_form, skill=listed[0], room="C0OWNERS")
    yield of(skills.merge_sure, merge=merge, room="C0OWNERS")
    yield of(skills.merge_sure, "one entry", merge=replace(merge, places=1), room="C0OWNERS")
    yield of(skills.merged, merge=merge)
