from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.checkins import (
    CheckinAnswer,
    Outcome,
    OutcomeMissing,
    PromiseMissing,
    kept_answer,
    week_ends,
)
from bot.domain.refusals import Refused
from bot.domain.wording import LINE, TEXT, TextTooLong
from tests.unit.hostile import HOSTILE

ANSWER = CheckinAnswer(Outcome.KEPT, "went well", "the next step", "a thought")


def changed(**facts: Any) -> CheckinAnswer:
    return replace(ANSWER, **facts)


def test_an_answer_is_kept_clean() -> None:
    """The promise becomes one line, blank lines are none."""
    given = CheckinAnswer(Outcome.PARTLY, "  ", " write\n the outline ", "\0")

    assert kept_answer(given, promised_before=True) == CheckinAnswer(Outcome.PARTLY, None, "write the outline", None)


def test_what_became_of_a_promise_is_asked_only_when_there_was_one() -> None:
    """In the first week an outcome sent by a forged form is dropped; later a missing one is asked for."""
    assert kept_answer(ANSWER, promised_before=False).outcome is None
    with pytest.raises(OutcomeMissing) as told:
        kept_answer(replace(ANSWER, outcome=None), promised_before=True)
    assert told.value.field == "outcome"


@pytest.mark.parametrize("promise", ["", "   ", "\n", "\0\u202e"])
def test_a_week_needs_one_small_promise(promise: str) -> None:
    with pytest.raises(PromiseMissing) as told:
        kept_answer(replace(ANSWER, promise=promise), promised_before=True)
    assert told.value.field == "promise"


@pytest.mark.parametrize(("name", "limit"), [("promise", LINE), ("progress", TEXT), ("reflection", TEXT)])
def test_a_text_over_its_limit_is_refused_at_its_field(name: str, limit: int) -> None:
    """The form says so beside the input, with everything still in it."""
    assert getattr(kept_answer(changed(**{name: "x" * limit}), promised_before=True), name) == "x" * limit
    with pytest.raises(Refused) as told:
        kept_answer(changed(**{name: "x" * (limit + 1)}), promised_before=True)
    assert told.value.field == name
    assert told.value.values["limit"] == limit
    assert isinstance(told.value, TextTooLong)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_answers_are_kept_clean_or_refused(text: str) -> None:
    """S24, in every text of the form."""
    for name in ("promise", "progress", "reflection"):
        try:
            kept = kept_answer(changed(**{name: text}), promised_before=True)
        except Refused:
            continue
        assert "\0" not in str(getattr(kept, name))


def test_a_promise_is_for_a_week() -> None:
    assert week_ends(date(2026, 12, 28), ends_on=date(2027, 3, 1)) == date(2027, 1, 4)


def test_no_promise_is_asked_for_beyond_the_time_together() -> None:
    """On the last day itself it is for the week after, for oneself."""
    assert week_ends(date(2026, 12, 28), ends_on=date(2026, 12, 31)) == date(2026, 12, 31)
    assert week_ends(date(2026, 12, 28), ends_on=date(2026, 12, 28)) == date(2027, 1, 4)
