"""The eight skills with paper and pencil."""

from __future__ import annotations

import pytest

from bot.domain import self_checks
from bot.domain.self_checks import Skill, SkillsMissing


def test_what_is_kept_is_always_as_long_and_reads_as_it_was() -> None:
    """A sealed value shows how long it is."""
    some, all_of_them = {Skill.EMPATHY: 4}, dict.fromkeys(Skill, 5)
    for levels in (some, all_of_them):
        assert len(self_checks.as_kept(levels)) == len(Skill)
        assert self_checks.as_read(self_checks.as_kept(levels)) == levels


def test_what_a_form_does_not_offer_is_left_out() -> None:
    given = {"empathy": "3", "support": "6", "flexibility": "\u0664", "enthusiasm": "", "wisdom": "5"}
    assert self_checks.read_levels(given) == {Skill.EMPATHY: 3}


def test_nothing_chosen_is_nothing_to_keep() -> None:
    with pytest.raises(SkillsMissing):
        self_checks.read_levels({})
