"""Which questions give way to which, and to when."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.domain.asking import ASKS_NOTHING, BOUND, GIVES_WAY, QUESTIONS, end_of_day, goes_before, next_chance
from bot.domain.cadence import WorkingHours
from bot.domain.catch_up import may_be_carried
from bot.domain.messages import Destination, MessageKind, destination
from bot.domain.participants import Presence
from bot.domain.slots import SlotKind
from bot.usecases.prompts import _FIRE

BERLIN = Presence("Europe/Berlin", WorkingHours(), "DE-BY")
NINE = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)  # on a Friday in Berlin
FRIDAY = date(2026, 11, 6)


def test_every_kind_is_bound_gives_way_or_asks_nothing() -> None:
    """A new kind of slot has to decide."""
    assert set(SlotKind) == BOUND | set(GIVES_WAY) | ASKS_NOTHING
    assert len(SlotKind) == len(BOUND) + len(GIVES_WAY) + len(ASKS_NOTHING)


def test_what_goes_first_is_fired_first() -> None:
    """What gives way sees what was asked before it only if it was."""
    order = list(_FIRE)
    for kind in GIVES_WAY:
        assert all(order.index(other) < order.index(kind) for other in goes_before(kind))


def test_what_is_bound_goes_before_all_and_each_before_the_less_important() -> None:
    assert goes_before(SlotKind.CLOSING) == BOUND
    assert goes_before(SlotKind.FIT) == BOUND | {SlotKind.CLOSING, SlotKind.HALF_TIME}
    assert goes_before(SlotKind.SILENCE) == BOUND | set(GIVES_WAY) - {SlotKind.SILENCE}


def test_questions_are_for_one_person_and_news_is_no_question() -> None:
    assert {destination(kind) for kind in QUESTIONS} == {Destination.PERSON}
    assert not QUESTIONS & {MessageKind.NOTE_SHARED, MessageKind.CHEER, MessageKind.CATCH_UP, MessageKind.PARTNER_BACK}
    assert may_be_carried(MessageKind.NOTE_SHARED)


@pytest.mark.parametrize(
    ("there", "day", "due_at", "at"),
    [
        (BERLIN, date(2026, 11, 3), NINE, datetime(2026, 11, 4, 8, tzinfo=UTC)),
        (BERLIN, FRIDAY, NINE, datetime(2026, 11, 9, 8, tzinfo=UTC)),
        (BERLIN, date(2026, 12, 24), NINE, datetime(2026, 12, 28, 8, tzinfo=UTC)),
        (BERLIN, FRIDAY, NINE.replace(hour=13), datetime(2026, 11, 9, 13, tzinfo=UTC)),
        (BERLIN, FRIDAY, NINE.replace(hour=3), datetime(2026, 11, 9, 8, tzinfo=UTC)),
        (Presence("America/New_York", WorkingHours()), FRIDAY, NINE.replace(hour=14), NINE.replace(day=9, hour=14)),
        (BERLIN, date(2027, 3, 26), NINE, datetime(2027, 3, 30, 7, tzinfo=UTC)),
    ],
    ids=["tomorrow", "weekend", "holidays", "afternoon", "at-night", "elsewhere", "clock-change"],
)
def test_the_next_chance_is_the_next_working_day_at_the_same_local_hour(
    there: Presence, day: date, due_at: datetime, at: datetime
) -> None:
    assert next_chance(there, day, due_at) == at


def test_a_day_ends_where_its_person_lives() -> None:
    assert end_of_day(BERLIN, FRIDAY) == datetime(2026, 11, 6, 23, tzinfo=UTC)
    assert end_of_day(Presence("Asia/Kathmandu", WorkingHours()), FRIDAY) == datetime(2026, 11, 6, 18, 15, tzinfo=UTC)
