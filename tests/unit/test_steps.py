from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.refusals import Refused
from bot.domain.steps import (
    MOST_STEPS,
    PLAN,
    STEP,
    StepTooLong,
    TooManySteps,
    check_room,
    further_steps,
    kept_plan,
    kept_step,
    moved,
    percent,
    read_steps,
)
from bot.domain.wording import TextMissing, TextTooLong
from tests.unit.hostile import HOSTILE


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


@pytest.mark.parametrize("text", [None, "", " \n", "- \n*"])
def test_a_form_for_further_steps_needs_one(text: str | None) -> None:
    with pytest.raises(TextMissing) as told:
        further_steps(text)
    assert told.value.field == "steps"


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


def test_one_goal_has_room_for_so_many_steps() -> None:
    """Those it has and the new ones together."""
    check_room(MOST_STEPS)
    with pytest.raises(TooManySteps) as told:
        check_room(MOST_STEPS + 3)
    assert told.value.values == {"limit": MOST_STEPS, "count": MOST_STEPS + 3}


@pytest.mark.parametrize(
    ("text", "kept"), [(" call\nAda ", "call Ada"), ("x" * STEP, "x" * STEP), ("on\0e", "one"), ("- one", "- one")]
)
def test_a_step_is_kept_on_one_line(text: str, kept: str) -> None:
    assert kept_step(text) == kept


@pytest.mark.parametrize(
    ("text", "refusal"), [(" ", TextMissing), ("\0", TextMissing), ("x" * (STEP + 1), TextTooLong)]
)
def test_a_wrong_step_is_corrected_at_its_field(text: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal) as told:
        kept_step(text)
    assert told.value.field == "text"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", None),
        (" \n ", None),
        ("If it is\nTuesday, then I write", "If it is Tuesday, then I write"),
        ("p" * PLAN, "p" * PLAN),
    ],
)
def test_a_plan_is_kept_on_one_line_or_not_at_all(text: str, kept: str | None) -> None:
    assert kept_plan(text) == kept


def test_a_long_plan_is_to_be_shortened() -> None:
    """Beside its input, with the text still in it."""
    with pytest.raises(TextTooLong) as told:
        kept_plan("p" * (PLAN + 1))
    assert told.value.field == "plan"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_step_or_plan_is_kept_clean_or_refused(text: str) -> None:
    """S24."""
    for keep, limit in ((kept_step, STEP), (kept_plan, PLAN)):
        try:
            kept = keep(text)
        except Refused:
            continue
        assert kept is None or (len(kept) <= limit and "\0" not in kept and "\n" not in kept)


@pytest.mark.parametrize(
    ("one", "beside", "up", "order"),
    [
        ("c", "b", True, "acb"),
        ("a", "b", False, "bac"),
        ("c", "a", True, "cab"),  # far, as from a list that has changed since
        ("a", "c", False, "bca"),
        ("a", "b", True, "abc"),
        ("c", "b", False, "abc"),
        ("a", "a", True, "abc"),
        ("a", "gone", True, "abc"),
        ("gone", "a", True, "abc"),
    ],
)
def test_a_step_moves_past_the_one_it_stood_next_to(one: str, beside: str, order: str, *, up: bool) -> None:
    """Where it stands there already, or that one is gone, nothing moves."""
    assert "".join(moved("abc", one, beside, up=up)) == order


@given(order=st.lists(st.integers(0, 30), min_size=2, unique=True), data=st.data(), up=st.booleans())
def test_moving_twice_is_moving_once_and_loses_no_step(order: list[int], data: st.DataObject, *, up: bool) -> None:
    """Two clicks on one entry, or one on a second device, come to the same order."""
    one, beside = data.draw(st.sampled_from(order)), data.draw(st.sampled_from(order))
    once = moved(order, one, beside, up=up)

    assert moved(once, one, beside, up=up) == once
    assert sorted(once) == sorted(order)
    assert [other for other in once if other != one] == [other for other in order if other != one]


@pytest.mark.parametrize(
    ("done", "steps", "share"), [(0, 0, 0), (0, 5, 0), (1, 3, 33), (2, 3, 66), (199, 200, 99), (200, 200, 100)]
)
def test_all_is_done_only_when_nothing_is_left(done: int, steps: int, share: int) -> None:
    assert percent(done, steps) == share
