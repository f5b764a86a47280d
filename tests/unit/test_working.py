from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.refusals import Refused
from bot.domain.wording import TextTooLong
from bot.domain.working import DEPARTMENT, LEVELS, REMOTE, ChoiceUnknown, Company, Working, kept_working, level_of

COMPANY = Company({"Berlin": "DE-BE", "Lyon": ""}, ("Junior", "Senior"))
NOTHING = Working()
SAID = Working((1, None, 5), "Berlin", "Sales", "U0BOSS", 2, 3, volunteer_third=True)


def test_what_is_in_the_lists_is_kept_as_said() -> None:
    assert kept_working(SAID, COMPANY, NOTHING) == SAID
    assert kept_working(replace(SAID, site=REMOTE), COMPANY, NOTHING).site == REMOTE


def test_a_department_is_one_clean_line_and_none_is_an_empty_one() -> None:
    """So that what somebody has taken away does not come back from Slack."""
    assert kept_working(replace(SAID, department=" Sales\n  East "), COMPANY, NOTHING).department == "Sales East"
    assert kept_working(NOTHING, COMPANY, NOTHING) == replace(NOTHING, department="", manager="")
    with pytest.raises(TextTooLong) as told:
        kept_working(replace(SAID, department="x" * (DEPARTMENT + 1)), COMPANY, NOTHING)
    assert told.value.field == "department"


@pytest.mark.parametrize(
    "wrong",
    [
        {"site": "Atlantis"},
        {"site": ""},
        {"level": 3},
        {"level": 0},
        {"level": -1},
        {"capacity": 0},
        {"capacity": 6},
        {"style": (0, 1, 2)},
        {"style": (6, 1, 2)},
        {"manager": "the boss"},
        {"manager": "U0BOSS U0OTHER"},
    ],
)
def test_what_nobody_offered_is_refused(wrong: dict[str, Any]) -> None:
    """A form made by hand."""
    with pytest.raises(ChoiceUnknown):
        kept_working(replace(SAID, **wrong), COMPANY, NOTHING)


def test_a_site_or_level_that_has_left_the_configuration_stays_with_who_has_it() -> None:
    smaller = Company({}, ("Junior",))
    assert kept_working(SAID, smaller, SAID) == SAID
    with pytest.raises(Refused):
        kept_working(SAID, smaller, NOTHING)


def test_without_levels_of_its_own_a_company_has_ours() -> None:
    assert kept_working(replace(NOTHING, level=len(LEVELS)), Company({}), NOTHING).level == len(LEVELS)
    with pytest.raises(ChoiceUnknown):
        kept_working(replace(NOTHING, level=len(LEVELS) + 1), Company({}), NOTHING)


@pytest.mark.parametrize(("word", "rank"), [("Junior", 1), (" SENIOR ", 2), ("Principal", None), ("", None)])
def test_a_word_of_slacks_profile_is_a_level_of_the_company(word: str, rank: int | None) -> None:
    assert level_of(word, COMPANY.levels) == rank
