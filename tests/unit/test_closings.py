"""Looking back with paper and pencil."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain import closings
from bot.domain.closings import THANKS, BackMissing, LookBack, Next, Wish
from bot.domain.dates import DatePast
from bot.domain.refusals import Refused
from bot.domain.visibility import Visibility
from bot.domain.wording import TextTooLong

TODAY = date(2026, 11, 16)
LATER = date(2026, 12, 1)


def given(wish: Wish, **thanks: str) -> LookBack:
    return LookBack(" a lot ", Visibility.PRIVATE, thanks, frozenset(), wish)


@pytest.mark.parametrize("wish", [Wish(), *(Wish(one) for one in Next), Wish(Next.PAUSE, LATER)])
def test_a_wish_is_kept_always_as_long_and_reads_as_it_was(wish: Wish) -> None:
    """A sealed value shows how long it is."""
    assert len(closings.as_kept(wish)) == len(closings.as_kept(Wish(Next.NEW, LATER)))
    assert closings.as_read(closings.as_kept(wish)) == wish


def test_thank_yous_go_to_partners_alone() -> None:
    """A forged form cannot thank whoever it likes."""
    kept = closings.kept_look_back(given(Wish(), U1=" you ", U9="a stranger"), ["U1", "U2"], TODAY)
    assert kept.thanks == {"U1": "you", "U2": None}
    assert kept.learned == "a lot"


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [(Wish(Next.PAUSE), BackMissing), (Wish(Next.PAUSE, TODAY), DatePast)],
)
def test_a_break_needs_a_day_to_come(wish: Wish, refusal: type[Refused]) -> None:
    with pytest.raises(refusal) as refused:
        closings.kept_look_back(given(wish), [], TODAY)
    assert refused.value.field == "back_on"


def test_a_day_without_a_break_says_nothing() -> None:
    assert closings.kept_look_back(given(Wish(Next.NEW, TODAY)), [], TODAY).wish == Wish(Next.NEW)


def test_a_thank_you_that_is_too_long_is_refused_at_its_own_field() -> None:
    with pytest.raises(TextTooLong) as refused:
        closings.kept_look_back(given(Wish(), U2="x" * (THANKS + 1)), ["U1", "U2"], TODAY)
    assert refused.value.field == "thanks:U2"


@pytest.mark.parametrize(
    ("wishes", "on"),
    [
        ([Next.RENEW, Next.RENEW], True),
        ([Next.RENEW, Next.RENEW, Next.RENEW], True),
        ([Next.RENEW, None], False),
        ([Next.RENEW, Next.RENEW, Next.NEW], False),
    ],
)
def test_going_on_takes_everybody(wishes: list[Next | None], *, on: bool) -> None:
    assert closings.all_want_to_go_on(wishes) is on
