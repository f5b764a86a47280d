from __future__ import annotations

import pytest

from bot.domain.checkins import Outcome
from bot.domain.promises import PromiseState, Then, decided, promise_after


def test_a_kept_promise_is_kept_whatever_else_a_form_says() -> None:
    for then in (None, *Then):
        assert promise_after(Outcome.KEPT, then) is PromiseState.KEPT


@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.NOT_YET])
def test_what_was_not_kept_ends_as_was_decided(outcome: Outcome) -> None:
    """Nothing decided: it ends in what became of it."""
    ended = {then: promise_after(outcome, then) for then in (None, *Then)}
    assert ended == {
        None: PromiseState(outcome.value),
        Then.CARRY: PromiseState.CARRIED,
        Then.SMALLER: PromiseState.SMALLER,
        Then.LET_GO: PromiseState.DROPPED,
    }


def test_every_outcome_closes_the_promise_in_its_own_way() -> None:
    """None of them leaves it open."""
    after = {promise_after(outcome, then) for outcome in Outcome for then in (None, *Then)}
    assert after == set(PromiseState) - {PromiseState.OPEN}


def test_what_was_decided_can_be_read_off_the_promise() -> None:
    for then in Then:
        assert decided(promise_after(Outcome.NOT_YET, then)) is then
    assert decided(PromiseState.KEPT) is None
    assert decided(PromiseState.OPEN) is None
