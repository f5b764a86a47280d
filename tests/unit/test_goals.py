from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.goals import (
    FURTHEST,
    MOST_ACTIVE,
    MOST_STEPS,
    STEP,
    TITLE,
    DuePast,
    DueTooFar,
    GoalDraft,
    GoalMissing,
    StepTooLong,
    TooManyGoals,
    TooManySteps,
    check_room_for_one_more,
    kept_goal,
    read_steps,
)
from bot.domain.refusals import Refused
from bot.domain.visibility import Visibility
from bot.domain.wording import TEXT, TextTooLong
from tests.unit.hostile import HOSTILE

TODAY = date(2026, 11, 2)


def draft(**changes: Any) -> GoalDraft:
    facts = {"title": "Speak", "why": None, "measure": None, "due_on": None, "visibility": Visibility.SHARED}
    return GoalDraft(**{**facts, "steps": (), **changes})


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (None, ()),
        ("", ()),
        ("\n \n", ()),
        ("one", ("one",)),
        ("- one\n* two\n• three\n– four", ("one", "two", "three", "four")),
        ("  one  \r\ntwo", ("one", "two")),
        ("-", ()),
        ("re-read", ("re-read",)),
        ("on\0e", ("one",)),
        ("x" * STEP, ("x" * STEP,)),
        ("\n".join(["s"] * MOST_STEPS), ("s",) * MOST_STEPS),
    ],
)
def test_steps_are_one_a_line(text: str | None, steps: tuple[str, ...]) -> None:
    """With or without the marks people put in front of a list."""
    assert read_steps(text) == steps


def test_too_many_steps_are_counted() -> None:
    with pytest.raises(TooManySteps) as told:
        read_steps("\n".join(["step"] * (MOST_STEPS + 1)))
    assert told.value.values == {"limit": MOST_STEPS, "count": MOST_STEPS + 1}


def test_a_long_step_is_to_be_split() -> None:
    with pytest.raises(StepTooLong):
        read_steps("x" * (STEP + 1))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_steps_are_kept_clean_or_refused(text: str) -> None:
    """S24."""
    try:
        steps = read_steps(text)
    except Refused:
        return
    assert len(steps) <= MOST_STEPS
    assert all(len(step) <= STEP and "\0" not in step for step in steps)


@given(text=st.text(max_size=400))
def test_reading_kept_steps_again_changes_nothing(text: str) -> None:
    """An edit form shows what was kept; sending it unchanged keeps the same steps."""
    try:
        steps = read_steps(text)
    except Refused:
        return
    assert read_steps("\n".join(steps)) == steps


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
    """One line for the title; blank answers are none; steps and visibility as they were."""
    kept = kept_goal(draft(title=" Speak\n up ", why="  ", measure=" 50 people ", steps=("one",)), TODAY)

    assert kept == draft(title="Speak up", measure="50 people", steps=("one",))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_goals_are_kept_clean_or_refused(text: str) -> None:
    """S24, in every text of the form."""
    for name in ("title", "why", "measure"):
        try:
            kept = kept_goal(draft(**{name: text}), TODAY)
        except Refused:
            continue
        assert "\0" not in str(getattr(kept, name))


@pytest.mark.parametrize(("active", "fits"), [(0, True), (MOST_ACTIVE - 1, True), (MOST_ACTIVE, False), (9, False)])
def test_three_goals_are_enough(active: int, *, fits: bool) -> None:
    """So that one minute stays one minute."""
    if fits:
        check_room_for_one_more(active)
        return
    with pytest.raises(TooManyGoals) as told:
        check_room_for_one_more(active)
    assert told.value.values == {"limit": MOST_ACTIVE}
