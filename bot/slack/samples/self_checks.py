"""The eight skills."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.self_checks import Moment, Skill
from bot.slack.samples.sample import ID, Sample, of
from bot.slack.screens import self_checks
from bot.usecases.self_checks import SelfCheck


def samples() -> Iterator[Sample]:
    before = {skill: 1 + turn % 4 for turn, skill in enumerate(Skill)}
    after = {skill: level + 1 for skill, level in before.items()}
    half = SelfCheck(ID, Moment.HALF_TIME, before, None)
    yield of(self_checks.form, check=SelfCheck(ID, Moment.HALF_TIME, None, None))
    yield of(self_checks.form, "again", check=SelfCheck(ID, Moment.CLOSE, before, after))
    yield of(self_checks.growth, "half-time", check=half)
    yield of(self_checks.growth, "the end", check=SelfCheck(ID, Moment.CLOSE, before, after))
    some = {Skill.EMPATHY: 3}
    yield of(self_checks.growth, "the end alone", check=SelfCheck(ID, Moment.CLOSE, None, some))
