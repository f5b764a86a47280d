from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.domain.answers import (
    AnswerStands,
    CheckinAnswer,
    OutcomeMissing,
    PromiseMissing,
    check_undo,
    kept_answer,
    kept_promise,
)
from bot.domain.checkins import Outcome
from bot.domain.promises import Then
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


@pytest.mark.parametrize("stands_in", [{"step": uuid4()}, {"outcome": Outcome.NOT_YET, "then": Then.CARRY}])
def test_a_step_or_what_is_carried_over_stands_in_for_words(stands_in: dict[str, Any]) -> None:
    assert kept_answer(changed(promise="  ", **stands_in), promised_before=True).promise == ""


@pytest.mark.parametrize("then", [Then.SMALLER, Then.LET_GO, None])
def test_what_is_made_smaller_or_let_go_needs_words_for_what_comes_instead(then: Then | None) -> None:
    with pytest.raises(PromiseMissing):
        kept_answer(changed(promise="", outcome=Outcome.PARTLY, then=then), promised_before=True)


def test_what_becomes_of_a_promise_counts_only_where_it_was_not_kept() -> None:
    """A forged form, or one whose outcome was changed last, carries nothing over that is done."""
    assert kept_answer(changed(then=Then.CARRY), promised_before=True).then is None
    assert kept_answer(changed(then=Then.CARRY, outcome=Outcome.PARTLY), promised_before=False).then is None
    assert kept_answer(changed(then=Then.LET_GO, outcome=Outcome.PARTLY), promised_before=True).then is Then.LET_GO


def test_one_line_is_kept_as_the_form_keeps_it() -> None:
    assert kept_promise(" write\n two pages ") == "write two pages"
    with pytest.raises(TextTooLong) as told:
        kept_promise("x" * 5_000)
    assert told.value.field == "promise"


def test_an_answer_can_be_taken_back_for_some_minutes() -> None:
    """The last minute counts, the second after it does not."""
    answered = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
    check_undo(answered, answered + timedelta(minutes=10), 10)
    with pytest.raises(AnswerStands) as told:
        check_undo(answered, answered + timedelta(minutes=10, seconds=1), 10)
    assert told.value.values == {"minutes": 10}
