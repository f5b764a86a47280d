from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.ids import PersonId, new_id
from bot.domain.ledger import PAGE, Entry, Origin, Standing, arranged, pages, standing_of
from bot.domain.promises import PromiseState

ME, MONDAY = PersonId(new_id()), date(2026, 11, 9)


def entry(standing: Standing, weeks: int) -> Entry:
    return Entry(ME, Origin.PROMISE, standing, f"{standing} {weeks}", MONDAY + timedelta(weeks=weeks), None)


def test_every_end_of_a_promise_has_its_word() -> None:
    """Kept is done; nothing else is called otherwise than it is."""
    words = {state: standing_of(state) for state in PromiseState}
    assert words.pop(PromiseState.KEPT) is Standing.DONE
    assert all(word.value == state.value for state, word in words.items())


def test_what_is_open_comes_first_and_the_rest_from_the_newest_on() -> None:
    told = [entry(Standing.DONE, 1), entry(Standing.OPEN, 3), entry(Standing.DROPPED, 2), entry(Standing.OPEN, 0)]
    assert [one.text for one in arranged(told)] == ["open 0", "open 3", "dropped 2", "done 1"]


@pytest.mark.parametrize(("lengths", "count"), [((), 1), ((0, 0), 1), ((PAGE, 1), 1), ((1, PAGE + 1), 2)])
def test_there_are_as_many_pages_as_the_longest_side_needs(lengths: tuple[int, ...], count: int) -> None:
    assert pages([[entry(Standing.OPEN, 0)] * length for length in lengths]) == count
