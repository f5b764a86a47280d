from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.goals import (
    FURTHEST,
    TITLE,
    Aim,
    DuePast,
    DueTooFar,
    GoalDraft,
    GoalKind,
    GoalMissing,
    TooManyGoals,
    check_room_for_one_more,
    kept_farewell,
    kept_goal,
)
from bot.domain.refusals import Refused
from bot.domain.visibility import Visibility
from bot.domain.wording import LINE, TEXT, TextTooLong
from tests.unit.hostile import HOSTILE

TODAY = date(2026, 11, 2)


def draft(**changes: Any) -> GoalDraft:
    facts = {"title": "Speak", "why": None, "measure": None, "due_on": None, "visibility": Visibility.SHARED}
    return GoalDraft(**{**facts, "steps": (), **changes})


@pytest.mark.parametrize("title", ["", "  ", "\n", "\0"])
def test_a_goal_needs_a_title(title: str) -> None:
    with pytest.raises(GoalMissing):
        kept_goal(draft(title=title), TODAY)


@pytest.mark.parametrize(
    ("due_on", "refusal"),
    [
        (None, None),
        (TODAY + timedelta(days=1), None),
        (TODAY + FURTHEST, None),
        (TODAY, DuePast),
        (TODAY - timedelta(days=1), DuePast),
        (date.min, DuePast),
        (TODAY + FURTHEST + timedelta(days=1), DueTooFar),
        (date.max, DueTooFar),
    ],
)
def test_a_goal_is_due_from_tomorrow_within_two_years(due_on: date | None, refusal: type[Refused] | None) -> None:
    if refusal is None:
        assert kept_goal(draft(due_on=due_on), TODAY).due_on == due_on
        return
    with pytest.raises(refusal):
        kept_goal(draft(due_on=due_on), TODAY)


@pytest.mark.parametrize(("name", "limit"), [("title", TITLE), ("why", TEXT), ("measure", TEXT)])
def test_a_text_over_its_limit_is_refused_at_its_field(name: str, limit: int) -> None:
    """The form says so beside the input, with the text still in it."""
    assert getattr(kept_goal(draft(**{name: "x" * limit}), TODAY), name) == "x" * limit
    with pytest.raises(TextTooLong) as told:
        kept_goal(draft(**{name: "x" * (limit + 1)}), TODAY)
    assert (told.value.field, told.value.values["limit"]) == (name, limit)


def test_a_goal_is_kept_clean() -> None:
    """One line for the title; blank answers are none; steps, visibility and what was chosen as they were."""
    chosen = {"kind": GoalKind.CAREER, "aim": Aim.RESULT, "steps": ("one",)}
    kept = kept_goal(draft(title=" Speak\n up ", why="  ", measure=" 50 people ", **chosen), TODAY)

    assert kept == draft(title="Speak up", measure="50 people", **chosen)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_goals_are_kept_clean_or_refused(text: str) -> None:
    """S24, in every text of the form."""
    for name in ("title", "why", "measure"):
        try:
            kept = kept_goal(draft(**{name: text}), TODAY)
        except Refused:
            continue
        assert "\0" not in str(getattr(kept, name))


@pytest.mark.parametrize(("active", "fits"), [(0, True), (2, True), (3, False), (9, False)])
def test_three_goals_are_enough(active: int, *, fits: bool) -> None:
    """So that one minute stays one minute."""
    if fits:
        check_room_for_one_more(active, 3)
        return
    with pytest.raises(TooManyGoals) as told:
        check_room_for_one_more(active, 3)
    assert told.value.values == {"limit": 3}


@pytest.mark.parametrize(
    ("text", "kept"),
    [("", None), (" \n", None), ("\0", None), (" it was\nnever mine ", "it was never mine"), ("x" * LINE, "x" * LINE)],
)
def test_a_goal_is_let_go_with_one_sentence_or_none(text: str, kept: str | None) -> None:
    assert kept_farewell(text) == kept


def test_a_long_farewell_is_to_be_shortened() -> None:
    """Beside its input, with the text still in it."""
    with pytest.raises(TextTooLong) as told:
        kept_farewell("x" * (LINE + 1))
    assert told.value.field == "farewell"
